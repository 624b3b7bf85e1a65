import type { Json } from '../../schemas/json';
import type {
  DeadLetterDetail,
  DeadLetters,
  DeadLetterSummary,
  DlqOperation,
  OperationAccepted,
} from '../../schemas/operations/api';
import { operationDefaults, type OperationAction } from '../../schemas/operations/run';
import { isLetterId } from '../../src/dlq/matches';
import type { DlqReader } from '../../src/dlq/reader';
import { DocumentError } from '../../src/documents/errors';
import type { IdempotencyStore } from '../../src/documents/idempotency';
import type { ValueStore } from '../../src/documents/values';
import { WHOLE } from '../../src/rebuild';
import { newOperationName, type Runs } from '../../src/runs';
import { decodeCursor, encodeCursor } from '../../src/runs/cursor';
import { notFound } from '../../src/runs/errors';
import { readNow } from '../../src/runs/now';
import { idempotencyKey } from '../http';
import { acceptedReply, startOnce } from '../idempotent';
import type { UiUrl } from '../links';
import type { Call, Handlers, Reply } from '../part';
import type { operationContracts } from './contract';
import { operationLinks, operationOf, summaryOf } from './views';

export interface OperationDependencies {
  deadLetters: Pick<DlqReader, 'list' | 'get'>;
  values: Pick<ValueStore, 'getValue'>;
  runs: Pick<Runs, 'startOperation' | 'readRun'>;
  idempotency: IdempotencyStore;
  /** true if a workflow id belongs to this namespace */
  isOurs: (workflowId: string) => boolean;
  uiUrl: UiUrl;
}

/** Bytes of a task's input that is shown. */
const LARGEST_INPUT = 256 * 1024;

/** The dead letters: the API reads them itself, and an operation changes them. */
export function operationRoutes({
  deadLetters,
  values,
  runs,
  idempotency,
  isOurs,
  uiUrl,
}: OperationDependencies): Handlers<typeof operationContracts> {
  async function operate(action: OperationAction, call: Call, bounds = {}): Promise<Reply> {
    const body = call.body as DlqOperation;
    const principal = call.principal.name;
    const start = async (name: string): Promise<OperationAccepted> => {
      const { workflow_id } = await runs.startOperation({ ...bounds, ...body, action, by: principal, name });
      return {
        operation_id: workflow_id,
        action,
        dry_run: body.dry_run ?? operationDefaults.dry_run,
        status: 'accepted',
        links: operationLinks(workflow_id, uiUrl),
      };
    };
    const key = idempotencyKey(call.req);
    const name = newOperationName();
    if (key === undefined) return acceptedReply(await start(name));
    return await startOnce(idempotency, { key, principal, route: `POST ${action}`, body, name, start });
  }

  /** What a dead task was to work on; undefined where it is lost, or large. Anybody may have written the letter. */
  async function inputOf({ task }: DeadLetterSummary): Promise<Json | undefined> {
    if (!task || task.input.bytes > LARGEST_INPUT) return undefined;
    return await values.getValue(task.input).catch((error: unknown) => {
      if (error instanceof DocumentError && !error.passing) return undefined;
      throw error;
    });
  }

  return {
    async listDeadLetters({ query }) {
      const { cursor, limit, ...filter } = query;
      const before = cursor === undefined ? undefined : decodeCursor(String(cursor), isId);
      const page = await deadLetters.list(filter, { limit: Number(limit ?? 50), before });
      const body: DeadLetters = {
        depth: page.depth,
        entries: page.entries.map(summaryOf),
        next_cursor: page.before === undefined ? undefined : encodeCursor(page.before),
      };
      return { body };
    },
    async getDeadLetter({ params }) {
      const id = params.id ?? '';
      const stored = await deadLetters.get(id);
      if (!stored) throw notFound(`There is no dead letter ${id}: it may have been redriven or discarded.`);
      const { raw, encoding } = stored.letter;
      const summary = summaryOf(stored);
      return { body: { ...summary, raw, encoding, input: await inputOf(summary) } satisfies DeadLetterDetail };
    },
    redriveDeadLetters: (call) => operate('dlq.redrive', call),
    discardDeadLetters: (call) => operate('dlq.discard', call),
    rebuildEvents: (call) => operate('events.rebuild', call, WHOLE),
    async getOperation({ params }) {
      const id = params.operation_id ?? '';
      const absent = `There is no operation ${id}.`;
      if (!isOurs(id)) throw notFound(absent);
      const { run } = await readNow(runs.readRun, id, absent);
      if (run.process !== 'operations') throw notFound(absent);
      return { body: operationOf(run, uiUrl) };
    },
  };
}

const isId = (value: unknown): value is string => typeof value === 'string' && isLetterId(value);
