import type {
  Definition,
  DefinitionChange,
  DefinitionListed,
  Execution,
  ExecutionListed,
} from '../../schemas/definition/api';
import { formatTable } from '../table';

/** Definitions and executions in lines that people read. */

export function tableOfDefinitions(workflows: DefinitionListed[]): string[] {
  const rows = workflows.map(({ id, version, changed_at, changed_by, name }) => [
    ...[id, String(version), changed_at.slice(0, 19), changed_by, name],
  ]);
  return formatTable(['WORKFLOW', 'VERSION', 'CHANGED', 'BY', 'NAME'], rows, { NAME: 60 });
}

export function formatDefinition({
  id,
  name,
  description,
  version,
  change,
  changed_at,
  changed_by,
  steps,
}: Definition) {
  const rows = steps.map((step) => [
    ...[step.step_id, step.step_type, step.agent_type ?? step.tool ?? '', (step.depends_on ?? []).join(', ')],
  ]);
  return [
    `${id}  version ${version}, ${change} by ${changed_by} at ${changed_at.slice(0, 19)}`,
    `  name      ${name}`,
    ...(description === undefined ? [] : [`  about     ${description.slice(0, 200)}`]),
    '',
    ...formatTable(['STEP', 'TYPE', 'USES', 'AFTER'], rows, { AFTER: 60 }),
  ];
}

export function formatChanges(changes: DefinitionChange[]): string[] {
  const text = (value: unknown) => JSON.stringify(value).slice(0, 300);
  return changes.flatMap(({ pointer, before, after }) => [
    pointer === '' ? '/' : pointer,
    ...(before === undefined ? [] : [`  - ${text(before)}`]),
    ...(after === undefined ? [] : [`  + ${text(after)}`]),
  ]);
}

export function tableOfExecutions(executions: ExecutionListed[]): string[] {
  const rows = executions.map(({ execution_id, status, definition, started_at, ended_at }) => [
    ...[execution_id, status, definition.id, String(definition.version)],
    ...[started_at.slice(0, 19), ended_at?.slice(0, 19) ?? '-'],
  ]);
  const head = ['EXECUTION', 'STATUS', 'WORKFLOW', 'VERSION', 'STARTED', 'ENDED'];
  return rows.length === 0 ? [] : [...formatTable(head, rows), ''];
}

export function formatExecution(execution: Execution): string[] {
  const { execution_id, status, outcome, definition, paused, error, questions, result, steps } = execution;
  const rows = steps.map(({ id, uses, kind, status: state, rounds, error: failed }) => [
    ...[id, uses ?? kind, state, String(rounds), failed?.message ?? ''],
  ]);
  return [
    `${execution_id}  ${outcome ?? status}`,
    `  workflow  ${definition.id}, version ${definition.version}: ${definition.name}`,
    ...(paused ? [`  paused    by ${paused.by} since ${paused.since.slice(0, 19)}${through(paused)}`] : []),
    ...(error ? [`  why       ${error.message} (${error.type})`] : []),
    ...(result === undefined ? [] : [`  result    ${JSON.stringify(result).slice(0, 1_000)}`]),
    ...questions.map(({ approval_id, question }) => `  waits     ${approval_id}: ${question}`),
    '',
    ...formatTable(['STEP', 'USES', 'STATUS', 'ROUNDS', 'ERROR'], rows, { ERROR: 80 }),
  ];
}

/** The run around an execution with which it was paused. */
const through = ({ through: run }: NonNullable<Execution['paused']>): string =>
  run === undefined ? '' : `, with the run around it: ${run}`;
