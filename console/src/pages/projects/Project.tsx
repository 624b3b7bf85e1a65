import { Alert, Anchor, Button, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useWords } from '../../i18n/words';
import { usePolling, useRefresh } from '../../live/live';
import { Allowed } from '../../parts/Allowed';
import { Asked } from '../../parts/Asked';
import { Page } from '../../parts/Page';
import { Status } from '../../parts/Status';
import { Time } from '../../parts/Time';
import { useAction } from '../../parts/useAction';
import { CancelProject } from './CancelProject';
import { Cost } from './Cost';
import { Delivered } from './Delivered';
import { FilesOf } from './FilesOf';
import { Friction } from './Friction';
import { control, documentsQuery, projectQuery, retry, type Control, type Project as ProjectOf } from './queries';
import { Questions } from './Questions';
import { PARTS, projectRoute, type Part } from './route';
import { Scenarios } from './Scenarios';
import { Summary } from './Summary';
import { TimeWaste } from './TimeWaste';
import { words } from './words';
import { Work } from './Work';

export const page = createLazyRoute('/projects/$projectId')({ component: Project });

const OPERATORS = ['operator', 'admin'] as const;

function Project() {
  const { projectId } = projectRoute.useParams();
  const query = useQuery({ ...projectQuery(projectId), refetchInterval: usePolling() });
  useRefresh(({ process, subject }) => process === 'audit' && subject === projectId, ['projects', 'one', projectId]);
  return query.data ? (
    <Shown project={query.data} />
  ) : (
    <Page title={projectId}>
      <Asked query={query}>{() => null}</Asked>
    </Page>
  );
}

/** A project: where it stands, and its deliverables as pages. */
function Shown({ project }: { project: ProjectOf }) {
  const w = useWords(words);
  const navigate = useNavigate();
  const { part = 'summary' } = projectRoute.useSearch();
  const { project_id, workflow_id, status, deliverables, clarifications } = project;
  const documents = useQuery(documentsQuery(deliverables));
  const open = clarifications.filter(({ status }) => status === 'open').length;
  const show = (to: Part | null) =>
    void navigate({ to: '.', search: { part: to === 'summary' ? undefined : (to ?? undefined) } });
  const delivered = (kind: 'summary' | 'time_waste' | 'cost' | 'friction' | 'scenario', draw: () => ReactNode) => (
    <Asked query={documents}>{(all) => <Delivered document={all[kind]}>{draw()}</Delivered>}</Asked>
  );
  const { time_waste, cost, friction, scenario, summary } = documents.data ?? {};
  const panels: Readonly<Record<Part, () => ReactNode>> = {
    summary: () => delivered('summary', () => summary && <Summary document={summary} rows={time_waste?.rows} />),
    time_waste: () => delivered('time_waste', () => time_waste && <TimeWaste document={time_waste} />),
    cost: () => delivered('cost', () => cost && <Cost document={cost} />),
    friction: () => delivered('friction', () => friction && <Friction document={friction} />),
    scenario: () => delivered('scenario', () => scenario && <Scenarios document={scenario} />),
    work: () => <Work items={project.items} />,
    questions: () => <Questions project={project} />,
    files: () => <FilesOf deliverables={deliverables} />,
  };
  return (
    <Page
      title={project.request_text.length > 120 ? `${project.request_text.slice(0, 120)}…` : project.request_text}
      count={open}
      about={
        <>
          <Text size="sm" className="foreign" component="div">
            <Status state={status} /> {w.rowsGiven(project.rows)} · {w.started} <Time at={project.started_at} /> {w.by}{' '}
            {project.requested_by} ·{' '}
            <Anchor component={Link} to={`/runs/${encodeURIComponent(workflow_id)}`} size="sm" underline="always">
              {w.run}
            </Anchor>
          </Text>
          <Text size="sm" c="dimmed" className="foreign">
            <code>{project_id}</code>
          </Text>
        </>
      }
      actions={<Controls project={project} />}
    >
      {project.error && (
        <Alert color="red" variant="light" title={<code>{project.error.type}</code>}>
          <Text className="foreign">{project.error.message}</Text>
        </Alert>
      )}
      {open > 0 && part !== 'questions' && (
        <Alert color="orange" variant="light" title={w.asks(open)}>
          <Button size="compact-sm" variant="default" onClick={() => show('questions')}>
            {w.answerNow}
          </Button>
        </Alert>
      )}
      <Tabs value={part} keepMounted={false} onChange={(to) => show(to as Part | null)}>
        <Tabs.List aria-label={w.tabs}>
          {PARTS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {w.parts[one]}
              {one === 'questions' && open > 0 && ` (${open})`}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {PARTS.map((one) => (
          <Tabs.Panel key={one} value={one} pt="md">
            {one === part && panels[one]()}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}

/** What of a project its state lets one do. */
function Controls({ project: { project_id, status } }: { project: ProjectOf }) {
  const w = useWords(words);
  const [isCancelling, setCancelling] = useState(false);
  const refresh = [['projects', 'one', project_id]];
  const send = useAction({ act: (wanted: Control) => control(project_id, wanted), done: () => w.requested, refresh });
  const again = useAction({ act: () => retry(project_id), done: () => w.requested, refresh });
  const isOpen = ['running', 'waiting', 'paused'].includes(status);
  return (
    <>
      {status === 'failed' && (
        <Allowed roles={OPERATORS} variant="default" loading={again.isPending} onClick={() => again.mutate(undefined)}>
          {w.retry}
        </Allowed>
      )}
      {isOpen && (
        <>
          <Allowed
            roles={OPERATORS}
            variant="default"
            loading={send.isPending}
            onClick={() => send.mutate(status === 'paused' ? 'resume' : 'pause')}
          >
            {status === 'paused' ? w.resume : w.pause}
          </Allowed>
          <Allowed roles={OPERATORS} variant="default" onClick={() => setCancelling(true)}>
            {w.cancel}
          </Allowed>
        </>
      )}
      {isCancelling && (
        <CancelProject
          onDone={() => {
            setCancelling(false);
            send.mutate('cancel');
          }}
          onClose={() => setCancelling(false)}
        />
      )}
    </>
  );
}
