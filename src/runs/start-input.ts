import { defaultPayloadConverter } from '@temporalio/common';
import { classifyTemporalError } from '../temporal/errors';
import type { RunDependencies } from './ports';

/** Reads the input that runs were started with: from Temporal, and from what ended runs have left. */
export function createStartInputReader({ temporal, store }: Pick<RunDependencies, 'temporal' | 'store'>) {
  /** Undefined where nobody keeps it any more. */
  return async function readStartInput<T>(workflowId: string): Promise<T | undefined> {
    try {
      const { history } = await temporal.call((client) =>
        client.workflowService.getWorkflowExecutionHistory({
          namespace: temporal.namespace,
          execution: { workflowId },
          maximumPageSize: 1,
        }),
      );
      const [input] = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
      if (input) return defaultPayloadConverter.fromPayload<T>(input);
    } catch (error) {
      const fault = classifyTemporalError(error);
      if (fault.fault !== 'not_found') throw fault;
    }
    return (await store.readRecord(workflowId))?.left?.input as T | undefined;
  };
}
