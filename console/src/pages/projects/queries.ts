import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { DeliverableDocuments } from '../../../../schemas/audit/deliverables';
import { answer, api, type Answer } from '../../api/client';
import type { WorkRow } from '../start/rows';

export type Project = Answer<'getProject'>;
export type ProjectListed = Answer<'listProjects'>['projects'][number];
export type Deliverable = Project['deliverables'][number];
export type Clarification = Project['clarifications'][number];
export type Artifact = Deliverable['artifacts'][number];

export type Kind = keyof DeliverableDocuments;
export type Documents = Partial<DeliverableDocuments>;

export const projectsQuery = (status?: string) =>
  infiniteQueryOptions({
    queryKey: ['projects', 'list', status],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      answer(api.GET('/projects', { params: { query: { cursor, limit: 100, status: status as never } }, signal })),
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });

export const projectQuery = (project_id: string) =>
  queryOptions({
    queryKey: ['projects', 'one', project_id],
    queryFn: ({ signal }) => answer(api.GET('/projects/{project_id}', { params: { path: { project_id } }, signal })),
  });

/** A file of a run as text. Files are named by their content, so they never change. */
export const textQuery = ({ artifact_id }: Pick<Artifact, 'artifact_id'>) =>
  queryOptions({
    queryKey: ['artifact', artifact_id],
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      answer<string>(
        api.GET('/artifacts/{artifact_id}', { params: { path: { artifact_id } }, signal, parseAs: 'text' }),
      ),
  });

const isDocument = (path: string): boolean => path.endsWith('/deliverable.json');

/** The documents of all deliverables that are accepted, by their kinds. */
export const documentsQuery = (deliverables: readonly Deliverable[]) => {
  const files = deliverables.flatMap(({ artifacts }) => artifacts.filter(({ path }) => isDocument(path)));
  return queryOptions({
    queryKey: ['projects', 'documents', ...files.map(({ artifact_id }) => artifact_id)],
    staleTime: Infinity,
    queryFn: async ({ client }): Promise<Documents> => {
      const texts = await Promise.all(files.map((file) => client.ensureQueryData(textQuery(file))));
      const documents = texts.map((text) => JSON.parse(text) as DeliverableDocuments[Kind]);
      return Object.fromEntries(documents.map((document) => [document.kind, document]));
    },
  });
};

export type Control = 'pause' | 'resume' | 'cancel';

export const control = (project_id: string, control: Control) =>
  answer(api.POST('/projects/{project_id}/{control}', { params: { path: { project_id, control } } }));

export const retry = (project_id: string) =>
  answer(api.POST('/projects/{project_id}/retry', { params: { path: { project_id } } }));

/** What somebody answers: a choice, or rows, pasted or in a file. */
export interface Reply {
  choice?: string;
  rows?: readonly WorkRow[];
  hourly_rate?: number;
  working_days?: number;
  file?: File;
  comment?: string;
}

/** Answers exactly what was shown. */
export function reply(project_id: string, { clarification_id, digest }: Clarification, given: Reply) {
  const params = { path: { project_id, clarification_id }, header: { 'If-Match': `"${digest}"` } };
  const { choice, rows, hourly_rate, working_days, file, comment } = given;
  if (file) {
    const form = new FormData();
    form.append('file', file, file.name);
    if (hourly_rate !== undefined) form.append('hourly_rate', String(hourly_rate));
    if (working_days !== undefined) {
      form.append('period_type', 'monthly');
      form.append('working_days', String(working_days));
    }
    if (comment) form.append('comment', comment);
    return answer(api.POST(ADDRESS, { params, body: form as never }));
  }
  const period = working_days === undefined ? undefined : ({ type: 'monthly', working_days } as const);
  const work_context = rows && rows.length > 0 ? { rows: [...rows], hourly_rate, period } : undefined;
  // what is left out stays as the request has said it, though the description gives its defaults
  return answer(api.POST(ADDRESS, { params, body: { choice, work_context, comment: comment || undefined } as never }));
}

const ADDRESS = '/projects/{project_id}/clarifications/{clarification_id}';
