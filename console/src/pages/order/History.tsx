import { Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Asked } from '../../parts/Asked';
import { DataTable } from '../../parts/DataTable';
import { Empty } from '../../parts/states';
import { Status } from '../../parts/Status';
import { Time } from '../../parts/Time';
import { partsOf } from './fields';
import { correctionsQuery, historyQuery, type CorrectionMade } from './queries';
import { words } from './words';

/** Who did what, when; and what each correction has changed. */
export function History({ id, version }: { id: string; version: number }) {
  const w = useWords(words);
  const history = useQuery(historyQuery(id));
  const corrections = useQuery({ ...correctionsQuery(id), enabled: version > 1 });
  return (
    <Stack>
      <Asked query={history}>
        {({ history: acts }) =>
          acts.length === 0 ? (
            <Empty>{w.noHistory}</Empty>
          ) : (
            <DataTable
              label={w.history}
              rows={acts}
              rowKey={({ seq }) => String(seq)}
              columns={[
                { id: 'when', title: w.when, cell: ({ at }) => <Time at={at} />, width: '8rem' },
                { id: 'who', title: w.who, cell: ({ by }) => by, width: '9rem' },
                { id: 'what', title: w.what, isLead: true, cell: ({ what }) => what },
                { id: 'event', title: w.events, cell: ({ event }) => event, width: '16rem', isMinor: true },
              ]}
            />
          )
        }
      </Asked>
      <Title order={2} size="h5">
        {w.corrected}
      </Title>
      {version > 1 ? (
        <Asked query={corrections}>
          {({ corrections: made }) => (
            <Stack>
              {made.map((one) => (
                <Made key={one.decision_id} made={one} />
              ))}
            </Stack>
          )}
        </Asked>
      ) : (
        <Text c="dimmed">{w.noCorrections}</Text>
      )}
    </Stack>
  );
}

/** A correction: what was read, and what it was corrected to. */
function Made({ made }: { made: CorrectionMade }) {
  const w = useWords(words);
  const format = useFormat();
  const { version, by, at, verified, comment, changes, count } = made;
  const nameOf = (path: string) =>
    w.names[partsOf(path.split('/').slice(-2).join('.')).name as keyof typeof w.names] ?? path;
  const kinds = {
    ...w.kinds,
    value: '',
    line_added: w.kinds.added,
    line_removed: w.kinds.removed,
    file_taken: w.kinds.file,
  };
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600} className="foreign">
        {w.version(version)} {w.correctedBy(by, format.instant(at))}
        {verified ? '' : ` ${w.unverified}`}
        {comment === undefined ? '' : `: ${comment}`}
      </Text>
      <Table aria-label={w.version(version)} layout="fixed" verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{w.decide.field}</Table.Th>
            <Table.Th>{w.read}</Table.Th>
            <Table.Th>{w.decide.new}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.slice(0, 200).map(({ kind, path, line_id, code, read, corrected }) => (
            <Table.Tr key={kind + path + (code ?? '')}>
              <Table.Td className="foreign">
                {line_id !== undefined && `${line_id} · `}
                {kind === 'value' ? nameOf(path) : (code ?? kinds[kind])}
              </Table.Td>
              <Table.Td className="foreign">{read?.value ?? (kind === 'value' ? w.decide.none : '')}</Table.Td>
              <Table.Td className="foreign">
                {kind === 'value' ? (corrected ?? w.emptied) : <Status state="approved">{kinds[kind]}</Status>}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {count > 200 && <Text size="sm">{w.decide.more(count - 200)}</Text>}
    </Stack>
  );
}
