import { createHash } from 'node:crypto';
import type { Envelope } from '../../schemas/envelope';
import { processes } from '../../schemas/catalogue';
import { processOf } from '../../schemas/process';
import type { QueueClass } from '../../schemas/queues';

/** The task queue of a class of work: `<ns>-<class>`. */
export const queueName = (namespace: string, work: QueueClass): string => `${namespace}-${work}`;

/** The worker deployment of Temporal that a namespace's workers belong to if they carry a build id. */
export const deploymentName = (namespace: string): string => `awe-${namespace}`;

/**
 * The workflow id of a process's run: `<ns>.<process>.<name>-<first 16 hex of SHA-256 of the name>`, the name without
 * characters that would have to be escaped somewhere, and at most 60 of them. The same name gives the same id in every
 * process of the platform, which makes a start idempotent; the hash tells names apart that look alike.
 */
export function workflowIdOf(namespace: string, process: string, name: string): string {
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 16);
  const words = name.slice(0, 60).match(/[A-Za-z0-9]+/g) ?? [];
  return [namespace, process, [...words, hash].join('-')].join('.');
}

/**
 * The workflow id of the run that an event claims as its own: its `source` names the process, which proves nothing, but
 * shows which run to ask for proof. Undefined if no process of ours could have written it.
 */
export function workflowIdOfEvent(namespace: string, event: Pick<Envelope, 'source' | 'subject'>): string | undefined {
  const { subject } = event;
  const process = processOf(event);
  const facts = processes.get(process);
  if (!facts || facts.subject !== subject?.kind) return undefined;
  return facts.named === 'run' ? subject.id : workflowIdOf(namespace, process, subject.id);
}

/** Parts of a workflow id; undefined if it is not of this namespace. */
export function parseWorkflowId(namespace: string, workflowId: string): { process: string; name: string } | undefined {
  if (!workflowId.startsWith(`${namespace}.`)) return undefined;
  const match = /^([a-z][a-z0-9_-]{0,40})\.([A-Za-z0-9][A-Za-z0-9._-]{0,120})$/.exec(
    workflowId.slice(namespace.length + 1),
  );
  return match?.[1] && match[2] ? { process: match[1], name: match[2] } : undefined;
}
