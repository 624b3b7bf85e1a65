import {
  Client,
  Connection,
  isRetryableError,
  makeGrpcRetryInterceptor,
  type ConnectionOptions,
} from '@temporalio/client';
import type { Config } from '../config';
import { boundedPayloads } from './bounds';
import { classifyTemporalError, TemporalError } from './errors';
import { type QueueClass } from '../../schemas/queues';
import { queueName } from './ids';
import { tracedCalls } from './traced';

/** Time limit of every call that somebody waits for, whatever the server does (milliseconds). */
export const CALL_LIMIT_MS = 3_500;

/** A waiting worker renews its poll every minute; after this long without one, it counts as gone (milliseconds). */
const POLLER_FRESH_MS = 75_000;

/** Temporal as the API, the CLI and the consumers see it. */
export interface TemporalPort {
  readonly namespace: string;
  /**
   * Runs calls to Temporal under one time limit. Every fault is thrown as a `TemporalError`; the connection mends
   * itself, so the next call may succeed.
   */
  call<T>(work: (client: Client) => Promise<T>, limitMs?: number): Promise<T>;
  /** True if the server answers for our namespace. */
  answers(limitMs?: number): Promise<boolean>;
  /** Number of workers that have polled a queue lately, by class of work; of those with one identity if it is given. */
  pollers(work: QueueClass, limitMs?: number, identity?: string): Promise<number>;
  /** A page of Temporal's Web UI, if its address is known. */
  uiUrl(workflowId: string): string | undefined;
  close(): Promise<void>;
}

/**
 * Makes a client, without needing a server: it connects at the first call, and again after the server was away, with
 * at most two seconds between tries.
 */
export function createTemporal(config: Pick<Config, 'namespace' | 'temporal'>): TemporalPort {
  const target = config.temporal;
  const running = new Set<Promise<unknown>>();
  const connection = Connection.lazy({
    // envconfig types them for the worker's native connection; address, TLS, API key and metadata are the same
    ...(target.connection as ConnectionOptions),
    channelArgs: {
      'grpc.initial_reconnect_backoff_ms': 200,
      'grpc.max_reconnect_backoff_ms': 2_000,
      'grpc.keepalive_permit_without_calls': 1,
      'grpc.keepalive_time_ms': 30_000,
      'grpc.keepalive_timeout_ms': 5_000,
    },
    // for blips alone: a waiting caller should learn soon that Temporal is away
    interceptors: [
      makeGrpcRetryInterceptor({
        retryableDecider: (attempt, status) => attempt < 7 && isRetryableError(status),
        delayFunction: (attempt) => Math.min(50 * 1.7 ** attempt, 500) * (0.8 + Math.random() * 0.4),
      }),
    ],
  });
  // a closed run answers from its record, so its history is not replayed for a query
  const client = new Client({
    connection,
    namespace: target.namespace,
    dataConverter: { payloadCodecs: [boundedPayloads] },
    interceptors: { workflow: [tracedCalls] },
    workflow: { queryRejectCondition: 'NOT_OPEN' },
  });

  async function call<T>(work: (client: Client) => Promise<T>, limitMs = CALL_LIMIT_MS): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    // the deadline bounds each RPC; the timer also bounds the time between them, such as the wait for a channel
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new TemporalError('deadline', `no answer from Temporal within ${limitMs} ms`)),
        limitMs + 100,
      );
    });
    const answer = connection.withDeadline(Date.now() + limitMs, () => work(client));
    const settled = answer.catch(() => undefined).finally(() => running.delete(settled));
    running.add(settled);
    try {
      return await Promise.race([answer, late]);
    } catch (error) {
      throw classifyTemporalError(error);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    namespace: target.namespace,
    call,
    async answers(limitMs = 1_000) {
      try {
        await call((c) => c.workflowService.describeNamespace({ namespace: target.namespace }), limitMs);
        return true;
      } catch {
        return false;
      }
    },
    async pollers(work, limitMs = 1_000, identity) {
      const name = queueName(config.namespace, work);
      const kinds = work === 'workflows' ? 1 : 2; // TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY
      const answer = await call(
        (c) =>
          c.workflowService.describeTaskQueue({
            namespace: target.namespace,
            taskQueue: { name },
            taskQueueType: kinds,
          }),
        limitMs,
      );
      const oldest = Date.now() - POLLER_FRESH_MS;
      return (answer.pollers ?? [])
        .filter((poller) => identity === undefined || poller.identity === identity)
        .filter(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1_000 >= oldest).length;
    },
    uiUrl(workflowId) {
      if (target.external) return undefined;
      const page = `/namespaces/${encodeURIComponent(target.namespace)}/workflows/${encodeURIComponent(workflowId)}`;
      return `http://localhost:${target.uiPort}${page}`;
    },
    async close() {
      // a retry that finds its channel closed throws where nobody can catch it
      await Promise.all(running);
      await connection.close();
    },
  };
}
