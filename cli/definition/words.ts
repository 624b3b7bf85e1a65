import type {
  Definition,
  DefinitionChange,
  DefinitionListed,
  Execution,
  ExecutionListed,
  RepeatedEffect,
  RerunPreview,
} from '../../schemas/definition/api';
import type { Costs } from '../../schemas/api';
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
  const { execution_id, status, outcome, definition, paused, error, questions, result, steps, costs } = execution;
  const { rerun_of, from_step, next_cursor } = execution;
  const rows = steps.map(({ id, uses, kind, status: state, rounds, attempts, costs: own, error: failed }) => [
    ...[id, uses ?? kind, state, String(rounds), attempts ? String(attempts.count) : '-', own ? costOf(own) : '-'],
    failed?.message ?? attempts?.last_failure?.message ?? '',
  ]);
  return [
    `${execution_id}  ${outcome ?? status}`,
    `  workflow  ${definition.id}, version ${definition.version}: ${definition.name}`,
    ...(rerun_of === undefined ? [] : [`  re-run of ${rerun_of}, from ${from_step}`]),
    ...(paused ? [`  paused    by ${paused.by} since ${paused.since.slice(0, 19)}${through(paused)}`] : []),
    ...(error ? [`  why       ${error.message} (${error.type})`] : []),
    `  costs     ${costOf(costs)}`,
    ...(result === undefined ? [] : [`  result    ${JSON.stringify(result).slice(0, 1_000)}`]),
    ...questions.map(({ approval_id, question }) => `  waits     ${approval_id}: ${question}`),
    '',
    ...formatTable(['STEP', 'USES', 'STATUS', 'ROUNDS', 'ATTEMPTS', 'COSTS', 'ERROR'], rows, { ERROR: 80 }),
    ...(next_cursor === undefined ? [] : ['', 'There are further steps: --json has the cursor of the next page.']),
  ];
}

/** The run around an execution with which it was paused. */
const through = ({ through: run }: NonNullable<Execution['paused']>): string =>
  run === undefined ? '' : `, with the run around it: ${run}`;

const costOf = ({ tokens, money }: Costs): string =>
  tokens === null ? 'unknown' : tokens === 0 && money === '0' ? 'none' : `${tokens} tokens, ${money ?? 'unknown'}`;

/** What a re-run would do, and what would happen once more. */
export function formatRerun({ from_step, runs, keeps, effects }: RerunPreview): string[] {
  return [
    `from ${from_step}`,
    `  runs      ${runs.join(', ')}`,
    `  keeps     ${keeps.length === 0 ? 'nothing' : keeps.join(', ')}`,
    ...tableOfEffects(effects),
  ];
}

export function tableOfEffects(effects: readonly RepeatedEffect[]): string[] {
  if (effects.length === 0) return [];
  const rows = effects.map(({ id, step, tool, targets, status, at }) => [
    ...[id, step, tool, targets.map(({ target }) => target).join(', '), status, at?.slice(0, 19) ?? '-'],
  ]);
  return ['', 'These would happen once more:', ...formatTable(['EFFECT', 'STEP', 'TOOL', 'ON', 'WAS', 'AT'], rows)];
}
