import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api, ApiProblem, type Answer } from '../../api/client';

export type OrderNow = Answer<'getOrder'>;
export type Draft = NonNullable<OrderNow['draft']>;
export type Line = Draft['lines'][number];
export type Anomaly = Draft['anomalies'][number];
export type Fix = NonNullable<OrderNow['fixes']>[number];
export type Corrections = Fix['corrections'];
export type Provenance = Anomaly['evidence'][number];
/** A value with its origin. */
export type Sourced = NonNullable<Line['reference']>;
export type OrderFile = Answer<'listOrderFiles'>['files'][number];
export type SheetWindow = Answer<'getOrderSheet'>;

/** Pages of an order that are put together, 1,000 lines each; no correction takes more. */
const MOST_PAGES = 20;

/** Tries to get all pages of one version, where the order is just being changed. */
const TRIES = 3;

/** Identity of what is shown of an order: a decision is bound to it. */
export const digestOf = ({ question, status, draft }: OrderNow): string =>
  question?.digest ?? `${status} ${draft?.version ?? 0}`;

/** An order with all its lines. `next_cursor` is there where it has more than a person can look through. */
export async function readOrder(order_id: string, signal?: AbortSignal): Promise<OrderNow> {
  const path = { order_id };
  for (let tries = 1; ; tries++) {
    const order = await answer(api.GET('/orders/{order_id}', { params: { path }, signal }));
    const { draft, fixes = [] } = order;
    let cursor = order.next_cursor;
    let isOne = true;
    for (let page = 1; isOne && draft && cursor !== undefined && page < MOST_PAGES; page++) {
      const next = await answer(api.GET('/orders/{order_id}', { params: { path, query: { cursor } }, signal }));
      isOne = digestOf(next) === digestOf(order);
      draft.lines.push(...(next.draft?.lines ?? []));
      draft.anomalies.push(...(next.draft?.anomalies ?? []));
      fixes.push(...(next.fixes ?? []));
      cursor = next.next_cursor;
    }
    if (isOne) return { ...order, draft, fixes, next_cursor: cursor };
    if (tries === TRIES) throw new ApiProblem(409, 'The order is just being changed. Try again in a moment.');
  }
}

export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: ['order', id],
    queryFn: ({ signal }) => readOrder(id, signal),
    // to compare two thousand lines one by one takes longer than to draw them
    structuralSharing: false,
  });

export const filesQuery = (id: string) =>
  queryOptions({
    queryKey: ['order-files', id],
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      answer(api.GET('/orders/{order_id}/files', { params: { path: { order_id: id } }, signal })),
  });

/** A part of a sheet, by its number from 0 on; `tile` says how large it is. */
export const tile = { rows: 100, columns: 30 };

export const tileQuery = (id: string, file: number, sheet: number, at: { row: number; column: number }) =>
  queryOptions({
    queryKey: ['order-sheet', id, file, sheet, at],
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      answer(
        api.GET('/orders/{order_id}/files/{file}/sheets/{sheet}', {
          params: {
            path: { order_id: id, file: String(file), sheet: String(sheet) },
            query: {
              ...{ from_row: at.row * tile.rows + 1, rows: tile.rows },
              ...{ from_column: at.column * tile.columns + 1, columns: tile.columns },
            },
          },
          signal,
        }),
      ),
  });

export const historyQuery = (id: string) =>
  queryOptions({
    queryKey: ['order-history', id],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/orders/{order_id}/history', { params: { path: { order_id: id }, query: { limit: 1_000 } }, signal }),
      ),
  });

export const correctionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['order-corrections', id],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/orders/{order_id}/corrections', {
          params: { path: { order_id: id }, query: { limit: 100 } },
          signal,
        }),
      ),
  });

export type CorrectionMade = Answer<'getOrderCorrections'>['corrections'][number];
