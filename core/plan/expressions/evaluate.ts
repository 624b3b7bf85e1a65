import type { Budget } from './budget';
import { ExpressionError, fail, withExpression, shorten } from './errors';
import { runLoop } from './loops';
import { setEntry } from './names';
import { hasOwn, isArray, isInteger, keysOf } from './natives';
import { binary, negate } from './operators';
import { absorb, truth, type Frame, type Evaluation } from './runtime';
import type { Compiled, Node } from './syntax';
import { isMap, kindOf, Optional, ownField, type Json, type Value } from './values';

/**
 * * Runs a compiled expression. A root that the scope lacks is an error even in a branch that is not taken.
 *
 * @throws ExpressionError with any code.
 */
export function runCompiled(compiled: Compiled, scope: Record<string, Json>, budget: Budget): Value {
  const [problem] = compiled.problems;
  if (problem) throw new ExpressionError(problem);
  const run: Evaluation = { source: compiled.source, scope, budget, at: compiled.node, evaluate };
  try {
    for (const { root } of compiled.references) assertRoot(root, scope);
    return evaluate(compiled.node, run, undefined);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw withExpression(error, run.source.slice(run.at.start, run.at.end));
  }
}

function evaluate(node: Node, run: Evaluation, frame: Frame | undefined): Value {
  run.budget.spend(1);
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'root':
      return run.scope[node.name] as Value;
    case 'local':
      return variable(node.name, frame);
    case 'field':
    case 'index':
      return access(node, run, frame);
    case 'list':
      return node.items.map((item) => evaluate(item, run, frame));
    case 'map':
      return newMap(node, run, frame);
    case 'binary': {
      const left = evaluate(node.left, run, frame);
      const right = evaluate(node.right, run, frame);
      run.at = node;
      return binary(node.operator, left, right, run.budget);
    }
    case 'and':
    case 'or':
      return logical(node, run, frame);
    case 'not':
      return !truth(node.of, run, frame);
    case 'negate': {
      const value = evaluate(node.of, run, frame);
      run.at = node;
      return negate(value);
    }
    case 'choose':
      return evaluate(truth(node.test, run, frame) ? node.then : node.otherwise, run, frame);
    case 'call': {
      const args = node.args.map((argument) => evaluate(argument, run, frame));
      run.at = node;
      run.budget.spend(node.rule.cost ?? 3);
      return node.rule.run(args, run.budget);
    }
    case 'has':
      return probe(node.of, run, frame) !== undefined;
    case 'default':
      return probe(node.of, run, frame) ?? evaluate(node.fallback, run, frame);
    case 'bind': {
      const value = evaluate(node.value, run, frame);
      return evaluate(node.body, run, { name: node.name, value, outer: frame });
    }
    case 'loop':
      return runLoop(node, run, frame);
  }
}

/** `true || <error>` and `<error> || true` are both true; an error that decides the result is thrown. */
function logical(node: Node & { kind: 'and' | 'or' }, run: Evaluation, frame: Frame | undefined): boolean {
  const decisive = node.kind === 'or';
  let left: boolean | ExpressionError;
  try {
    left = truth(node.left, run, frame);
  } catch (error) {
    left = absorb(error, run);
  }
  if (left === decisive) return decisive;
  const right = truth(node.right, run, frame);
  if (right === decisive || typeof left === 'boolean') return right;
  throw left;
}

function newMap(node: Node & { kind: 'map' }, run: Evaluation, frame: Frame | undefined): Value {
  const map: Record<string, Value> = {};
  for (const entry of node.entries) {
    const key = evaluate(entry.key, run, frame);
    const value = evaluate(entry.value, run, frame);
    if (typeof key === 'string') run.budget.read(key.length);
    if (typeof key === 'string' && setEntry(map, key, value)) continue;
    run.at = entry.key;
    if (typeof key === 'string')
      throw fail('expression.forbidden', `"${key}" cannot be the key of a map`, 'Choose another name');
    throw fail('expression.type', `A key of a map must be text, but this is ${kindOf(key)}`, 'Use string(x)');
  }
  return map;
}

type Access = Node & { kind: 'field' | 'index' };

/** `a.b`, `a["b"]`, `a[0]`; with `?` an optional. Access on an optional gives an optional. */
function access(node: Access, run: Evaluation, frame: Frame | undefined): Value {
  const base = evaluate(node.of, run, frame);
  const key = node.kind === 'field' ? node.key : evaluate(node.key, run, frame);
  run.at = node;
  if (node.optional || base instanceof Optional) {
    return new Optional(lookUp(base instanceof Optional ? base.value : base, key, run.budget));
  }
  const value = lookUp(base, key, run.budget);
  if (value !== undefined) return value;
  throw missing(base, key, node, run);
}

/** The value, or undefined when any part of the path is missing. Used by `has` and `default`. */
function probe(node: Node, run: Evaluation, frame: Frame | undefined): Value | undefined {
  const value = probeRaw(node, run, frame);
  return value instanceof Optional ? value.value : value;
}

function probeRaw(node: Node, run: Evaluation, frame: Frame | undefined): Value | undefined {
  if (node.kind !== 'field' && node.kind !== 'index') return evaluate(node, run, frame);
  run.budget.spend(1);
  const base = probe(node.of, run, frame);
  const key = node.kind === 'field' ? node.key : evaluate(node.key, run, frame);
  run.at = node;
  return base === undefined ? undefined : lookUp(base, key, run.budget);
}

/** Own fields and elements only. */
function lookUp(base: Value | undefined, key: Value, budget: Budget): Value | undefined {
  if (base === undefined) return undefined;
  if (isArray(base)) return typeof key === 'number' && isInteger(key) ? base[key] : undefined;
  if (typeof key !== 'string' || !isMap(base)) return undefined;
  budget.read(key.length);
  return ownField(base, key);
}

function missing(base: Value, key: Value, node: Access, run: Evaluation): ExpressionError {
  const holder = shorten(run.source.slice(node.of.start, node.of.end), 60);
  const wanted =
    typeof key === 'string' ? JSON.stringify(shorten(key, 60)) : typeof key === 'number' ? String(key) : kindOf(key);
  const otherwise = 'Or use has(x.y), default(x.y, value) or x.?y.orValue(value) when it may be missing';
  if (isMap(base) && typeof key === 'string') {
    const keys = keysOf(base);
    run.budget.spend(keys.length * 2);
    const listed = keys
      .slice(0, 10)
      .map((name) => shorten(name, 40))
      .join(', ');
    const more = keys.length > 10 ? ` and ${keys.length - 10} more` : '';
    const exist = keys.length === 0 ? 'It is empty' : `It has ${listed}${more}`;
    return fail('expression.unknown_name', `\`${holder}\` has no ${wanted}`, `${exist}. ${otherwise}`);
  }
  if (isArray(base) && typeof key === 'number') {
    const what = `\`${holder}\` has no element ${wanted}: it has ${base.length}, counted from 0`;
    return fail('expression.unknown_name', what, otherwise);
  }
  const what = `\`${holder}\` is ${kindOf(base)}, so ${wanted} cannot be read from it`;
  return fail('expression.type', what, base === null ? otherwise : 'Maps take text keys, lists take whole numbers');
}

function variable(name: string, frame: Frame | undefined): Value {
  for (let at = frame; at; at = at.outer) if (at.name === name) return at.value;
  throw fail('expression.unknown_name', `There is no variable "${name}"`, 'Name it in the loop');
}

function assertRoot(root: string, scope: Record<string, Json>): void {
  if (hasOwn(scope, root) && scope[root] !== undefined) return;
  throw unknownRoot(root, keysOf(scope));
}

export function unknownRoot(root: string, known: string[]): ExpressionError {
  const names = known
    .slice(0, 20)
    .map((name) => shorten(name, 40))
    .join(', ');
  const mend = `The names here are ${names || 'none'}; a name with a hyphen is written steps["a-b"]`;
  return fail('expression.unknown_name', `There is no "${shorten(root, 60)}"`, mend);
}
