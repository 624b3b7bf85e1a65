import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api, type Answer } from '../../api/client';
import type { Notation } from './route';

export type StoredDefinition = Answer<'getDefinition'>;
export type DefinitionListed = Answer<'listDefinitions'>['workflows'][number];

/** A definition as it was read from a text. */
export type ReadDefinition = Pick<StoredDefinition, 'name' | 'input_schema' | 'steps'>;
export type Checked = Omit<Answer<'validateDefinition'>, 'definition'> & { definition?: ReadDefinition };
export type Fault = Checked['faults'][number];
export type Change = Answer<'diffDefinition'>['changes'][number];
export type Version = Answer<'listVersions'>['versions'][number];
export type Simulation = Answer<'simulateDraft'>;
export type SimulatedStep = Simulation['steps'][number];

export const definitionsQuery = infiniteQueryOptions({
  queryKey: ['definitions', 'list'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam: cursor, signal }) =>
    answer(api.GET('/api/v1/workflows', { params: { query: { cursor, limit: 100 } }, signal })),
  getNextPageParam: ({ next_cursor }) => next_cursor,
});

/** A definition with its text, in the notation that it is edited in. */
export interface Opened {
  stored: StoredDefinition;
  text: string;
}

export const definitionQuery = (id: string, notation: Notation) =>
  queryOptions({
    queryKey: ['definitions', 'one', id, notation],
    // what is being edited does not change below the hands
    staleTime: Infinity,
    refetchOnMount: 'always',
    queryFn: async ({ signal }): Promise<Opened> => {
      const stored = await answer(api.GET('/api/v1/workflows/{id}', { params: { path: { id } }, signal }));
      if (notation === 'json') return { stored, text: jsonOf(stored) };
      return { stored, text: await yamlOf(id, stored.version, signal) };
    },
  });

function yamlOf(id: string, version: number, signal?: AbortSignal): Promise<string> {
  const path = { id, version: String(version) };
  const headers = { Accept: 'application/yaml' };
  const asked = api.GET('/api/v1/workflows/{id}/versions/{version}', {
    params: { path },
    headers,
    signal,
    parseAs: 'text',
  });
  return answer<string>(asked);
}

/** A definition without what the server knows of it besides. */
function jsonOf({
  version: _,
  change: __,
  changed_at: ___,
  changed_by: ____,
  from: _____,
  links: ______,
  ...own
}: StoredDefinition) {
  return `${JSON.stringify(own, null, 2)}\n`;
}

/** Texts are sent as YAML, of which JSON is a part, so that faults have lines. */
const written = (text: string) => ({
  body: text as never,
  bodySerializer: (body: unknown) => String(body),
  headers: { 'Content-Type': 'application/yaml' },
});

export const checkedQuery = (text: string) =>
  queryOptions({
    queryKey: ['definitions', 'checked', text],
    staleTime: 30_000,
    gcTime: 10_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      answer(api.POST('/api/v1/workflows/validate', { ...written(text), signal })) as Promise<Checked>,
  });

export const create = (text: string) => answer(api.POST('/api/v1/workflows', written(text)));

/** @throws ApiProblem 412 if `version` is not the newest any more */
export function change(id: string, version: number, text: string) {
  const { headers, ...sent } = written(text);
  return answer(
    api.PUT('/api/v1/workflows/{id}', {
      ...sent,
      params: { path: { id }, header: { 'If-Match': `"${version}"` } },
      headers,
    }),
  );
}

const guarded = (id: string, version: number) => ({ path: { id }, header: { 'If-Match': `"${version}"` } });

export const remove = (id: string, version: number) =>
  answer(api.DELETE('/api/v1/workflows/{id}', { params: guarded(id, version) }));

export const rollBack = (id: string, newest: number, version: number) =>
  answer(api.POST('/api/v1/workflows/{id}/rollback', { params: guarded(id, newest), body: { version } }));

export const versionsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['definitions', 'versions', id],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      answer(
        api.GET('/api/v1/workflows/{id}/versions', { params: { path: { id }, query: { cursor, limit: 50 } }, signal }),
      ),
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });

export const differenceQuery = (id: string, from: number, to?: number) =>
  queryOptions({
    queryKey: ['definitions', 'difference', id, from, to],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/workflows/{id}/diff', { params: { path: { id }, query: { from, to } }, signal })),
  });

export const execute = (id: string, input: unknown) =>
  answer(
    api.POST('/api/v1/workflows/{id}/execute', {
      params: { path: { id } },
      body: { input_data: input as never, async_execution: true },
    }),
  );

/** What a simulation is given besides the definition. */
export interface Given {
  input_data?: unknown;
  outputs?: Record<string, unknown>;
  decisions?: Record<string, { choice: 'approve' | 'reject' | 'expire' }>;
}

export const simulate = (definition: ReadDefinition, given: Given) =>
  answer(api.POST('/api/v1/workflows/simulate', { body: { definition, ...given } as never }));

/** Names that a definition may use, for the editor. What cannot be had is left out. */
export const namesQuery = queryOptions({
  queryKey: ['definitions', 'names'],
  staleTime: 60_000,
  queryFn: async ({ signal }) => {
    const [tools, agents, workflows] = await Promise.allSettled([
      answer(api.GET('/api/v1/tools', { params: { query: { limit: 500, usable: 'true' } }, signal })),
      answer(api.GET('/api/v1/agents', { signal })),
      answer(api.GET('/api/v1/workflows', { params: { query: { limit: 200 } }, signal })),
    ]);
    return {
      tools: tools.status === 'fulfilled' ? tools.value.tools : [],
      agents: agents.status === 'fulfilled' ? agents.value.agents : [],
      workflows: workflows.status === 'fulfilled' ? workflows.value.workflows : [],
    };
  },
});
