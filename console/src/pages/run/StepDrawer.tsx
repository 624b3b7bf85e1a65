import { Alert, Anchor, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Asked } from '../../parts/Asked';
import { Facts } from '../../parts/Facts';
import { Json } from '../../parts/Json';
import { Empty } from '../../parts/states';
import { Status } from '../../parts/Status';
import { filesIn, tookOf, type Row } from './model';
import { executionQuery, outputPath, outputQuery, type Run } from './queries';
import { StepActions } from './StepActions';
import { StepCalls } from './StepCalls';
import { EffectBadge } from './StepList';
import { words } from './step.words';
import { useNow } from './useNow';

interface StepDrawerProps {
  run: Run;
  rows: readonly Row[];
  step: string;
  onClose: () => void;
  onStep: (step: string) => void;
}

/** All that is known of a step: what it was given, what it gave, and what went wrong, in words. */
export function StepDrawer({ run, rows, step, onClose, onStep }: StepDrawerProps) {
  const w = useWords(words);
  // steps within a loop are named by their round or element too
  const row = rows.find(({ id, state }) => id === step || state?.id === step);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={row?.name ?? step}
      keepMounted={false}
      closeButtonProps={{ 'aria-label': w.closeDrawer }}
    >
      {row ? <Details run={run} row={row} onStep={onStep} /> : <Empty>{w.unknown}</Empty>}
    </Drawer>
  );
}

interface DetailsProps {
  run: Run;
  row: Row;
  onStep: (step: string) => void;
}

function Details({ run, row, onStep }: DetailsProps) {
  const w = useWords(words);
  const format = useFormat();
  const now = useNow(row.status === 'running');
  const { id, kind, uses, effect, needs, state, status, planned, policy, findings, parent } = row;
  // executions say what each step was given
  const execution = useQuery({ ...executionQuery(run.subject.id, parent), enabled: run.process === 'definition' });
  const told = execution.data?.steps.find((one) => one.id === (state?.id ?? id));
  const trying = run.retrying?.find((one) => one.step === (state?.id ?? id));
  const took = tookOf(row, now);
  const kinds: Readonly<Record<string, string>> = w.kinds;
  const { output } = state ?? {};
  const at = (time: number | undefined) => (time === undefined ? undefined : format.instant(time));
  const attempts = told?.attempts?.count ?? trying?.attempt ?? state?.attempts;
  const costs = told?.costs;
  return (
    <Stack gap="md">
      <Group gap="xs">
        <Status state={status} />
        {effect && <EffectBadge effect={effect} />}
      </Group>
      <StepActions run={run} row={row} />
      <Facts
        facts={
          [
            [w.step, id],
            [w.tool, uses ?? kinds[kind] ?? kind],
            [w.within, parent],
            [
              w.needs,
              needs.length > 0 && (
                <Group gap="xs">
                  {needs.map((need) => (
                    <Anchor key={need} component="button" type="button" size="sm" onClick={() => onStep(need)}>
                      {need}
                    </Anchor>
                  ))}
                </Group>
              ),
            ],
            [w.began, at(state?.started_at)],
            [w.ended, at(state?.ended_at)],
            [w.took, took === undefined ? undefined : format.duration(took)],
            [w.roundsName, (state?.rounds ?? 0) > 1 ? state?.rounds : undefined],
            [w.attempts, attempts],
            [
              w.cost,
              costs &&
                [costs.tokens === null ? '' : w.tokens(format.number(costs.tokens)), costs.money ?? '']
                  .filter(Boolean)
                  .join(' · '),
            ],
          ].map(([name, value]) => [name, value === false ? undefined : value] as const) as never
        }
      />
      {state?.error && (
        <Alert color="red" variant="light" title={w.error} icon={<IconAlertTriangle />}>
          <Text size="sm" className="foreign">
            {state.error.message}
          </Text>
          <Text size="xs" c="dimmed">
            {state.error.type}
          </Text>
        </Alert>
      )}
      {trying?.last_failure && (
        <Alert color="yellow" variant="light" title={w.error}>
          {trying.last_failure.message}
        </Alert>
      )}
      {findings.map(({ code, severity, message, fix }) => (
        <Alert key={code + message} color="yellow" variant="light" title={`${w.critic}: ${severity}`}>
          <Text size="sm" className="foreign">
            {message} {fix}
          </Text>
          <Text size="xs" c="dimmed">
            {code}
          </Text>
        </Alert>
      ))}
      {policy && (
        <Facts facts={[[w.policy, `${w.effectsOf[policy.effect]}: ${policy.reason} (${w.rule} ${policy.rule})`]]} />
      )}
      {told?.input !== undefined ? (
        <Part title={w.input} value={told.input} />
      ) : (
        planned?.with && <Part title={`${w.input}, ${w.planned}`} value={planned.with} />
      )}
      {output && 'inline' in output && <Part title={w.output} value={output.inline} />}
      {output && 'ref' in output && <LargeOutput run={run.workflow_id} step={state?.id ?? id} {...output.ref} />}
      <StepCalls calls={state?.calls ?? []} />
      {filesIn(output).map(({ artifact_id, path }) => (
        <Anchor key={artifact_id} size="sm" href={`/artifacts/${artifact_id}`} download className="foreign">
          {path}
        </Anchor>
      ))}
    </Stack>
  );
}

/** Bytes of JSON that are shown. */
const SHOWN = 256 * 1024;

/** An output that does not travel with its step: shown if it is not too much to read, and to be downloaded. */
function LargeOutput({ run, step, bytes }: { run: string; step: string; bytes: number }) {
  const w = useWords(words);
  const format = useFormat();
  const query = useQuery({ ...outputQuery(run, step), enabled: bytes <= SHOWN });
  return (
    <>
      {bytes <= SHOWN ? (
        <Asked query={query}>{(value) => <Part title={w.output} value={value} />}</Asked>
      ) : (
        <Facts facts={[[w.output, w.large(format.bytes(bytes))]]} />
      )}
      <Anchor size="sm" href={outputPath(run, step)} download={`${step}.json`}>
        {w.download}
      </Anchor>
    </>
  );
}

function Part({ title, value }: { title: string; value: unknown }) {
  return (
    <div>
      <Title order={3} size="h6">
        {title}
      </Title>
      <Json value={value} label={title} />
    </div>
  );
}
