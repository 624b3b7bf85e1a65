import { createHash } from 'node:crypto';
import type { Subject } from '../../schemas/envelope';
import type { QueueClass } from '../../schemas/queues';

/** The task queue of a class of work: `<ns>-<class>`. */
export const queueName = (namespace: string, work: QueueClass): string => `${namespace}-${work}`;

/** The worker deployment of Temporal that the workers of a namespace belong to, where they carry a build id. */
export const deploymentName = (namespace: string): string => `awe-${namespace}`;

/**
 * The workflow id of a process's run: `<ns>.<process>.<first 32 hex of SHA-256 of its name>`. The same name gives the
 * same id in every process of the platform, which is what makes a start idempotent.
 */
export function workflowIdOf(namespace: string, process: string, name: string): string {
  return `${namespace}.${process}.${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
}

/** The workflow id of an audit project. */
export const auditWorkflowId = (namespace: string, projectId: string): string =>
  workflowIdOf(namespace, 'audit', projectId);

/** The workflow id of an order. */
export const orderWorkflowId = (namespace: string, orderId: string): string =>
  workflowIdOf(namespace, 'order', orderId);

/** The workflow id of a dispatch that somebody else has published. */
export const dispatchWorkflowId = (namespace: string, eventId: string): string =>
  workflowIdOf(namespace, 'dispatch', eventId);

/** The workflow that an event's subject stands for: people name projects and orders, everything else is its workflow. */
export function workflowIdOfSubject(namespace: string, { kind, id }: Subject): string {
  switch (kind) {
    case 'project':
      return auditWorkflowId(namespace, id);
    case 'order':
      return orderWorkflowId(namespace, id);
    case 'run':
    case 'operation':
      return id;
  }
}

/** What a workflow id says: undefined where it is not one of this namespace. */
export function parseWorkflowId(namespace: string, workflowId: string): { process: string; name: string } | undefined {
  if (!workflowId.startsWith(`${namespace}.`)) return undefined;
  const match = /^([a-z][a-z0-9_-]{0,40})\.([A-Za-z0-9][A-Za-z0-9._-]{0,120})$/.exec(
    workflowId.slice(namespace.length + 1),
  );
  return match?.[1] && match[2] ? { process: match[1], name: match[2] } : undefined;
}
