import type { ExecutionInput, ExecutionMemo, ExecutionStart, StoredVersion } from '../../../schemas/definition/run';
import type { Value } from '../../../schemas/refs';
import { sha256 } from '../../documents/json';
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
  rerun?: ExecutionInput['rerun'];
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
  return {
    ...{ workflow_id, input, memo: memoOf(input) },
    definition: definitionKey(id, version),
    summary: `${name}, version ${version}, by ${wanted.requested_by}`.slice(0, 200),
  };
}

/** Facts of an execution for its memo. */
export function memoOf({
  definition,
  rerun,
  requested_by,
  request_digest,
  correlation_id,
}: ExecutionInput): ExecutionMemo {
  const { id: definition_id, version, name } = definition;
  return {
    ...{ title: name, definition_id, version, name, requested_by, request_digest, correlation_id },
    ...(rerun ? { rerun_of: rerun.of } : {}),
  };
}

/** The id of the execution that a step starts: `uses`: `<id>@<version>`; `key`: that of the step's round. */
export const childExecutionId = (uses: string, key: string): string =>
  `${(uses.split('@', 1)[0] ?? '').slice(0, 40)}-${sha256(key).slice(0, 16)}`;

/** What an execution keeps of the settings from its start. */
export const executionOptions = ({
  approvalSignals,
  clarification,
}: Pick<RunSettings, 'approvalSignals' | 'clarification'>): ExecutionInput['options'] => ({
  approval_signals: approvalSignals,
  expire_after: clarification.expireAfterMs,
});
