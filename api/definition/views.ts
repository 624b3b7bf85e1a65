import type {
  Definition,
  DefinitionListed,
  DefinitionVersions,
  Execution,
  ExecutionListed,
} from '../../schemas/definition/api';
import type { StoredVersion } from '../../schemas/definition/run';
import type { Json } from '../../schemas/json';
import type { Value } from '../../schemas/refs';
import type { ExecutionNow } from '../../src/runs/definition/desk';
import type { Content } from '../../src/runs/definition/library';
import type { ListedExecution } from '../../src/runs/definition/list';
import { addressOf, temporalLink, type UiUrl } from '../links';
import { runLinks } from '../runs/views';
import { definitionContracts } from './contract';

/** Pure mappers from definitions and executions to answers of the API. */

function definitionLinks(id: string, version: number): Record<string, string> {
  const workflow = { id };
  return {
    self: addressOf(definitionContracts.getDefinition, workflow),
    version: addressOf(definitionContracts.getVersion, { id, version: String(version) }),
    versions: addressOf(definitionContracts.listVersions, workflow),
    diff: addressOf(definitionContracts.diffDefinition, workflow),
    execute: addressOf(definitionContracts.executeDefinition, workflow),
    executions: `${definitionContracts.listExecutions.path}?workflow=${encodeURIComponent(id)}`,
  };
}

const factsOf = ({ version, change, from, at, by }: StoredVersion) => ({
  ...{ version, change, from },
  changed_at: at,
  changed_by: by,
});

export function definitionOf(stored: Content): Definition {
  const { id, version, content } = stored;
  return { id, ...content, ...factsOf(stored), links: definitionLinks(id, version) };
}

export function definitionListedOf(stored: Content): DefinitionListed {
  const { id, version, content } = stored;
  const { name, description } = content;
  return { id, name, description, ...factsOf(stored), links: definitionLinks(id, version) };
}

export const versionOf = (stored: StoredVersion): DefinitionVersions['versions'][number] => ({
  ...factsOf(stored),
  links: { self: addressOf(definitionContracts.getVersion, { id: stored.id, version: String(stored.version) }) },
});

/** Links from an execution onwards. */
export function executionLinks(execution_id: string, workflowId: string, definition: string, uiUrl: UiUrl) {
  const execution = { execution_id };
  const { run } = runLinks(workflowId);
  return {
    self: addressOf(definitionContracts.getExecution, execution),
    events: addressOf(definitionContracts.executionEvents, execution),
    workflow: addressOf(definitionContracts.getDefinition, { id: definition }),
    decide: `${run}/decide`,
    retry: addressOf(definitionContracts.retryExecution, execution),
    rerun: addressOf(definitionContracts.rerunExecution, execution),
    run,
    ...temporalLink(workflowId, uiUrl),
  };
}

export function executionListedOf(listed: ListedExecution, uiUrl: UiUrl): ExecutionListed {
  const { workflow_id, correlation_id: _, ...execution } = listed;
  const { execution_id, definition } = execution;
  return { ...execution, links: executionLinks(execution_id, workflow_id, definition.id, uiUrl) };
}

/** Parts of an execution that are read apart. */
export interface ExecutionParts extends Pick<Execution, 'retrying' | 'next_cursor' | 'steps' | 'within' | 'costs'> {
  input: Json | undefined;
  result: Value | undefined;
}

export function executionOf({ run, view, questions }: ExecutionNow, parts: ExecutionParts, uiUrl: UiUrl): Execution {
  const { workflow_id, correlation_id, status, started_at, ended_at, error, outcome, approvals } = run;
  const { execution_id, definition, requested_by, rerun_of, from_step } = view;
  const { within, steps, costs, next_cursor, input, result, retrying } = parts;
  return {
    ...{ execution_id, status, definition, requested_by, rerun_of, from_step },
    ...{ workflow_id, correlation_id, started_at, ended_at, paused: run.paused },
    ...{ error, outcome, progress: run.steps, costs, input, within, steps, next_cursor, questions, retrying },
    ...(result && 'inline' in result ? { result: result.inline } : {}),
    ...(result && 'ref' in result ? { result_ref: result.ref } : {}),
    decisions: approvals.flatMap(({ decision }) => (decision ? [decision] : [])),
    links: executionLinks(execution_id, workflow_id, definition.id, uiUrl),
  };
}
