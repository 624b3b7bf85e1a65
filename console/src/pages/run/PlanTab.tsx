import { Alert, Button, Group, List, SegmentedControl, Stack, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useWords } from '../../i18n/words';
import { useKeys } from '../../keys/keys';
import { Empty, Loading } from '../../parts/states';
import { words as decided } from './decide.words';
import { openRows, type Row } from './model';
import type { Drawn, RunPlan } from './queries';
import type { RunSearch } from './route';
import type { Go } from './Run';
import { StepList } from './StepList';
import { words } from './step.words';

const StepGraph = lazy(() => import('./StepGraph'));

/** Steps up to which the list says more at a glance than the graph. */
const FEW = 6;

interface PlanTabProps {
  rows: readonly Row[];
  /** null where the run shows no plan, undefined while it is asked for */
  hasPlan: RunPlan | null | undefined;
  drawn?: Drawn;
  search: RunSearch;
  go: Go;
  onStep: (step: string) => void;
}

/** The plan of a run, as a graph or as a list. */
export function PlanTab({ rows, hasPlan, drawn, search, go, onStep }: PlanTabProps) {
  const w = useWords(words);
  const d = useWords(decided);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const groups = rows.filter(({ isGroup }) => isGroup).map(({ id }) => id);
  const view = !hasPlan ? 'list' : (search.view ?? (rows.length <= FEW ? 'list' : 'graph'));
  const change = (to: 'graph' | 'list') => go({ view: to }, true);
  useKeys(w.keys, [{ keys: 'g', words: w.toggle, run: () => hasPlan && change(view === 'graph' ? 'list' : 'graph') }]);
  const toggle = (id: string) =>
    setClosed((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  if (rows.length === 0) return <Empty>{w.none}</Empty>;
  const whole = (drawn?.criticism ?? []).filter(({ step_id }) => step_id === null);
  const shown = openRows(rows, closed);
  return (
    <Stack gap="sm">
      <Group gap="sm">
        {hasPlan === null ? (
          <Text size="sm" c="dimmed">
            {w.noGraph}
          </Text>
        ) : (
          <SegmentedControl
            size="xs"
            aria-label={w.shownAs}
            value={view}
            onChange={change}
            data={[
              { value: 'graph', label: w.graph },
              { value: 'list', label: w.list },
            ]}
          />
        )}
        {groups.length > 0 && (
          <Button size="xs" variant="default" onClick={() => setClosed(closed.size > 0 ? new Set() : new Set(groups))}>
            {closed.size > 0 ? w.openAll : w.closeAll}
          </Button>
        )}
      </Group>
      {whole.length > 0 && (
        <Alert color="yellow" variant="light" title={d.critic}>
          <List size="sm" className="foreign">
            {whole.map(({ code, message, fix }) => (
              <List.Item key={code + message}>
                {message} {fix}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      {view === 'graph' ? (
        <Suspense fallback={<Loading />}>
          <StepGraph rows={shown} closed={closed} onToggle={toggle} current={search.step} onStep={onStep} />
        </Suspense>
      ) : (
        <StepList rows={shown} closed={closed} onToggle={toggle} current={search.step} onStep={onStep} />
      )}
    </Stack>
  );
}
