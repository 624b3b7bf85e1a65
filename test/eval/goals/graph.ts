/** A plan as a graph: what each step reads, and what comes after what. */
import type { CheckedPlan } from '../../../core/plan/check';
import { condition, references } from '../../../core/plan/expressions';
import type { Json, JsonObject } from '../../../schemas/json';
import type { Step } from '../../../schemas/plan';

/** Tools that stand for the one that their argument `operation` names. */
const families: { [tool: string]: string } = { 'file.operation': 'file', 'transform.apply': 'transform' };
const aliases: { [tool: string]: string } = {
  api_call: 'http.request',
  database_query: 'sql.query',
  file_operation: 'file.operation',
  data_transformation: 'transform.apply',
};

export interface Node {
  id: string;
  tool: string;
  args: JsonObject;
  step: Step;
}

export const pathOf = (value: unknown): string =>
  typeof value === 'string' ? value.replace(/^\.\//, '').replace(/\/+$/, '') : '';

export class Graph {
  readonly nodes: Node[];
  private readonly before = new Map<string, Set<string>>();

  constructor(private readonly checked: CheckedPlan) {
    this.nodes = checked.plan.steps.map((step) => nodeOf(step));
  }

  get(id: string): Node | undefined {
    return this.nodes.find((node) => node.id === id);
  }

  needs(id: string): string[] {
    return this.checked.links.get(id)?.needs ?? [];
  }

  /** Steps that come before a step in any case. */
  ancestors(id: string): Set<string> {
    const known = this.before.get(id);
    if (known) return known;
    const found = new Set<string>();
    this.before.set(id, found);
    for (const need of this.needs(id)) {
      found.add(need);
      for (const one of this.ancestors(need)) found.add(one);
    }
    return found;
  }

  follows(id: string, earlier: string): boolean {
    return this.ancestors(id).has(earlier);
  }

  /** Steps from which a value of a step comes: by references, through its element, or through a file. */
  feeds(value: unknown, node: Node): Set<string> {
    const found = new Set<string>();
    for (const { root, path } of references(value as Json)) {
      if (root === 'steps') found.add(String(path[0]));
      if (root === 'item') for (const id of this.listOf(node)) found.add(id);
    }
    const path = pathOf(value);
    if (path !== '')
      for (const one of this.nodes) if (this.writes(one) === path && this.follows(node.id, one.id)) found.add(one.id);
    return found;
  }

  /** Steps that the list of a step's `for_each` reads. */
  listOf({ step }: Node): string[] {
    if (step.for_each === undefined) return [];
    return references(condition(step.for_each)).flatMap(({ root, path }) =>
      root === 'steps' ? [String(path[0])] : [],
    );
  }

  /** Everything that a step reads. */
  reads(node: Node): Set<string> {
    const found = new Set<string>(this.listOf(node));
    const walk = (value: unknown): void => {
      if (value !== null && typeof value === 'object') Object.values(value).forEach(walk);
      else for (const id of this.feeds(value, node)) found.add(id);
    };
    walk(node.args);
    return found;
  }

  /** The file that a step writes. */
  writes({ tool, args }: Node): string {
    if (tool === 'file.write') return pathOf(args['path']);
    if (tool === 'file.copy' || tool === 'file.move') return pathOf(args['to']);
    return pathOf(args['save_as']);
  }

  /** Conditions under which a step runs: its own, or those of all that it waits for. */
  conditions(id: string): string[] {
    const step = this.get(id)?.step;
    if (step?.when !== undefined) return [step.when];
    const needs = this.needs(id).map((need) => this.conditions(need));
    return needs.length > 0 && needs.every((one) => one.length > 0) ? [...new Set(needs.flat())] : [];
  }

  /** Texts in which a step computes: queries, expressions, and everything else that it is given. */
  textOf({ args, step }: Node): string {
    return [JSON.stringify(args), step.for_each ?? '', step.when ?? '', JSON.stringify(step.until ?? '')].join('\n');
  }
}

function nodeOf(step: Step): Node {
  const args = { ...step.with };
  const named = aliases[step.uses ?? ''] ?? step.uses ?? step.kind;
  const family = families[named];
  const operation = args['operation'] ?? args['type'];
  if (family === undefined || typeof operation !== 'string') return { id: step.id, tool: named, args, step };
  delete args['operation'];
  return { id: step.id, tool: `${family}.${operation === 'map' ? 'select' : operation}`, args, step };
}
