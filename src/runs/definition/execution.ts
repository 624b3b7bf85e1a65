import type { ExecutionInput, ExecutionMemo, ExecutionStart, StoredVersion } from '../../../schemas/definition/run';
import type { Value } from '../../../schemas/refs';
import type { RunSettings } from '../ports';

/** An execution that somebody wants of a version of a definition. */
export interface WantedExecution {
  execution_id: string;
  workflow_id: string;
  version: StoredVersion;
  /** what its expressions see as `input`; it fits the definition's `input_schema` */
  input: Value;
  requested_by: string;
  correlation_id: string;
  request_digest: string;
  options: ExecutionInput['options'];
}

/** The version of a definition in Temporal's index. */
export const definitionKey = (id: string, version: number | ''): string => `${id}@${version}`;

/** All that an execution is started with, by the API or by another execution. */
export function executionStart({ workflow_id, version: stored, ...wanted }: WantedExecution): ExecutionStart {
  const { plan, steps = 0, content, id, version } = stored;
  if (!plan || !content) throw new Error('a deleted definition is not executed');
  const { name } = content;
  const input: ExecutionInput = { ...wanted, plan, steps, definition: { id, version, name } };
  const { requested_by, correlation_id, request_digest } = wanted;
  const memo: ExecutionMemo = {
    ...{ title: name, definition_id: id, version, name, requested_by, request_digest, correlation_id },
  };
  return {
    ...{ workflow_id, input, memo },
    definition: definitionKey(id, version),
    summary: `${name}, version ${version}, by ${requested_by}`.slice(0, 200),
  };
}

/** What an execution keeps of the settings from its start. */
export const executionOptions = ({
  approvalSignals,
  clarification,
}: Pick<RunSettings, 'approvalSignals' | 'clarification'>): ExecutionInput['options'] => ({
  approval_signals: approvalSignals,
  expire_after: clarification.expireAfterMs,
});
