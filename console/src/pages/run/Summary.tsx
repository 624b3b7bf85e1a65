import { Alert, Anchor, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconPlayerPause, IconRefresh } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Facts } from '../../parts/Facts';
import { Time } from '../../parts/Time';
import type { Job, Run } from './queries';
import { words } from './words';

interface SummaryProps {
  run: Run;
  job?: Job;
  onStep: (step: string) => void;
}

/** What a run is, how far it is, and what has gone wrong, in words. */
export function Summary({ run, job, onStep }: SummaryProps) {
  const w = useWords(words);
  const format = useFormat();
  const { started_at, ended_at, steps, paused, error, retrying, view } = run;
  const facts = (view ?? {}) as {
    requested_by?: string;
    definition?: Named;
    agent_run?: { asset_id?: string };
    rerun_of?: string;
  };
  const replayOf = job?.replay_of;
  return (
    <Stack gap="sm">
      <Facts
        facts={[
          [w.began, <Time key="began" at={started_at} />],
          [w.took, ended_at === undefined ? undefined : format.duration(Date.parse(ended_at) - Date.parse(started_at))],
          [w.progress, steps.total === 0 ? undefined : w.of(format.number(steps.ended), format.number(steps.total))],
          [w.by, facts.requested_by],
          [w.plan, job?.plan && w.version(job.plan.version, job.plan.by)],
          [w.asset, facts.agent_run?.asset_id],
          [w.definition, facts.definition && <DefinitionLink {...facts.definition} />],
          [w.rerunOf, facts.rerun_of],
          [w.replayOf, replayOf && <RunLink id={replayOf} />],
          [w.limits, job && used(job)],
          [w.page, run.process in FOLDERS ? <OwnPage key="page" run={run} /> : undefined],
          [
            w.temporal,
            run.links['temporal'] && (
              <Anchor size="sm" href={run.links['temporal']} target="_blank" rel="noreferrer">
                {run.workflow_id}
              </Anchor>
            ),
          ],
        ]}
      />
      {paused && (
        <Alert color="gray" variant="light" icon={<IconPlayerPause />} title={w.pausedBy(paused.by)}>
          <Time at={paused.since} />
        </Alert>
      )}
      {error && (
        <Alert color="red" variant="light" icon={<IconAlertTriangle />} title={w.error}>
          <Text size="sm" className="foreign">
            {error.message}
          </Text>
          <Text size="xs" c="dimmed">
            {error.type}
          </Text>
        </Alert>
      )}
      <Said title={w.refused} lines={job?.refused?.map(({ part, message }) => `${part}: ${message}`)} />
      <Said
        title={w.faults}
        lines={job?.faults?.map(({ pointer, message, hint }) => `${pointer} ${message}${hint ? ` ${hint}` : ''}`)}
      />
      {retrying && retrying.length > 0 && (
        <Alert color="yellow" variant="light" icon={<IconRefresh />} title={w.retrying}>
          {retrying.map(({ activity, step, attempt, next_at, last_failure }) => (
            <Group key={`${activity} ${step}`} gap="xs">
              {step === undefined ? (
                <span>{activity}</span>
              ) : (
                <Anchor component="button" size="sm" onClick={() => onStep(step)}>
                  {step}
                </Anchor>
              )}
              <Text size="sm" className="foreign">
                {w.attempt(attempt)}
                {last_failure && `: ${last_failure.message}`}
              </Text>
              {next_at && (
                <Text size="sm">
                  {w.next} <Time at={next_at} />
                </Text>
              )}
            </Group>
          ))}
        </Alert>
      )}
    </Stack>
  );

  /** what a job has used of the limits that hold for it */
  function used({ limits }: Job): string {
    const parts = [
      [w.limitNames.steps, limits.steps, format.number],
      [w.limitNames.time_ms, limits.time_ms, format.duration],
      [w.limitNames.tokens, limits.tokens, format.number],
      [w.limitNames.money, limits.money, String],
      [w.limitNames.effects, limits.effects, format.number],
    ] as const;
    return parts
      .filter(([, { limit, used }]) => limit !== null && used !== null)
      .map(
        ([name, { limit, used }, say]) =>
          `${name} ${(say as (value: unknown) => string)(used)} / ${(say as (value: unknown) => string)(limit)}`,
      )
      .join(' · ');
  }
}

interface Named {
  id: string;
  version: number;
  name: string;
}

const DefinitionLink = ({ id, version, name }: Named) => (
  <Anchor size="sm" renderRoot={(props) => <Link to={`/definitions/${encodeURIComponent(id)}` as '/'} {...props} />}>
    {name} · {version}
  </Anchor>
);

const RunLink = ({ id }: { id: string }) => (
  <Anchor size="sm" renderRoot={(props) => <Link to="/runs/$workflowId" params={{ workflowId: id }} {...props} />}>
    {id}
  </Anchor>
);

const FOLDERS: Readonly<Record<string, string>> = { order: '/orders', audit: '/projects' };

/** Orders and audits have pages that say more. */
function OwnPage({ run: { process, subject } }: { run: Run }) {
  const folder = FOLDERS[process];
  if (folder === undefined) return undefined;
  return (
    <Anchor
      size="sm"
      renderRoot={(props) => <Link to={`${folder}/${encodeURIComponent(subject.id)}` as '/'} {...props} />}
    >
      {subject.id}
    </Anchor>
  );
}

function Said({ title, lines = [] }: { title: string; lines?: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <Alert color="red" variant="light" title={title}>
      <List size="sm" className="foreign">
        {lines.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    </Alert>
  );
}
