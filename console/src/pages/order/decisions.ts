import { answer, api, ApiProblem } from '../../api/client';
import { correctionsOf, keyOfPointer, type Edits } from './edits';
import type { FieldKey } from './fields';
import { sightOf, type Sight } from './flags';
import { digestOf, readOrder, type OrderNow } from './queries';

export type Choice = 'approve' | 'correct';

/** What has become of a decision. */
export type Sent =
  | { outcome: 'done'; now: OrderNow }
  /** the corrections are kept, and something is left that blocks */
  | { outcome: 'blocked'; now: OrderNow }
  /** somebody else was faster: nothing has been decided */
  | { outcome: 'moved'; now: Sight };

/**
 * Sends corrections, with an approval or without, bound to what the person was shown.
 * @throws ApiProblem if the API refuses them, such as for a correction that it cannot take
 */
export async function sendDecision(choice: Choice, { order }: Sight, edits: Edits, comment: string): Promise<Sent> {
  const { order_id } = order;
  const { body, lines } = correctionsOf(edits);
  const request = { params: boundTo(order), body: { ...body, ...noted(comment) } };
  try {
    await answer(
      choice === 'approve'
        ? api.POST('/orders/{order_id}/validate', request)
        : api.POST('/orders/{order_id}/correct', request),
    );
    return { outcome: 'done', now: await readOrder(order_id) };
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.status === 422 && Array.isArray(error.facts['faults']))
      return { outcome: 'blocked', now: await readOrder(order_id) };
    if (error.status === 412) {
      const now = await readOrder(order_id);
      if (now.draft && now.question) return { outcome: 'moved', now: sightOf(now, now.draft) };
    }
    throw named(error, lines);
  }
}

/** Faults of what was sent, by the names of lines instead of their places in the request. */
function named(problem: ApiProblem, lines: readonly string[]): ApiProblem {
  const nameOf = (pointer: string): FieldKey => keyOfPointer(pointer, lines) ?? pointer;
  const errors = problem.errors.map(({ pointer, detail }) => ({ pointer: nameOf(pointer), detail }));
  return new ApiProblem(problem.status, problem.message, problem.requestId, errors, problem.facts);
}

/** A decision counts for exactly what was shown. */
const boundTo = (order: OrderNow) => ({
  path: { order_id: order.order_id },
  header: { 'If-Match': `"${digestOf(order)}"` },
});

const noted = (comment: string) => (comment === '' ? {} : { comment });

export const rejectOrder = (order: OrderNow, reason: string) =>
  answer(api.POST('/orders/{order_id}/reject', { params: boundTo(order), body: { reason } }));

export const readAgain = (order: OrderNow, comment: string) =>
  answer(api.POST('/orders/{order_id}/read-again', { params: boundTo(order), body: noted(comment) }));

export const splitOrder = (order: OrderNow, comment: string) =>
  answer(api.POST('/orders/{order_id}/split', { params: boundTo(order), body: noted(comment) }));
