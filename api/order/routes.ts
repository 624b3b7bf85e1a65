import { readFile } from 'node:fs/promises';
import type { ArtifactRef } from '../../schemas/refs';
import type {
  NewOrder,
  OrderAccepted,
  OrderRejection,
  OrderRereading,
  OrderValidation,
  PendingOrders,
} from '../../schemas/order/api';
import type { Json } from '../../schemas/json';
import type { OrderCorrectionsMade } from '../../schemas/order/corrections';
import type { ArtifactStore } from '../../src/documents/artifacts';
import { hashFile } from '../../src/documents/hash-file';
import type { IdempotencyStore } from '../../src/documents/idempotency';
import { Slots } from '../../src/documents/slots';
import { PAGE } from '../../src/documents/paged';
import { createInFlight } from '../../src/in-flight';
import { fixesOf } from '../../src/order/fixes';
import { newOrderId, RunError, type OrderNow, type Runs } from '../../src/runs';
import { encodeCursor } from '../../src/runs/cursor';
import { idempotencyKey, ifMatch, listRequestOf, pageOf, positionOf } from '../http';
import { acceptedReply, startOnce } from '../idempotent';
import { languageOf } from '../language';
import type { UiUrl, WorkflowIdOf } from '../links';
import type { Follower } from '../live/follow';
import { streamEvents } from '../live/stream';
import type { Call, Handlers } from '../part';
import { HttpProblem, type ProblemKind } from '../problem';
import type { Form, Held, Taken, Upload, Uploads } from '../uploads';
import type { orderContracts } from './contract';
import { historyOf } from './history';
import { createInbox, MOST_FILES, type InboxDependencies, type Received } from './inbox';
import { decidedOf, listedOf, orderLinks, orderOf, pendingOf } from './views';

export interface OrderDependencies extends InboxDependencies {
  runs: Pick<
    Runs,
    | 'startOrder'
    | 'listOrders'
    | 'listPendingOrders'
    | 'readOrder'
    | 'readDraft'
    | 'readCorrections'
    | 'readChanges'
    | 'readAttempts'
    | 'readAllEvents'
    | 'validateOrder'
    | 'rejectOrder'
    | 'readOrderAgain'
    | 'splitOrder'
  >;
  idempotency: IdempotencyStore;
  uploads: Uploads;
  artifacts: Pick<ArtifactStore, 'putArtifact'>;
  follower: Follower;
  workflowIdOf: WorkflowIdOf;
  uiUrl: UiUrl;
}

const ROUTE = 'POST /orders/inbox';

const BLOCKED: ProblemKind = { name: 'order-blocked', status: 422, title: 'The order cannot be approved as it is' };

/** Orders taken in at once; the rest queue. A hundred calls to Temporal at once run into their time limits. */
const AT_ONCE = 16;

/** The files of an order. */
const orderFiles: Taken = { field: 'files', most: MOST_FILES };

export function orderRoutes(deps: OrderDependencies): Handlers<typeof orderContracts> {
  const receive = createInbox(deps);
  const slots = new Slots(AT_ONCE);
  const share = createInFlight<PendingOrders>();
  const idOf = ({ params }: Call) => params.order_id ?? '';

  /** Every fault of a form and its files is found before any of it is stored. */
  async function submit(call: Call) {
    if (call.body !== undefined) {
      const sent = sentOf(call.body as NewOrder);
      return await deps.uploads.hold(sent, (form) => slots.run(() => accept(call, form)));
    }
    return await deps.uploads.use(call.req, call.res, orderFiles, (form) => slots.run(() => accept(call, form)));
  }

  async function accept(call: Call, upload: Form) {
    const { form, received } = await receive(upload);
    const key = idempotencyKey(call.req);
    const principal = call.principal.name;
    const begin = (orderId: string) => start(received, orderId, principal);
    const name = newOrderId();
    if (key === undefined) return acceptedReply(await begin(name));
    const body = { form, files: await Promise.all(upload.files.map(fingerprint)) };
    return await startOnce(deps.idempotency, { key, principal, route: ROUTE, body, name, start: begin });
  }

  async function start(received: Received, orderId: string, by: string): Promise<OrderAccepted> {
    const kept: { name: string; artifact: ArtifactRef }[] = [];
    for (const [i, { path, name }] of received.files.entries()) {
      const artifact = await deps.artifacts.putArtifact({
        path: `orders/${orderId}/received/${i + 1}`,
        bytes: await readFile(path),
        media_type: 'application/octet-stream',
      });
      kept.push({ name, artifact });
    }
    const { from_email, subject, language = 'en', delivery_address, delivery_date } = received;
    const started = await deps.runs.startOrder({
      order_id: orderId,
      from_email,
      subject,
      language,
      files: kept,
      requested_by: by,
      delivery: { address: delivery_address?.trim(), date: delivery_date },
    });
    return { ...started, status: 'accepted', links: orderLinks(orderId, started.workflow_id, deps.uiUrl) };
  }

  const whoOf = (call: Call, { comment, decision_id }: { comment?: string; decision_id?: string }) => ({
    order_id: idOf(call),
    by: call.principal.name,
    digest: ifMatch(call.req),
    idempotency_key: idempotencyKey(call.req),
    comment,
    decision_id,
  });

  async function decide(call: Call, approve: boolean) {
    const { comment, decision_id, ...corrections } = call.body as OrderValidation;
    const result = await deps.runs.validateOrder(whoOf(call, { comment, decision_id }), corrections, approve);
    if (result.outcome === 'blocked') {
      const kept = result.decision ? ' Your corrections are kept.' : '';
      throw new HttpProblem(
        BLOCKED,
        `The order is not approved: ${result.count === 1 ? 'a fault blocks' : `${result.count} faults block`} it.${kept}`,
        {
          errors: result.faults.map(({ path, code, message }) => ({
            pointer: path ?? '',
            detail: `${code}: ${message.en}`,
          })),
          facts: { faults: result.faults, corrections_kept: result.decision !== undefined },
        },
      );
    }
    const now = await deps.runs.readOrder(idOf(call));
    return { body: decidedOf(now, result.outcome, result, deps.uiUrl), headers: tagOf(now) };
  }

  /** A page of what waits, with its drafts; those who ask together share it. */
  async function pendingOrders(from: number, to: number): Promise<PendingOrders> {
    const all = await deps.runs.listPendingOrders();
    const orders = await Promise.all(
      all.slice(from, to).map(async (listed) => {
        if (!listed.summary) throw new RunError('unavailable', `${listed.order_id} has no draft yet`);
        return pendingOf(listed, (await deps.runs.readDraft(listed.summary, 0, PAGE)).draft, deps.uiUrl);
      }),
    );
    return { total: all.length, orders, next_cursor: to < all.length ? encodeCursor(to) : undefined };
  }

  return {
    submitOrder: submit,
    async listOrders(call) {
      const { runs, counts, next_cursor } = await deps.runs.listOrders(listRequestOf(call));
      return { body: { orders: runs.map((order) => listedOf(order, deps.uiUrl)), counts, next_cursor } };
    },
    async listPendingOrders(call) {
      const from = positionOf(call);
      const to = from + Number(call.query.limit ?? 20);
      return { body: await share(`${from} ${to}`, () => pendingOrders(from, to)) };
    },
    async getOrder(call) {
      const now = await deps.runs.readOrder(idOf(call));
      const from = positionOf(call);
      const to = from + Number(call.query.limit ?? PAGE);
      const part = now.view.draft && (await deps.runs.readDraft(now.view.draft, from, to - from));
      const next_cursor = part?.more ? encodeCursor(to) : undefined;
      const retrying = await deps.runs.readAttempts(now.run);
      const fixes = now.question && part ? fixesOf(part.draft, from) : undefined;
      return { body: { ...orderOf(now, part?.draft, deps.uiUrl), fixes, retrying, next_cursor }, headers: tagOf(now) };
    },
    async getOrderHistory(call) {
      const { run } = await deps.runs.readOrder(idOf(call));
      const events = await deps.runs.readAllEvents(run.workflow_id);
      const { history, ...about } = historyOf(idOf(call), events, languageOf(call));
      const { page, next_cursor } = pageOf(call, history, 500);
      return { body: { ...about, history: page, next_cursor } };
    },
    async getOrderCorrections(call) {
      const { page, next_cursor } = pageOf(call, await deps.runs.readCorrections(idOf(call)), 20);
      const corrections = await Promise.all(
        page.map(async (made) => {
          const { before: _, after: __, ...about } = made;
          return { ...about, ...(await deps.runs.readChanges(made)) };
        }),
      );
      return { body: { order_id: idOf(call), corrections, next_cursor } satisfies OrderCorrectionsMade };
    },
    async getOrderEvents(call) {
      return await streamEvents(deps.follower, call, deps.workflowIdOf('order', idOf(call)));
    },
    validateOrder: (call) => decide(call, true),
    correctOrder: (call) => decide(call, false),
    async readOrderAgain(call) {
      const made = await deps.runs.readOrderAgain(whoOf(call, call.body as OrderRereading));
      const now = await deps.runs.readOrder(idOf(call));
      return { status: 202, body: decidedOf(now, 'read_again', made, deps.uiUrl) };
    },
    async splitOrder(call) {
      const made = await deps.runs.splitOrder(whoOf(call, call.body as OrderRereading));
      const now = await deps.runs.readOrder(idOf(call));
      return { status: 202, body: decidedOf(now, 'split', made, deps.uiUrl) };
    },
    async rejectOrder(call) {
      const { reason, decision_id } = call.body as OrderRejection;
      const who = { ...whoOf(call, { decision_id }), comment: reason };
      const made = await deps.runs.rejectOrder(who);
      return { body: decidedOf(await deps.runs.readOrder(idOf(call)), 'rejected', made, deps.uiUrl) };
    },
  };
}

/** The digest of what is shown now: of the question, and without one of the draft. */
function tagOf({ question, view }: OrderNow): Record<string, string> | undefined {
  const tag = question?.digest ?? view.draft?.order.$ref;
  return tag === undefined ? undefined : { ETag: `"${tag}"` };
}

/** The form that JSON stands for. */
function sentOf({ files, ...fields }: NewOrder): Held {
  const held = files.map(({ name, text, base64 }, index) => {
    if ((text === undefined) === (base64 === undefined)) {
      const detail = 'has to have either text or base64';
      throw new HttpProblem('invalid', `The file ${name} ${detail}.`, {
        errors: [{ pointer: `/files/${index}`, detail }],
      });
    }
    return { name, bytes: text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text) };
  });
  return { fields, files: held };
}

/** Identity of a file, for recognising a repeated request. */
const fingerprint = async ({ path, name }: Upload): Promise<Json> => ({ name, sha256: await hashFile(path) });
