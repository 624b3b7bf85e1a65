import { compile } from './compile';
import { messageOf, shorten, type ExpressionCode, type Problem } from './errors';
import { unknownRoot } from './evaluate';
import { SECRETS, secretOf, secretProblem } from './secrets';
import type { Compiled, Reference } from './syntax';
import { parseTemplate } from './template';
import type { Json } from './values';

/** A fault in a plan value, found without running it. `pointer` is a JSON Pointer into the value. */
export interface Fault {
  pointer: string;
  code: ExpressionCode;
  message: string;
  /** The expression at fault or a part of it, shortened. */
  expression: string;
}

/**
 * References of the expressions in a value, each once, in order; expressions that do not parse are passed over (see
 * {@link check}). Variables of loops are not references. Never throws.
 */
export function references(value: Json): Reference[] {
  const found = new Map<string, Reference>();
  for (const { source } of parseTemplate(value).expressions) {
    for (const { root, path } of compile(source).references) {
      found.set(JSON.stringify([root, path]), { root, path: [...path] });
    }
  }
  return [...found.values()];
}

/**
 * Finds every fault that shows before running: syntax, unknown roots, unknown and forbidden functions, nesting,
 * `steps[computed]`. Never throws.
 *
 * @param roots names that the scope will have, such as `['input', 'steps', 'item']`
 */
export function check(value: Json, roots: readonly string[]): Fault[] {
  const { expressions, problems } = parseTemplate(value);
  const faults = problems.map(({ pointer, problem }) => faultOf(pointer, problem));
  for (const { pointer, source } of expressions) {
    const compiled = compile(source);
    for (const problem of compiled.problems) faults.push(faultOf(pointer, problem));
    if (roots.includes(SECRETS)) faults.push(...secretFaults(pointer, compiled));
    for (const root of new Set(compiled.references.map((reference) => reference.root))) {
      if (roots.includes(root)) continue;
      const { code, what, mend } = unknownRoot(root, [...roots]);
      faults.push(faultOf(pointer, { code, what, mend, expression: shorten(source) }));
    }
  }
  return faults;
}

/**
 * Names of the secrets that a value reads, each once, and the expressions that do more with one than name it. Never
 * throws.
 */
export function secretsIn(value: Json): { names: string[]; faults: Fault[] } {
  const names = new Set<string>();
  const faults: Fault[] = [];
  for (const { pointer, source } of parseTemplate(value).expressions) {
    const compiled = compile(source);
    const name = secretOf(compiled);
    if (name !== undefined) names.add(name);
    faults.push(...secretFaults(pointer, compiled));
  }
  return { names: [...names], faults };
}

/** A secret is named by itself: what could be computed from it would be the secret in another form. */
function secretFaults(pointer: string, compiled: Compiled): Fault[] {
  const reads = compiled.references.some(({ root }) => root === SECRETS);
  return reads && secretOf(compiled) === undefined ? [faultOf(pointer, secretProblem(compiled.source))] : [];
}

function faultOf(pointer: string, problem: Problem): Fault {
  return { pointer, code: problem.code, message: messageOf(problem), expression: problem.expression };
}
