import { Alert, SegmentedControl, Group, Stack, Text, Tooltip, Box } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconCheck } from '@tabler/icons-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useWords } from '../../i18n/words';
import { Failure, Loading } from '../../parts/states';
import type { Draft } from './draft';
import { FaultList } from './FaultList';
import { namesQuery, type Fault } from './queries';
import type { Notation } from './route';
import { words } from './words';

const Editor = lazy(() => import('./Editor'));

const NONE: readonly Fault[] = [];

interface DraftEditorProps {
  draft: Draft;
  notation: Notation;
  isReadOnly?: boolean;
}

/** The text of a definition, and below it what is wrong with it. */
export function DraftEditor({ draft, notation, isReadOnly }: DraftEditorProps) {
  const w = useWords(words);
  const navigate = useNavigate();
  const [goTo, setGoTo] = useState<{ line: number; column: number }>();
  const { data: known } = useQuery(namesQuery);
  const names = useMemo(() => known ?? { tools: [], agents: [], workflows: [] }, [known]);
  const { data, error, isFetching } = draft.checked;
  const faults = data?.faults ?? NONE;
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed" flex="1 1 16rem">
          {notation === 'yaml' && w.comments}
        </Text>
        <Tooltip label={w.saveFirst} disabled={!draft.isChanged} multiline maw={280}>
          <Box>
            <SegmentedControl
              size="xs"
              aria-label={w.notation}
              value={notation}
              disabled={draft.isChanged}
              data={[
                { value: 'yaml', label: 'YAML' },
                { value: 'json', label: 'JSON' },
              ]}
              onChange={(as) =>
                void navigate({
                  to: '.',
                  replace: true,
                  search: (before: object) => ({ ...before, as: as === 'json' ? ('json' as const) : undefined }),
                })
              }
            />
          </Box>
        </Tooltip>
      </Group>
      <Suspense fallback={<Loading />}>
        <Box style={{ border: '1px solid var(--mantine-color-default-border)' }}>
          <Editor
            label={w.editorLabel}
            text={draft.text}
            onChange={draft.write}
            notation={notation}
            faults={faults}
            names={names}
            isReadOnly={isReadOnly}
            goTo={goTo}
          />
        </Box>
      </Suspense>
      <div aria-live="polite">
        {error ? (
          <Failure error={error} again={() => void draft.checked.refetch()} />
        ) : faults.length > 0 ? (
          <FaultList faults={faults} onGo={setGoTo} />
        ) : data && draft.isFresh ? (
          <Alert color="green" variant="light" icon={<IconCheck />}>
            {w.sound}
          </Alert>
        ) : (
          <Text size="sm" c="dimmed">
            {isFetching || !draft.isFresh ? w.checking : ''}
          </Text>
        )}
      </div>
    </Stack>
  );
}
