import { defaultPayloadConverter } from '@temporalio/common';
import { decodeTypedSearchAttributes } from '@temporalio/common/lib/converter/payload-search-attributes';
import type { temporal } from '@temporalio/proto';
import type { ProjectView } from '../../schemas/audit';
import type { RunRecord } from '../../schemas/run';
import { queueName } from '../temporal/ids';
import { searchAttributes } from '../temporal/search-attributes';
import { decodeCursor, encodeCursor } from './cursor';
import { explainFault } from './faults';
import type { RunDependencies } from './ports';

/** A project as lists show it. */
export interface ListedProject {
  project_id: string;
  status: string;
  request_text: string;
  correlation_id?: string;
  workflow_id: string;
  started_at: string;
  ended_at?: string;
}

export interface ProjectList {
  projects: ListedProject[];
  next_cursor?: string;
}

/** `t`: a page of what Temporal still knows; `r`: a page of records that outlived it. */
type Position = { t: string } | { r: string };

/**
 * Lists audit projects: first those that Temporal still knows, newest first; then those whose executions are gone and
 * of which only the record is left, in no meaningful order. No project is listed twice within one walk.
 */
export function createProjectList({ temporal, store, settings }: RunDependencies) {
  const prefix = `${settings.namespace}.audit.`;
  const scope = `TaskQueue = '${queueName(settings.namespace, 'workflows')}' AND AweKind = 'audit'`;

  async function fromTemporal(token: string, limit: number): Promise<ProjectList> {
    const answer = await visible(`${scope} AND ExecutionStatus != 'ContinuedAsNew'`, limit, token);
    const projects = answer.executions.map(listed).filter((p) => p.workflow_id.startsWith(prefix));
    if (answer.token.length > 0) return { projects, next_cursor: encodeCursor({ t: answer.token }) };
    if (projects.length >= limit) return { projects, next_cursor: encodeCursor({ r: '' }) };
    const rest = await fromRecords('', limit - projects.length);
    return { projects: [...projects, ...rest.projects], next_cursor: rest.next_cursor };
  }

  async function fromRecords(after: string, limit: number): Promise<ProjectList> {
    const projects: ListedProject[] = [];
    for (let position = after; ;) {
      const page = await store.listRecords(prefix, { ...(position ? { after: position } : {}), limit: BATCH });
      const names = page.workflow_ids;
      const known = await stillKnown(names);
      for (const name of names) {
        position = name;
        if (known.has(name)) continue;
        const record = await store.readRecord(name);
        if (record) projects.push(recorded(record));
        if (projects.length >= limit) return { projects, next_cursor: encodeCursor({ r: position }) };
      }
      if (page.next === undefined) return { projects };
      position = page.next;
    }
  }

  async function stillKnown(names: string[]): Promise<Set<string>> {
    if (names.length === 0) return new Set();
    const ids = names.map((name) => `'${name}'`).join(', ');
    const { executions } = await visible(`WorkflowId IN (${ids})`, names.length * 2, '');
    return new Set(executions.map((e) => e.execution?.workflowId ?? ''));
  }

  async function visible(query: string, pageSize: number, token: string) {
    const answer = await temporal.call((client) =>
      client.workflowService.listWorkflowExecutions({
        namespace: temporal.namespace,
        query,
        pageSize,
        nextPageToken: Buffer.from(token, 'base64url'),
      }),
    );
    return {
      executions: answer.executions ?? [],
      token: Buffer.from(answer.nextPageToken ?? []).toString('base64url'),
    };
  }

  return async function listProjects(limit: number, cursor?: string): Promise<ProjectList> {
    const position: Position = cursor === undefined ? { t: '' } : decodeCursor(cursor, isPosition);
    try {
      return 't' in position ? await fromTemporal(position.t, limit) : await fromRecords(position.r, limit);
    } catch (error) {
      throw await explainFault(temporal, error);
    }
  };
}

/** Records looked at together. */
const BATCH = 50;

function isPosition(value: unknown): value is Position {
  if (typeof value !== 'object' || value === null) return false;
  const { t, r } = value as { t?: unknown; r?: unknown };
  return (typeof t === 'string') !== (typeof r === 'string');
}

type Execution = temporal.api.workflow.v1.IWorkflowExecutionInfo;

function listed(info: Execution): ListedProject {
  const attributes = decodeTypedSearchAttributes(info.searchAttributes?.indexedFields);
  const memo = (name: string): string | undefined => {
    const payload = info.memo?.fields?.[name];
    const value: unknown = payload && defaultPayloadConverter.fromPayload(payload);
    return typeof value === 'string' ? value : undefined;
  };
  const ended = instant(info.closeTime);
  return {
    project_id: attributes.get(searchAttributes.subject) ?? memo('project_id') ?? '',
    status: statusOf(info.status, attributes.get(searchAttributes.status)),
    request_text: memo('request_text') ?? '',
    correlation_id: memo('correlation_id'),
    workflow_id: info.execution?.workflowId ?? '',
    started_at: instant(info.startTime) ?? new Date(0).toISOString(),
    ...(ended === undefined ? {} : { ended_at: ended }),
  };
}

/** What the run says of itself, unless it was ended from outside and could not say so. */
function statusOf(execution: Execution['status'], said: string | undefined): string {
  return ENDED_FROM_OUTSIDE.has(Number(execution)) ? 'failed' : (said ?? 'running');
}

/** `WORKFLOW_EXECUTION_STATUS_TERMINATED` and `…_TIMED_OUT` */
const ENDED_FROM_OUTSIDE: ReadonlySet<number> = new Set([5, 7]);

function recorded(record: RunRecord): ListedProject {
  const project = record.view as unknown as ProjectView;
  return {
    project_id: record.subject.id,
    status: record.status,
    request_text: project.request_text.slice(0, 200),
    correlation_id: record.correlation_id,
    workflow_id: record.workflow_id,
    started_at: record.started_at,
    ended_at: record.ended_at,
  };
}

function instant(time: Execution['startTime']): string | undefined {
  if (!time?.seconds) return undefined;
  return new Date(Number(time.seconds) * 1_000 + Math.floor((time.nanos ?? 0) / 1e6)).toISOString();
}
