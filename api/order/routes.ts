import { createReadStream } from 'node:fs';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { ArtifactRef } from '../../schemas/refs';
import {
  OrderForm,
  type OrderAccepted,
  type OrderRejection,
  type OrderValidation,
  type PendingOrders,
} from '../../schemas/order/api';
import type { Json } from '../../schemas/json';
import { validatorFor } from '../../src/contracts/validators';
import type { ArtifactStore } from '../../src/documents/artifacts';
import type { IdempotencyStore } from '../../src/documents/idempotency';
import { Slots } from '../../src/documents/slots';
import { createInFlight } from '../../src/in-flight';
import type { ValueStore } from '../../src/documents/values';
import { newOrderId, RunError, type Runs } from '../../src/runs';
import { encodeCursor } from '../../src/runs/cursor';
import { SpreadsheetError } from '../../src/spreadsheets/errors';
import { checked, idempotencyKey, ifMatch, pageOf, positionOf } from '../http';
import { acceptedReply, startOnce } from '../idempotent';
import type { UiUrl, WorkflowIdOf } from '../links';
import type { Follower } from '../live/follow';
import { streamEvents } from '../live/stream';
import type { Call, Handlers } from '../part';
import { HttpProblem, type ProblemKind } from '../problem';
import type { Form, Taken, Upload, Uploads } from '../uploads';
import type { orderContracts } from './contract';
import { decidedOf, historyOf, listedOf, orderLinks, orderOf, pendingOf } from './views';

export interface OrderDependencies {
  runs: Pick<
    Runs,
    'startOrder' | 'listOrders' | 'listPendingOrders' | 'readOrder' | 'readAllEvents' | 'validateOrder' | 'rejectOrder'
  >;
  idempotency: IdempotencyStore;
  uploads: Uploads;
  artifacts: Pick<ArtifactStore, 'putArtifact'>;
  values: Pick<ValueStore, 'getValue'>;
  /** Inspects a file before it is accepted. Throws `SpreadsheetError`. */
  scan: (path: string) => Promise<void>;
  follower: Follower;
  workflowIdOf: WorkflowIdOf;
  uiUrl: UiUrl;
}

const ROUTE = 'POST /orders/inbox';

const BLOCKED: ProblemKind = { name: 'order-blocked', status: 422, title: 'The order cannot be approved as it is' };

/** Orders taken in at once; the rest queue. A hundred calls to Temporal at once run into their time limits. */
const AT_ONCE = 16;

/** The files of an order. */
const orderFiles: Taken = { field: 'files', most: 20 };

export function orderRoutes(deps: OrderDependencies): Handlers<typeof orderContracts> {
  const check = validatorFor(OrderForm);
  const slots = new Slots(AT_ONCE);
  const share = createInFlight<PendingOrders>();
  const idOf = ({ params }: Call) => params.order_id ?? '';

  /** Every fault of a form and its files is found before any of it is stored. */
  async function submit(call: Call) {
    return await deps.uploads.use(call.req, call.res, orderFiles, (form) => slots.run(() => accept(call, form)));
  }

  async function accept(call: Call, { fields, files }: Form) {
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
    const form = checked(given, check);
    if (files.length === 0) throw noFile();
    for (const [i, file] of files.entries()) await look(file, i);
    const key = idempotencyKey(call.req);
    const principal = call.principal.name;
    const begin = (orderId: string) => start(form, files, orderId, principal);
    const name = newOrderId();
    if (key === undefined) return acceptedReply(await begin(name));
    const body = { form, files: await Promise.all(files.map(fingerprint)) };
    return await startOnce(deps.idempotency, { key, principal, route: ROUTE, body, name, start: begin });
  }

  async function look({ path, name }: Upload, index: number): Promise<void> {
    try {
      await deps.scan(path);
    } catch (error) {
      if (!(error instanceof SpreadsheetError)) throw error;
      throw new HttpProblem('spreadsheet-refused', `${name}: ${error.message}`, {
        errors: [{ pointer: `/files/${index}`, detail: error.message }],
        facts: { reason: error.code, file: name, ...(error.where === undefined ? {} : { where: error.where }) },
        cause: error,
      });
    }
  }

  async function start(form: OrderForm, files: Upload[], orderId: string, by: string): Promise<OrderAccepted> {
    const kept: { name: string; artifact: ArtifactRef }[] = [];
    for (const [i, { path, name }] of files.entries()) {
      const artifact = await deps.artifacts.putArtifact({
        path: `orders/${orderId}/received/${i + 1}`,
        bytes: await readFile(path),
        media_type: 'application/octet-stream',
      });
      kept.push({ name, artifact });
    }
    const { from_email, subject, language = 'en', delivery_address, delivery_date } = form;
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
        `The order is not approved: ${result.faults.length === 1 ? 'a fault blocks' : `${result.faults.length} faults block`} it.${kept}`,
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
    return { body: decidedOf(now, result.outcome, result, deps.uiUrl) };
  }

  /** A page of what waits, with its drafts; those who ask together share it. */
  async function pendingOrders(from: number, to: number): Promise<PendingOrders> {
    const all = await deps.runs.listPendingOrders();
    const orders = await Promise.all(
      all.slice(from, to).map(async (listed) => {
        if (!listed.summary) throw new RunError('unavailable', `${listed.order_id} has no draft yet`);
        return pendingOf(listed, await deps.values.getValue(listed.summary.order), deps.uiUrl);
      }),
    );
    return { total: all.length, orders, next_cursor: to < all.length ? encodeCursor(to) : undefined };
  }

  return {
    submitOrder: submit,
    async listOrders({ query }) {
      const page = await deps.runs.listOrders(Number(query.limit ?? 50), query.cursor as string | undefined);
      const orders = page.runs.map((order) => listedOf(order, deps.uiUrl));
      return { body: { orders, next_cursor: page.next_cursor } };
    },
    async listPendingOrders(call) {
      const from = positionOf(call);
      const to = from + Number(call.query.limit ?? 20);
      return { body: await share(`${from} ${to}`, () => pendingOrders(from, to)) };
    },
    async getOrder(call) {
      const now = await deps.runs.readOrder(idOf(call));
      const tag = now.question?.digest ?? now.view.draft?.order.$ref;
      return { body: orderOf(now, deps.uiUrl), headers: tag === undefined ? undefined : { ETag: `"${tag}"` } };
    },
    async getOrderHistory(call) {
      const { run } = await deps.runs.readOrder(idOf(call));
      const { history, ...about } = historyOf(idOf(call), await deps.runs.readAllEvents(run.workflow_id));
      const { page, next_cursor } = pageOf(call, history, 500);
      return { body: { ...about, history: page, next_cursor } };
    },
    async getOrderEvents(call) {
      return await streamEvents(deps.follower, call, deps.workflowIdOf('order', idOf(call)));
    },
    validateOrder: (call) => decide(call, true),
    correctOrder: (call) => decide(call, false),
    async rejectOrder(call) {
      const { reason, decision_id } = call.body as OrderRejection;
      const who = { ...whoOf(call, { decision_id }), comment: reason };
      const made = await deps.runs.rejectOrder(who);
      return { body: decidedOf(await deps.runs.readOrder(idOf(call)), 'rejected', made, deps.uiUrl) };
    },
  };
}

/** Identity of a file, for recognising a repeated request. */
async function fingerprint({ path, name }: Upload): Promise<Json> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { name, sha256: hash.digest('hex') };
}

const noFile = () => {
  const detail = 'is missing: send at least one spreadsheet, such as -F files=@./order.xlsx';
  return new HttpProblem('invalid', `The field \`files\` ${detail}`, { errors: [{ pointer: '/files', detail }] });
};
