import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Answer } from '../../api/client';
import { usePages } from '../../parts/usePages';
import { filterOf } from './filters';
import type { DeadLettersSearch } from './route';

export type Letters = Answer<'listDeadLetters'>;
export type Letter = Letters['entries'][number];
export type LetterDetail = Answer<'getDeadLetter'>;
export type Operation = Answer<'getOperation'>;
export type Filter = Operation['filter'];
export type Action = 'redrive' | 'discard';

/** All that is asked about dead letters. */
export const DEAD_LETTERS = ['dead-letters'] as const;

export const useLetters = ({ letter: _letter, ...search }: DeadLettersSearch) =>
  usePages<Letter>([...DEAD_LETTERS, 'list', search], async (cursor, signal) => {
    const { ids: _ids, ...filter } = filterOf(search);
    const query = { ...filter, cursor, limit: 100 };
    const { entries, next_cursor } = await answer(api.GET('/dlq', { params: { query }, signal }));
    return { rows: entries, next: next_cursor };
  });

/** Dead letters in all, whatever the filter. */
export const depthQuery = queryOptions({
  queryKey: [...DEAD_LETTERS, 'depth'],
  queryFn: async ({ signal }) => (await answer(api.GET('/dlq', { params: { query: { limit: 1 } }, signal }))).depth,
});

export const letterQuery = (id: string) =>
  queryOptions({
    queryKey: [...DEAD_LETTERS, 'letter', id],
    queryFn: ({ signal }) => answer(api.GET('/dlq/{id}', { params: { path: { id } }, signal })),
  });

/** Milliseconds between two questions of how far an operation is. */
const STEP = 700;

export const hasEnded = ({ status }: Operation): boolean => ['completed', 'failed', 'cancelled'].includes(status);

/** An operation, asked again until it has ended. */
export const operationQuery = (operation_id: string) =>
  queryOptions({
    queryKey: ['operations', operation_id],
    queryFn: ({ signal }) =>
      answer(api.GET('/operations/{operation_id}', { params: { path: { operation_id } }, signal })),
    refetchInterval: ({ state: { data } }) => (data && hasEnded(data) ? false : STEP),
  });

/** The last operations, newest first: who has done what. */
export const lastOperationsQuery = queryOptions({
  queryKey: ['operations', 'last'],
  // the list of runs knows of an operation a moment after it has begun
  refetchInterval: 10_000,
  async queryFn({ signal }): Promise<Operation[]> {
    const query = { process: 'operations', limit: 6 } as const;
    const { runs } = await answer(api.GET('/runs', { params: { query }, signal }));
    return await Promise.all(
      runs.map(({ workflow_id: operation_id }) =>
        answer(api.GET('/operations/{operation_id}', { params: { path: { operation_id } }, signal })),
      ),
    );
  },
});

interface Wanted {
  action: Action;
  filter: Filter;
  dry_run: boolean;
  reason?: string;
}

/** Starts an operation. @returns its id */
export async function operate({ action, ...body }: Wanted): Promise<string> {
  // the defaults of the API
  const bounds = { rate_per_second: 100, limit: 10_000 };
  const path = action === 'redrive' ? '/dlq/redrive' : '/dlq/discard';
  return (await answer(api.POST(path, { body: { ...bounds, ...body } }))).operation_id;
}
