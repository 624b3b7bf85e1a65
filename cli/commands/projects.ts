import type { Command } from 'commander';
import type { ControlAccepted } from '../../schemas/api';
import type { Clarification, Deliverable, Project, Projects, ProjectSummary } from '../../schemas/audit/api';
import type { Cli } from '../cli';
import { readList, sumLine, withListOptions, type ListOptions } from '../list';
import { withApiOptions, type ApiOptions } from '../options';
import { formatTable } from '../table';

/** Rows of a project's own lists that are printed at most; the API pages beyond. */
const SHOWN = 500;

export function registerProjects(program: Command, cli: Cli): void {
  const projects = program
    .command('projects')
    .description('list and show audit projects, what they ask, and what they have delivered');
  const address = (id: string) => `/projects/${encodeURIComponent(id)}`;

  withListOptions(projects.command('list').description('projects, newest first')).action(
    async ({ apiKey, json, limit, status }: ListOptions) => {
      const { entries, counts } = await readList(
        cli.api(apiKey),
        '/projects',
        { limit, status },
        (page: Projects) => page.projects,
      );
      cli.print({ json }, { projects: entries, counts }, () => [
        ...tableOf(entries),
        sumLine(entries.length, 'project', counts),
      ]);
    },
  );

  withApiOptions(
    projects.command('show').description('a project: its items, and why it failed').argument('<id>'),
  ).action(async (id: string, options: ApiOptions) => {
    const project = await cli.api(options.apiKey).get<Project>(address(id));
    cli.print(options, project, () => formatProject(project));
  });

  withApiOptions(
    projects
      .command('clarifications')
      .description('what a project asks people, and what they answered')
      .argument('<id>'),
  ).action(async (id: string, options: ApiOptions) => {
    const path = `${address(id)}/clarifications?limit=${SHOWN}`;
    const page = await cli.api(options.apiKey).get<{ clarifications: Clarification[] }>(path);
    cli.print(options, page, () => page.clarifications.flatMap(formatClarification));
  });

  withApiOptions(
    projects.command('retry').description('let a failed project go on from what it has delivered').argument('<id>'),
  ).action(async (id: string, options: ApiOptions) => {
    const accepted = await cli.api(options.apiKey).post<ControlAccepted>(`${address(id)}/retry`, {});
    cli.print(options, accepted, () => [`${id} goes on`]);
  });

  withApiOptions(
    projects.command('deliverables').description('what its agents have delivered').argument('<id>'),
  ).action(async (id: string, options: ApiOptions) => {
    const path = `${address(id)}/deliverables?limit=${SHOWN}`;
    const page = await cli.api(options.apiKey).get<{ deliverables: Deliverable[] }>(path);
    cli.print(options, page, () => page.deliverables.flatMap(formatDeliverable));
  });
}

function tableOf(projects: ProjectSummary[]): string[] {
  const rows = projects.map(({ project_id, status, started_at, ended_at, request_text }) => [
    project_id,
    status,
    started_at.slice(0, 19),
    ended_at?.slice(0, 19) ?? '-',
    request_text,
  ]);
  return rows.length === 0
    ? []
    : [...formatTable(['PROJECT', 'STATUS', 'STARTED', 'ENDED', 'REQUEST'], rows, { REQUEST: 60 }), ''];
}

function formatProject({ project_id, status, outcome, request_text, error, items, clarifications }: Project): string[] {
  const rows = items.map((item) => [item.backlog_item_id, item.status, String(item.rounds), item.error?.message ?? '']);
  const open = clarifications.filter((question) => question.status === 'open');
  return [
    `${project_id}  ${outcome ?? status}`,
    `  request   ${request_text.slice(0, 200)}`,
    ...(error ? [`  why       ${error.message} (${error.type})`] : []),
    ...open.flatMap(formatClarification),
    ...(rows.length === 0 ? [] : ['', ...formatTable(['ITEM', 'STATUS', 'ROUNDS', 'ERROR'], rows, { ERROR: 80 })]),
  ];
}

const formatClarification = ({ clarification_id, status, question, expires_at, decision }: Clarification): string[] => [
  `${clarification_id}  ${status}${status === 'open' ? `, until ${expires_at}` : ''}: ${question}`,
  ...(decision ? [`  ${decision.choice} by ${decision.by}, ${decision.decided_at}`] : []),
];

const formatDeliverable = ({ backlog_item_id, status, headline, artifacts }: Deliverable): string[] => [
  `${backlog_item_id}  ${status}: ${headline}`,
  ...artifacts.map(({ path }) => `  ${path}`),
];
