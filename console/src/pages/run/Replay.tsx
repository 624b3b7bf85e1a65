import { Alert, Anchor, Stack, Table, Text } from '@mantine/core';
import { IconCheck, IconClock, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useWords } from '../../i18n/words';
import { Asked } from '../../parts/Asked';
import { Facts } from '../../parts/Facts';
import { words } from './parts.words';
import { replayQuery } from './queries';

const shownAs = (value: unknown): string => (value === undefined ? '–' : JSON.stringify(value).slice(0, 500));

/** A replay beside the run that it replays: the same, or where they differ. */
export default function Replay({ workflowId }: { workflowId: string }) {
  const w = useWords(words);
  const replay = useQuery(replayQuery(workflowId));
  return (
    <Asked query={replay}>
      {({ identical, replay_of, digest, differences }) => (
        <Stack>
          {identical === undefined ? (
            <Alert color="gray" variant="light" icon={<IconClock />} title={w.replaying} />
          ) : identical ? (
            <Alert color="green" variant="light" icon={<IconCheck />} title={w.identical} />
          ) : (
            <Alert color="red" variant="light" icon={<IconX />} title={w.differs} />
          )}
          <Facts
            facts={[
              [
                w.original,
                <Anchor
                  key="of"
                  size="sm"
                  renderRoot={(props) => <Link to="/runs/$workflowId" params={{ workflowId: replay_of }} {...props} />}
                >
                  {replay_of}
                </Anchor>,
              ],
              [w.digest, digest],
            ]}
          />
          {differences.length > 0 && (
            <Table.ScrollContainer minWidth={480}>
              <Table aria-label={w.differences}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{w.place}</Table.Th>
                    <Table.Th>{w.recorded}</Table.Th>
                    <Table.Th>{w.replayed}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {differences.map(({ pointer, recorded, replayed, words: said }) => (
                    <Table.Tr key={pointer}>
                      <Table.Td className="foreign">
                        <Text size="sm">{pointer}</Text>
                        <Text size="xs" c="dimmed">
                          {said}
                        </Text>
                      </Table.Td>
                      <Table.Td className="foreign">{shownAs(recorded)}</Table.Td>
                      <Table.Td className="foreign">{shownAs(replayed)}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )}
        </Stack>
      )}
    </Asked>
  );
}
