import { Text } from '@mantine/core';
import { useWords } from '../../i18n/words';
import { lettersOf, type Marked, type Place, type SheetCell } from './cells';
import { lineOf, partsOf } from './fields';
import { words } from './words';

/** The cell of the cursor in full: its text, its note, and the fields that were read from it. */
export function CellAbout({
  place,
  cell,
  mark,
}: {
  place: Place;
  cell: SheetCell | undefined;
  mark: Marked | undefined;
}) {
  const w = useWords(words);
  const nameOf = (key: string) => {
    const line = lineOf(key);
    const name = w.names[partsOf(key).name as keyof typeof w.names] ?? key;
    return line === undefined ? name : `${name} (${line})`;
  };
  return (
    <div className="order-status foreign" aria-live="polite">
      <Text component="span" size="xs" fw={700}>
        {lettersOf(place.column)}
        {place.row}
      </Text>{' '}
      {cell?.text || w.emptyCell}
      {cell?.note !== undefined && (
        <>
          {' '}
          · <b>{w.note}:</b> {cell.note}
        </>
      )}
      {mark && mark.keys.length > 0 && (
        <>
          {' '}
          · {w.sourceOf} {mark.keys.map(nameOf).join(', ')}
        </>
      )}
    </div>
  );
}
