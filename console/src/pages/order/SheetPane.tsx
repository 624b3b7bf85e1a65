import { Button, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLanguage, useWords } from '../../i18n/words';
import { Asked } from '../../parts/Asked';
import { Empty } from '../../parts/states';
import type { FieldKey } from './fields';
import { Grid } from './Grid';
import { filesQuery, type OrderFile } from './queries';
import type { OrderSearch } from './route';
import { words } from './words';

interface SheetPaneProps {
  order: string;
  search: Pick<OrderSearch, 'file' | 'sheet'>;
  /** a cell that somebody wants to see, of the sheet that is shown */
  target: { cell: string } | undefined;
  onSheet: (file: number, sheet: number) => void;
  onField: (key: FieldKey) => void;
}

/** The files of an order as they were sent, a tab for each sheet. */
export function SheetPane({ order, ...props }: SheetPaneProps) {
  const query = useQuery(filesQuery(order));
  return <Asked query={query}>{({ files }) => <Sheets order={order} files={files} {...props} />}</Asked>;
}

function Sheets({ order, files, search, target, onSheet, onField }: SheetPaneProps & { files: readonly OrderFile[] }) {
  const w = useWords(words);
  const { language } = useLanguage();
  const file = files.find((one) => one.file === search.file) ?? firstOf(files);
  const sheet =
    file?.sheets.find((one) => one.sheet === search.sheet) ??
    file?.sheets.find(({ hidden }) => !hidden) ??
    file?.sheets[0];
  return (
    <>
      <div className="order-tabs" role="group" aria-label={w.sheets}>
        {files.length > 1 && (
          <Select
            size="xs"
            aria-label={w.files}
            value={String(file?.file)}
            data={files.map(({ file: number, name }) => ({ value: String(number), label: name }))}
            onChange={(number) => number !== null && onSheet(Number(number), 1)}
            allowDeselect={false}
            maw={220}
          />
        )}
        {file?.sheets.map((one) => (
          <Button
            key={one.sheet}
            size="compact-sm"
            variant={one === sheet ? 'light' : 'subtle'}
            aria-pressed={one === sheet}
            onClick={() => onSheet(file.file, one.sheet)}
            style={{ flexShrink: 0 }}
          >
            {one.name}
            {one.hidden && ` (${w.hidden})`}
          </Button>
        ))}
      </div>
      {file && sheet ? (
        <Grid
          key={`${file.file} ${sheet.sheet}`}
          order={order}
          file={file.file}
          sheet={sheet}
          target={target}
          onField={onField}
        />
      ) : (
        <Empty>{file?.refused ? <Text className="foreign">{file.refused.message[language]}</Text> : w.noSheets}</Empty>
      )}
    </>
  );
}

const firstOf = (files: readonly OrderFile[]): OrderFile | undefined =>
  files.find(({ sheets }) => sheets.length > 0) ?? files[0];
