import { Group, Tabs, Text } from '@mantine/core';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { createLazyRoute, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useWords } from '../../i18n/words';
import { usePolling, useRefresh } from '../../live/live';
import { Asked } from '../../parts/Asked';
import { Json } from '../../parts/Json';
import { Page } from '../../parts/Page';
import { Loading } from '../../parts/states';
import { Status } from '../../parts/Status';
import { Controls } from './Controls';
import { drawnOf, rowsOf } from './model';
import { PlanTab } from './PlanTab';
import { jobQuery, planQuery, runKey, runQuery, stepsQuery, type Job, type Run } from './queries';
import { Questions } from './Questions';
import { jobRoute, runRoute, tabs, type RunSearch, type Tab } from './route';
import { StepDrawer } from './StepDrawer';
import { Summary } from './Summary';
import { useRunEvents } from './useRunEvents';
import { stepsWithin } from './within';
import { words } from './words';

const Timeline = lazy(() => import('./Timeline'));
const Events = lazy(() => import('./Events'));
const Files = lazy(() => import('./Files'));
const Effects = lazy(() => import('./Effects'));
const Versions = lazy(() => import('./Versions'));
const Replay = lazy(() => import('./Replay'));

export const runPage = createLazyRoute('/runs/$workflowId')({ component: RunByWorkflow });
export const jobPage = createLazyRoute('/jobs/$jobId')({ component: RunByJob });

function RunByWorkflow() {
  const { workflowId } = runRoute.useParams();
  const navigate = useNavigate();
  const search = runRoute.useSearch();
  const go = (part: RunSearch, replace = false) =>
    void navigate({
      to: '/runs/$workflowId',
      params: { workflowId },
      search: { ...search, ...part },
      replace,
      resetScroll: false,
    });
  return <OneRun key={workflowId} workflowId={workflowId} search={search} go={go} />;
}

function RunByJob() {
  const { jobId } = jobRoute.useParams();
  const navigate = useNavigate();
  const search = jobRoute.useSearch();
  const job = useQuery(jobQuery(jobId));
  const go = (part: RunSearch, replace = false) =>
    void navigate({
      to: '/jobs/$jobId',
      params: { jobId },
      search: { ...search, ...part },
      replace,
      resetScroll: false,
    });
  if (!job.data) return <NotYet name={jobId} query={job} />;
  const { workflow_id } = job.data;
  return <OneRun key={workflow_id} workflowId={workflow_id} search={search} go={go} />;
}

/** A run that is on its way, or that cannot be shown. */
function NotYet({ name, query }: { name: string; query: UseQueryResult }) {
  return (
    <Page title={name}>
      <Asked query={query}>{() => null}</Asked>
    </Page>
  );
}

/** Changes what stands in the address. */
export type Go = (part: RunSearch, replace?: boolean) => void;

interface OneRunProps {
  workflowId: string;
  search: RunSearch;
  go: Go;
}

function OneRun({ workflowId, search, go }: OneRunProps) {
  const refetchInterval = usePolling();
  const run = useQuery({ ...runQuery(workflowId), refetchInterval });
  const subject = run.data?.subject.id;
  useRefresh(
    ({ workflow_id, subject: about }) => workflow_id === workflowId || about === subject,
    [...runKey(workflowId), 'run'],
    [...runKey(workflowId), 'steps'],
    [...runKey(workflowId), 'effects'],
    [...runKey(workflowId), 'workspace'],
    [...runKey(workflowId), 'memory'],
    [...runKey(workflowId), 'replay'],
    ['job', subject],
    ['execution', subject],
  );
  const jobId = run.data?.process === 'job' ? subject : undefined;
  const job = useQuery({ ...jobQuery(jobId ?? ''), enabled: jobId !== undefined, refetchInterval });
  if (!run.data) return <NotYet name={workflowId} query={run} />;
  return (
    <>
      <Asked query={run}>{() => null}</Asked>
      <Shown run={run.data} job={job.data} search={search} go={go} refetchInterval={refetchInterval} />
    </>
  );
}

/** The name that a run has by its own picture: of its plan, or of the workflow that it executes. */
function titleOf({ view }: Run): string | undefined {
  const { title, definition } = (view ?? {}) as { title?: unknown; definition?: { name?: string } };
  return typeof title === 'string' ? title : definition?.name;
}

interface ShownProps {
  run: Run;
  job?: Job;
  search: RunSearch;
  go: Go;
  refetchInterval: number | false;
}

function Shown({ run, job, search, go, refetchInterval }: ShownProps) {
  const w = useWords(words);
  const { workflow_id, process, subject, status, outcome } = run;
  const drawn = drawnOf(run);
  const steps = useQuery({ ...stepsQuery(workflow_id), refetchInterval });
  const plan = useQuery(planQuery(workflow_id, drawn?.version ?? (process === 'job' ? undefined : 1)));
  const hasGroups = plan.data?.plan.steps.some(({ steps: within }) => within !== undefined) ?? false;
  const { events } = useRunEvents(hasGroups ? workflow_id : undefined);
  const known = new Map([...stepsWithin(events), ...(steps.data ?? [])].map((step) => [step.id, step]));
  const rows = rowsOf(plan.data, [...known.values()], drawn);
  const names: Readonly<Record<string, string>> = w.processes;
  const title = job?.goal ?? titleOf(run) ?? `${names[process] ?? process} ${subject.id}`;

  const offered = tabs.filter(
    (tab) =>
      (tab !== 'versions' || (plan.data?.versions.length ?? 0) > 1) &&
      (tab !== 'replay' || job?.replay_of !== undefined),
  );
  const tab: Tab = offered.find((one) => one === search.tab) ?? 'plan';
  const open = (step: string) => go({ step });
  return (
    <Page
      title={title}
      actions={<Controls run={run} goal={job?.goal} />}
      about={
        <Group gap="xs">
          <Status state={outcome ?? status} />
          <Text size="sm" c="dimmed" className="foreign">
            {names[process] ?? process} {subject.id}
          </Text>
        </Group>
      }
    >
      <Summary run={run} job={job} onStep={open} />
      <Questions run={run} />
      <Tabs value={tab} onChange={(value) => go({ tab: value as Tab })} keepMounted={false}>
        <Tabs.List aria-label={w.parts}>
          {offered.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {w.tabs[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} pt="md">
          <Suspense fallback={<Loading />}>
            {tab === 'plan' && (
              <Asked query={steps}>
                {() => <PlanTab rows={rows} hasPlan={plan.data} drawn={drawn} search={search} go={go} onStep={open} />}
              </Asked>
            )}
            {tab === 'timeline' && <Timeline run={run} rows={rows} onStep={open} />}
            {tab === 'events' && <Events run={run} onStep={open} />}
            {tab === 'files' && <Files run={run} steps={steps.data ?? []} />}
            {tab === 'effects' && <Effects workflowId={workflow_id} onStep={open} />}
            {tab === 'versions' && plan.data && (
              <Versions plan={plan.data} version={search.version} onVersion={(version) => go({ version })} />
            )}
            {tab === 'replay' && <Replay workflowId={workflow_id} />}
            {tab === 'json' && <Json value={{ run, job, plan: plan.data, steps: steps.data }} label={w.tabs.json} />}
          </Suspense>
        </Tabs.Panel>
      </Tabs>
      {search.step !== undefined && (
        <StepDrawer run={run} rows={rows} step={search.step} onClose={() => go({ step: undefined })} onStep={open} />
      )}
    </Page>
  );
}
