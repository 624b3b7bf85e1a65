import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api, type Answer } from '../../api/client';
import type { InboxSearch } from './route';

export type Item = Answer<'getInbox'>['items'][number];
export type Kind = NonNullable<InboxSearch['kind']>;

export const INBOX = ['inbox'] as const;

/** Pages of what waits, or of what was decided lately, within the filters of the address. */
export const inboxQuery = ({ kind, process, q, mine, decided }: InboxSearch) =>
  infiniteQueryOptions({
    queryKey: [...INBOX, { kind, process, q, mine, decided }],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor }: Answer<'getInbox'>) => next_cursor,
    queryFn: ({ pageParam: cursor, signal }) => {
      const query = {
        ...{ kind, q, cursor, limit: 100 },
        process: process as never,
        mine: mine ? ('true' as const) : undefined,
        state: decided ? ('decided' as const) : undefined,
      };
      return answer(api.GET('/inbox', { params: { query }, signal }));
    },
  });

/** Items that one key decides: those with a plain yes and no. Others are opened, and answered there. */
export const isPlain = ({ choices }: Item): boolean => choices.includes('approve') && choices.includes('reject');

/** Takes a decision on exactly what was shown. */
export async function decide(item: Item, choice: 'approve' | 'reject', reason: string): Promise<void> {
  const comment = reason === '' ? undefined : reason;
  const { workflow_id = '', subject, digest } = item;
  if (item.process === 'order') {
    const params = { path: { order_id: subject }, header: digest === undefined ? {} : { 'If-Match': `"${digest}"` } };
    if (choice === 'approve')
      await answer(api.POST('/orders/{order_id}/validate', { params, body: { comment }, keepalive: true }));
    else await answer(api.POST('/orders/{order_id}/reject', { params, body: { reason }, keepalive: true }));
    return;
  }
  const body = { approval_id: item.approval_id ?? '', choice, digest, comment };
  await answer(api.POST('/runs/{workflow_id}/decide', { params: { path: { workflow_id } }, body, keepalive: true }));
}
