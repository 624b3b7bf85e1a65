import { Table, Text } from '@mantine/core';
import { useLanguage, useWords } from '../../i18n/words';
import type { Difference } from './differences';
import { partsOf, shownText } from './fields';
import { words } from './words';

/** Differences that a table shows; the others are counted. */
const SHOWN = 100;

/** Differences between two states of an order, old → new. */
export function Differences({ label, differences }: { label: string; differences: readonly Difference[] }) {
  const w = useWords(words);
  return (
    <>
      <Table aria-label={label} verticalSpacing={4} layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{w.decide.field}</Table.Th>
            <Table.Th>{w.decide.old}</Table.Th>
            <Table.Th>{w.decide.new}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {differences.slice(0, SHOWN).map((difference) => (
            <Row key={difference.id} difference={difference} />
          ))}
        </Table.Tbody>
      </Table>
      {differences.length > SHOWN && <Text size="sm">{w.decide.more(differences.length - SHOWN)}</Text>}
    </>
  );
}

function Row({ difference }: { difference: Difference }) {
  const w = useWords(words);
  const { language } = useLanguage();
  const { kind, key, line, message, file } = difference;
  const where = line === undefined ? '' : line.startsWith('+') ? w.newLine : w.line(line);
  if (kind !== 'value' || key === undefined)
    return (
      <Table.Tr>
        <Table.Td colSpan={2} className="foreign">
          {message?.[language] ?? file ?? where}
        </Table.Td>
        <Table.Td>{kind === 'value' ? '' : w.kinds[kind]}</Table.Td>
      </Table.Tr>
    );
  const name = w.names[partsOf(key).name as keyof typeof w.names];
  const text = (value: string | undefined) =>
    value === undefined ? <i>{w.decide.none}</i> : shownText(key, value, language);
  return (
    <Table.Tr>
      <Table.Td>{where === '' ? name : `${where} · ${name}`}</Table.Td>
      <Table.Td className="foreign">{text(difference.old)}</Table.Td>
      <Table.Td className="foreign" fw={600}>
        {text(difference.new)}
      </Table.Td>
    </Table.Tr>
  );
}
