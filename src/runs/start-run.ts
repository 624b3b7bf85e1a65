import { TypedSearchAttributes } from '@temporalio/common';
import type { Json } from '../../schemas/json';
import type { ProcessName } from '../../schemas/catalogue';
import { classifyTemporalError } from '../temporal/errors';
import { queueName, workflowIdOf } from '../temporal/ids';
import { searchAttributes } from '../temporal/search-attributes';
import { explainFault } from './faults';
import type { RunDependencies } from './ports';

/** A run to be started. */
export interface RunStart {
  process: ProcessName;
  /** Names it within its process: the same name is the same run. */
  name: string;
  /** Search attributes in Temporal's index. */
  subject: string;
  /** The version of a workflow definition that it executes, in Temporal's index: `<id>@<version>`. */
  definition?: string;
  /** Of a re-run: the execution that it came from, in Temporal's index. */
  rerun_of?: string;
  /** The argument of its workflow. */
  input: object;
  /** State of an ended run of that name, from which this one goes on: a `Carried`. */
  carried?: object;
  /** Facts that lists and later starts read without asking the run. */
  memo: { [name: string]: Json };
  /** A line for people who look at the run in Temporal. */
  summary: string;
  /** 1 (first) to 5 (last), in Temporal's sense: its activities have it too */
  priority?: number;
}

/** `already there`: the name was given to a run before, which may have ended. */
export type Started = 'started' | 'already there';

/**
 * Starts runs of every process, once per name. Throws a `RunError`: `unavailable` while Temporal is away, which loses
 * nothing, since the same start may be tried again.
 */
export function createRunStarter({ temporal, settings }: Pick<RunDependencies, 'temporal' | 'settings'>) {
  const { namespace } = settings;
  return async function startRun({
    process,
    name,
    subject,
    definition,
    rerun_of,
    input,
    carried,
    memo,
    summary,
    priority,
  }: RunStart): Promise<Started> {
    try {
      await temporal.call((client) =>
        client.workflow.start(process, {
          workflowId: workflowIdOf(namespace, process, name),
          taskQueue: queueName(namespace, 'workflows'),
          args: carried === undefined ? [input] : [input, carried],
          memo,
          typedSearchAttributes: new TypedSearchAttributes([
            { key: searchAttributes.kind, value: process },
            { key: searchAttributes.status, value: 'running' },
            { key: searchAttributes.subject, value: subject },
            ...(definition === undefined ? [] : [{ key: searchAttributes.definition, value: definition }]),
            ...(rerun_of === undefined ? [] : [{ key: searchAttributes.rerunOf, value: rerun_of }]),
          ]),
          workflowIdReusePolicy: carried === undefined ? 'REJECT_DUPLICATE' : 'ALLOW_DUPLICATE_FAILED_ONLY',
          workflowIdConflictPolicy: 'FAIL',
          // a killed worker's tasks go to another after this time; a replay or a query may not take longer
          workflowTaskTimeout: '5s',
          staticSummary: summary,
          priority: priority === undefined ? undefined : { priorityKey: priority },
        }),
      );
      return 'started';
    } catch (error) {
      const fault = classifyTemporalError(error);
      if (fault.fault === 'already_exists') return 'already there';
      throw await explainFault(temporal, fault);
    }
  };
}

/** Reads the memo that a run was started with. Throws a `RunError`. */
export async function readMemo<T extends object>(
  temporal: RunDependencies['temporal'],
  workflowId: string,
): Promise<Partial<T>> {
  try {
    const { memo } = await temporal.call((client) => client.workflow.getHandle(workflowId).describe());
    return (memo ?? {}) as Partial<T>;
  } catch (error) {
    throw await explainFault(temporal, error);
  }
}
