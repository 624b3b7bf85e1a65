import { NativeSelect, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useWords } from '../../i18n/words';
import { Asked } from '../../parts/Asked';
import { Facts } from '../../parts/Facts';
import { Time } from '../../parts/Time';
import { words as decided } from './decide.words';
import { Difference } from './Difference';
import { words } from './parts.words';
import { planQuery, type PlanStep, type RunPlan } from './queries';

interface VersionsProps {
  /** the newest version */
  plan: RunPlan;
  /** that is shown; the newest without it */
  version: number | undefined;
  onVersion: (version: number) => void;
}

type Marks = ReadonlyMap<string, { color: string; word: string }>;

/** A version of a plan and the one before, side by side, with what was added, removed and changed. */
export default function Versions({ plan, version = plan.version, onVersion }: VersionsProps) {
  const w = useWords(words);
  const d = useWords(decided);
  const { workflow_id, versions } = plan;
  const after = useQuery(planQuery(workflow_id, plan.version, { version }));
  const isFirst = version <= (versions[0]?.version ?? 1);
  const before = useQuery({ ...planQuery(workflow_id, plan.version, { version: version - 1 }), enabled: !isFirst });
  const facts = versions.find((one) => one.version === version);
  return (
    <Stack>
      <NativeSelect
        label={w.beside}
        size="xs"
        w="fit-content"
        value={String(version)}
        data={versions.map((one) => ({ value: String(one.version), label: `${w.version} ${one.version}` })).reverse()}
        onChange={({ currentTarget }) => onVersion(Number(currentTarget.value))}
      />
      <Facts
        facts={[
          [w.drawnBy, facts?.by],
          [w.when, facts?.at && <Time at={facts.at} />],
          [w.approvedBy, facts?.approved_by],
        ]}
      />
      <Asked query={after}>
        {(shown) => {
          const { difference } = shown ?? {};
          const mark = (ids: readonly string[], color: string, word: string) =>
            ids.map((id) => [id, { color, word }] as const);
          const changed = mark(difference?.changed.map(({ step_id }) => step_id) ?? [], 'yellow', d.changed);
          const now: Marks = new Map([...mark(difference?.added ?? [], 'green', d.added), ...changed]);
          const old: Marks = new Map([...mark(difference?.removed ?? [], 'red', d.removed), ...changed]);
          return (
            <>
              {isFirst && <Text size="sm">{w.first}</Text>}
              {difference && <Difference difference={difference} title={d.since(version - 1)} />}
              <SimpleGrid cols={{ base: 1, sm: isFirst ? 1 : 2 }}>
                {!isFirst && <Side title={w.before(version - 1)} steps={before.data?.plan.steps} marks={old} />}
                <Side title={w.before(version)} steps={shown?.plan.steps} marks={now} />
              </SimpleGrid>
            </>
          );
        }}
      </Asked>
    </Stack>
  );
}

interface SideProps {
  title: string;
  steps: readonly PlanStep[] | undefined;
  marks: Marks;
}

function Side({ title, steps = [], marks }: SideProps) {
  return (
    <Stack gap={4}>
      <Title order={3} size="h6">
        {title}
      </Title>
      {steps.map(({ id, name, uses, kind }) => {
        const mark = marks.get(id);
        return (
          <Paper
            key={id}
            withBorder
            p="xs"
            style={mark && { borderColor: `var(--mantine-color-${mark.color}-filled)` }}
          >
            <Text size="sm" fw={600} className="foreign">
              {name ?? id}
            </Text>
            <Text size="xs" c="dimmed">
              {[uses ?? kind, mark?.word].filter(Boolean).join(' · ')}
            </Text>
          </Paper>
        );
      })}
    </Stack>
  );
}
