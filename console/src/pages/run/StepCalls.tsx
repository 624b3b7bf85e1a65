import { Table, Text, Title } from '@mantine/core';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Status } from '../../parts/Status';
import type { RunStep } from './queries';
import { words } from './step.words';

/** Calls of an agent: of its model, and of the tools that the model asks for. */
export function StepCalls({ calls }: { calls: NonNullable<RunStep['calls']> }) {
  const w = useWords(words);
  const format = useFormat();
  if (calls.length === 0) return null;
  return (
    <div>
      <Title order={3} size="h6">
        {w.calls}
      </Title>
      <Table.ScrollContainer minWidth={360}>
        <Table aria-label={w.calls}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{w.call}</Table.Th>
              <Table.Th>{w.state}</Table.Th>
              <Table.Th ta="right">{w.took}</Table.Th>
              <Table.Th ta="right">{w.cost}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {calls.map(({ kind, name, at, outcome, milliseconds, tokens, cost, error }, index) => (
              <Table.Tr key={`${at} ${index}`}>
                <Table.Td className="foreign">
                  {name}
                  <Text size="xs" c="dimmed">
                    {kind} {error}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <Status state={outcome} />
                </Table.Td>
                <Table.Td ta="right">{milliseconds === undefined ? '' : format.duration(milliseconds)}</Table.Td>
                <Table.Td ta="right">
                  {[tokens === null || tokens === undefined ? '' : w.tokens(format.number(tokens)), cost ?? '']
                    .filter(Boolean)
                    .join(' · ')}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  );
}
