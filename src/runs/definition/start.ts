import { randomUUID } from 'node:crypto';
import type { ExecutionInput, ExecutionView, StoredVersion } from '../../../schemas/definition/run';
import type { Json } from '../../../schemas/json';
import { canonicalJson, sha256 } from '../../documents/json';
import { workflowIdOf } from '../../temporal/ids';
import { RunError, withFacts } from '../errors';
import { newId } from '../new-id';
import type { RunDependencies } from '../ports';
import { createRunStarter, readMemo } from '../start-run';

/** An execution that somebody wants of a version of a definition. */
export interface ExecutionRequest {
  /** names it for good: the same name with the same request is one execution */
  execution_id: string;
  version: StoredVersion;
  /** what its expressions see as `input`; it fits the definition's `input_schema` */
  input: Json;
  requested_by: string;
}

/** Facts stored beside an execution's input, for lists and for a second start. */
export interface ExecutionMemo {
  title: string;
  definition_id: string;
  version: number;
  name: string;
  requested_by: string;
  request_digest: string;
  correlation_id: string;
}

export const newExecutionId = (): string => newId('X');

/** The version of a definition in Temporal's index. */
export const definitionKey = (id: string, version: number | ''): string => `${id}@${version}`;

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
    const { execution_id, version: stored, requested_by } = request;
    const { plan, steps = 0, content, id, version } = stored;
    if (!plan || !content) throw new Error('a deleted definition is not executed');
    const workflow_id = workflowIdOf(settings.namespace, 'definition', execution_id);
    const name = content.name;
    const input: ExecutionInput = {
      ...{ execution_id, plan, steps, requested_by },
      definition: { id, version, name },
      input: await store.toValue(request.input),
      correlation_id: randomUUID(),
      request_digest: sha256(canonicalJson({ id, version, input: request.input })),
      options: { approval_signals: settings.approvalSignals, expire_after: settings.clarification.expireAfterMs },
    };
    const { correlation_id, request_digest } = input;
    const memo: ExecutionMemo = {
      ...{ title: name, definition_id: id, version, name, requested_by, request_digest, correlation_id },
    };
    return await withFacts({ execution_id }, async () => {
      if (await store.readRecord(workflow_id)) return await same();
      const answer = await startRun({
        process: 'definition',
        name: execution_id,
        subject: execution_id,
        definition: definitionKey(id, version),
        input,
        memo: { ...memo },
        summary: `${name}, version ${version}, by ${requested_by}`.slice(0, 200),
      });
      return answer === 'started' ? { workflow_id } : await same();
    });

    async function same(): Promise<{ workflow_id: string }> {
      if ((await startedWith(workflow_id)) === input.request_digest) return { workflow_id };
      throw new RunError('conflict', `Execution ${execution_id} exists, of another request.`);
    }
  };
}
