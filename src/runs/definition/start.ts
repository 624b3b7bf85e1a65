import { randomUUID } from 'node:crypto';
import type { ExecutionMemo, ExecutionView, Rerun, StoredVersion } from '../../../schemas/definition/run';
import type { Json } from '../../../schemas/json';
import { canonicalJson, sha256 } from '../../documents/json';
import { workflowIdOf } from '../../temporal/ids';
import { RunError, withFacts } from '../errors';
import { newId } from '../new-id';
import type { RunDependencies } from '../ports';
import { createRunStarter, readMemo } from '../start-run';
import { executionOptions, executionStart } from './execution';

/** An execution that somebody wants of a version of a definition. */
export interface ExecutionRequest {
  /** names it for good: the same name with the same request is one execution */
  execution_id: string;
  version: StoredVersion;
  /** what its expressions see as `input`; it fits the definition's `input_schema` */
  input: Json;
  requested_by: string;
  /** the execution that it takes results over from */
  rerun?: Rerun;
}

export const newExecutionId = (): string => newId('X');

/**
 * Starts an execution, once. The same execution with the same request is there already, another request for it is a
 * `conflict`. Throws `unavailable` while Temporal is away: trying again under the same id is safe.
 */
export function createExecutionStarter(dependencies: Pick<RunDependencies, 'temporal' | 'store' | 'settings'>) {
  const { temporal, store, settings } = dependencies;
  const startRun = createRunStarter(dependencies);

  async function startedWith(workflowId: string): Promise<string | undefined> {
    const past = await store.readRecord(workflowId);
    if (past) return (past.view as unknown as ExecutionView).request_digest;
    return (await readMemo<ExecutionMemo>(temporal, workflowId)).request_digest;
  }

  return async function startExecution(request: ExecutionRequest): Promise<{ workflow_id: string }> {
    const { execution_id, version, requested_by, rerun } = request;
    const workflow_id = workflowIdOf(settings.namespace, 'definition', execution_id);
    const { id, version: number } = version;
    const request_digest = sha256(
      canonicalJson({ id, version: number, input: request.input, ...(rerun ? { rerun } : {}) }),
    );
    const start = executionStart({
      ...{ execution_id, workflow_id, version, requested_by, request_digest, rerun },
      input: await store.toValue(request.input),
      correlation_id: randomUUID(),
      options: executionOptions(settings),
    });
    return await withFacts({ execution_id }, async () => {
      if (await store.readRecord(workflow_id)) return await same();
      const { input, memo, definition, summary } = start;
      const answer = await startRun({
        process: 'definition',
        name: execution_id,
        subject: execution_id,
        ...{ definition, rerun_of: rerun?.of, input, memo: { ...memo }, summary },
      });
      return answer === 'started' ? { workflow_id } : await same();
    });

    async function same(): Promise<{ workflow_id: string }> {
      if ((await startedWith(workflow_id)) === request_digest) return { workflow_id };
      throw new RunError('conflict', `Execution ${execution_id} exists, of another request.`);
    }
  };
}
