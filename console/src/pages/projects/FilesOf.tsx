import { Anchor, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Asked } from '../../parts/Asked';
import { Empty } from '../../parts/states';
import { PlainTable } from '../../parts/PlainTable';
import { Markdown } from './Markdown';
import { textQuery, type Artifact, type Project } from './queries';
import { words } from './words';

/** The files of all deliverables to download, and their reports to read. */
export function FilesOf({ deliverables }: Pick<Project, 'deliverables'>) {
  const w = useWords(words);
  const format = useFormat();
  if (deliverables.length === 0) return <Empty>{w.noFiles}</Empty>;
  return (
    <Stack gap="xl">
      {deliverables.map(({ backlog_item_id, artifacts, headline }) => {
        const report = artifacts.find(({ path }) => path.endsWith('/report.md'));
        return (
          <Stack key={backlog_item_id} gap="xs">
            <Title order={2} size="h5" className="foreign">
              {headline}
            </Title>
            <PlainTable
              label={headline}
              heads={[w.file, w.size]}
              figures={[1]}
              rows={artifacts.map(({ path, href, bytes }) => [
                <Anchor key={path} href={href} download={nameOf(path)}>
                  {path}
                </Anchor>,
                format.bytes(bytes),
              ])}
            />
            {report && <Report file={report} />}
          </Stack>
        );
      })}
    </Stack>
  );
}

const nameOf = (path: string): string => path.split('/').slice(-2).join('-');

function Report({ file }: { file: Artifact }) {
  const w = useWords(words);
  const query = useQuery(textQuery(file));
  return (
    <details>
      <summary>{w.report}</summary>
      <Asked query={query}>{(text) => <Markdown text={text} />}</Asked>
    </details>
  );
}
