import type { CompleteSpec } from '../worst-case';
import { findNearest } from '../nearest';
import type { Catalogue } from './check';

/** The closed list of tools and agents that a plan may use, with their specifications. */
export interface ToolCatalogue extends Catalogue {
  /** The specification that a step uses, whatever its kind; undefined for steps that use none. */
  of(step: { kind: string; uses?: string }): CompleteSpec | undefined;
  /** Names that somebody may have meant who wrote this one, the nearest first, at most five. */
  near(name: string, kind: 'tool' | 'agent'): string[];
}

/** Makes the catalogue of these specifications. Each is found by its name, its aliases, and either with `@version`. */
export function createCatalogue(tools: readonly CompleteSpec[], agents: readonly CompleteSpec[] = []): ToolCatalogue {
  const byName = { tool: index(tools), agent: index(agents) };
  const find = (kind: 'tool' | 'agent') => (name: string) => byName[kind].get(name);
  return {
    tool: find('tool'),
    agent: find('agent'),
    of: ({ kind, uses = '' }) => (kind === 'tool' || kind === 'agent' ? byName[kind].get(uses) : undefined),
    near: (name, kind) => nearNames(name, kind === 'tool' ? tools : agents),
  };
}

function index(specs: readonly CompleteSpec[]): Map<string, CompleteSpec> {
  const found = new Map<string, CompleteSpec>();
  for (const spec of specs)
    for (const name of [spec.name, ...spec.aliases]) found.set(name, spec).set(`${name}@${spec.version}`, spec);
  return found;
}

/** The nearest by spelling, then those that share most words with it. */
function nearNames(name: string, specs: readonly CompleteSpec[]): string[] {
  const owner = new Map(specs.flatMap((spec) => [spec.name, ...spec.aliases].map((one) => [one, spec.name] as const)));
  const spelled = owner.get(findNearest(name, [...owner.keys()]) ?? '');
  const words = wordsOf(name);
  const related = [...owner]
    .map(([one, of]) => ({ of, shared: wordsOf(one).filter((word) => words.includes(word)).length }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared || (a.of < b.of ? -1 : 1))
    .map(({ of }) => of);
  return [...new Set([...(spelled === undefined ? [] : [spelled]), ...related])].slice(0, 5);
}

const wordsOf = (name: string): string[] =>
  name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
