import { inlineScope } from '../../../core/engine/scope';
import { condition, ExpressionError, references, test } from '../../../core/plan/expressions';
import type { ConditionSeen } from '../../../schemas/definition/simulation';
import { jsonBytes } from '../../../core/identity';
import type { Json } from '../../../schemas/json';
import type { Scope } from '../../../schemas/step-call';
import type { Guard } from './outline';

/** Bytes of a value that is shown beside the condition that reads it. */
const SHOWN = 1_024;

/** Values that are shown of a condition. */
const MOST_READ = 20;

/** A condition as it is in a scope: its value, and what it reads. */
export function seen(
  text: string,
  scope: Scope,
  about: Omit<ConditionSeen, 'text' | 'value' | 'error' | 'reads'>,
): ConditionSeen {
  const values = inlineScope(scope);
  const reads = references(condition(text))
    .slice(0, MOST_READ)
    .map(({ root, path }) => ({ name: nameOf(root, path), ...shown(valueAt(values, [root, ...path])) }));
  try {
    return { ...about, text, value: test(text, values), reads };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { ...about, text, error: error.message, reads };
  }
}

/**
 * The guards of a step, as they are when it begins or is skipped. `looked`: what the condition steps of its branches have
 * looked at, by their ids; one that was skipped has looked at nothing.
 */
export function guardsSeen(
  guards: readonly Guard[],
  scope: Scope,
  looked: (step: string) => ConditionSeen | undefined,
): ConditionSeen[] {
  return guards.map((guard) => {
    if (guard.of === 'when') return seen(guard.text, scope, { of: 'when', step: guard.step });
    const { of, step, text } = guard;
    const { status, output } = scope.steps[step] ?? {};
    const known = output && 'inline' in output ? (output.inline as { met?: boolean } | null) : null;
    const value = status === 'completed' ? { value: known?.met ?? false } : {};
    return { of, step, text, ...value, reads: looked(step)?.reads ?? [] };
  });
}

const shown = (value: Json | undefined): { value?: Json } =>
  value === undefined || jsonBytes(value) > SHOWN ? {} : { value };

function valueAt(value: Json | undefined, path: readonly string[]): Json | undefined {
  let part = value;
  for (const name of path) {
    if (part === null || typeof part !== 'object' || !Object.hasOwn(part, name)) return undefined;
    part = (part as { [name: string]: Json })[name];
  }
  return part;
}

/** A path as an expression writes it: `input.lead.budget`, `steps.a.output.items[0]`. */
const nameOf = (root: string, path: readonly string[]): string =>
  path.reduce((name, part) => {
    if (/^[A-Za-z_]\w*$/.test(part)) return `${name}.${part}`;
    return /^\d+$/.test(part) ? `${name}[${part}]` : `${name}[${JSON.stringify(part)}]`;
  }, root);
