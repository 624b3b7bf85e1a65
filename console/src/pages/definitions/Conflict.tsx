import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useWords } from '../../i18n/words';
import { Asked } from '../../parts/Asked';
import { answer, api } from '../../api/client';
import { Changes } from './Changes';
import { words } from './words';

interface ConflictProps {
  id: string;
  /** the version that the text began with */
  from: number;
  /** saves the text over the version that was shown here */
  onMine: (newest: number) => void;
  onTheirs: () => void;
}

/** Somebody has been faster: what they have changed, and what to do now. */
export function Conflict({ id, from, onMine, onTheirs }: ConflictProps) {
  const w = useWords(words);
  const place = useRef<HTMLDivElement>(null);
  const query = useQuery({
    queryKey: ['definitions', 'conflict', id, from],
    staleTime: 0,
    gcTime: 0,
    queryFn: async ({ signal }) => {
      const theirs = await answer(api.GET('/api/v1/workflows/{id}', { params: { path: { id } }, signal }));
      const query = { from, to: theirs.version };
      const { changes } = await answer(
        api.GET('/api/v1/workflows/{id}/diff', { params: { path: { id }, query }, signal }),
      );
      return { theirs, changes };
    },
  });
  useEffect(() => place.current?.focus(), []);
  return (
    <div ref={place} tabIndex={-1}>
      <Asked query={query}>
        {({ theirs, changes }) => (
          <Alert
            role="alert"
            color="orange"
            variant="light"
            styles={{ title: { color: 'var(--mantine-color-text)' } }}
            icon={<IconAlertTriangle />}
            title={w.conflict(theirs.changed_by, theirs.version)}
          >
            <Stack gap="sm">
              <Text size="sm">{w.conflictWords}</Text>
              <Changes changes={changes} />
              <Group gap="xs">
                <Button onClick={() => onMine(theirs.version)}>{w.conflictMine}</Button>
                <Button variant="default" onClick={onTheirs}>
                  {w.conflictTheirs}
                </Button>
              </Group>
            </Stack>
          </Alert>
        )}
      </Asked>
    </div>
  );
}
