import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api, type Answer } from '../../api/client';
import type { OrdersSearch } from './route';

export type ListedOrder = Answer<'listOrders'>['orders'][number];

export const ordersKey = ['orders'];

/** Orders, newest first, a page after the other. */
export const ordersQuery = ({ status }: OrdersSearch) =>
  infiniteQueryOptions({
    queryKey: [...ordersKey, status],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      answer(api.GET('/orders', { params: { query: { status, cursor, limit: 100 } }, signal })),
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });
