import type { Problem } from './errors';
import type { BinaryOperator } from './operators';
import type { FunctionRule } from './function-rule';
import type { Value } from './values';

/** Place of a node in the source; messages quote it. */
export interface Place {
  start: number;
  end: number;
}

export type LoopName = 'all' | 'exists' | 'exists_one' | 'map' | 'filter';

/** Tree that the evaluator runs: the library's tree with names, macros and functions resolved. */
export type Node = Place &
  (
    | { kind: 'literal'; value: Value }
    | { kind: 'root'; name: string }
    | { kind: 'local'; name: string }
    | { kind: 'field'; of: Node; key: string; optional: boolean }
    | { kind: 'index'; of: Node; key: Node; optional: boolean }
    | { kind: 'list'; items: Node[] }
    | { kind: 'map'; entries: { key: Node; value: Node }[] }
    | { kind: 'binary'; operator: BinaryOperator; left: Node; right: Node }
    | { kind: 'and' | 'or'; left: Node; right: Node }
    | { kind: 'not' | 'negate'; of: Node }
    | { kind: 'choose'; test: Node; then: Node; otherwise: Node }
    | { kind: 'call'; name: string; rule: FunctionRule; args: Node[] }
    | { kind: 'has'; of: Node }
    | { kind: 'default'; of: Node; fallback: Node }
    | { kind: 'bind'; name: string; value: Node; body: Node }
    | { kind: 'loop'; loop: LoopName; name: string; over: Node; test?: Node; body?: Node }
  );

/**
 * A path that an expression reads. `steps["a"].output.items[0]` is `{root: 'steps', path: ['a', 'output', 'items',
 * '0']}`; the path ends before a method call or a computed access.
 */
export interface Reference {
  root: string;
  path: string[];
}

/** A parsed and checked expression. It can be evaluated when there are no problems. */
export interface Compiled {
  source: string;
  node: Node;
  references: Reference[];
  problems: Problem[];
}
