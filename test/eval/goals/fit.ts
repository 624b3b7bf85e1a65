/** The casting of a plan's steps that fits the roles best. */
import { isRight, type Played, type Scene } from './arguments';
import { candidates } from './cast';
import type { Entry, Expected, Role } from './contract';
import type { Graph } from './graph';
import { evaluate, type Fault, type Fit } from './roles';

/** Castings that are tried at most. */
const TRIES = 4_000;

export function fit(entry: Entry, graph: Graph): Fit {
  const expected = entry.expect as Expected;
  const { steps } = expected.plan;
  const options = steps.map((role) => candidates(role, graph, expected));
  let best: Fit | undefined;
  let tries = 0;
  const visit = (index: number, cast: Map<string, Played>): void => {
    if (tries >= TRIES || best?.faults.length === 0) return;
    const role = steps[index];
    if (!role) {
      tries++;
      const found = evaluate(entry, graph, cast);
      if (!best || cost(found) < cost(best)) best = found;
      return;
    }
    const taken = new Set([...cast.values()].filter(({ absorbed }) => !absorbed).flatMap(({ nodes }) => nodes));
    const free = options[index]!.filter(({ nodes, absorbed }) => absorbed || nodes.every((node) => !taken.has(node)));
    for (const played of ranked(role, free, entry, graph)) visit(index + 1, new Map([...cast, [role.key, played]]));
    if (free.every(({ absorbed }) => absorbed) || free.length < options[index]!.length || free.length === 0)
      visit(index + 1, cast);
  };
  visit(0, new Map());
  return best!;
}

const weights: { [kind in Fault['kind']]: number } = {
  step: 30,
  extra: 12,
  argument: 10,
  order: 10,
  condition: 10,
  repetition: 10,
};
const cost = ({ faults }: Fit): number => faults.reduce((sum, { kind }) => sum + weights[kind], 0);

/** Players with the most of the role's literal arguments first. */
function ranked(role: Role, free: Played[], entry: Entry, graph: Graph): Played[] {
  const scene: Scene = { entry, graph, cast: new Map(), comesFrom: () => true };
  const wrong = (played: Played) =>
    (played.absorbed ? 0.5 : 0) + Object.keys(role.with).filter((name) => !isRight(role, name, played, scene)).length;
  return free
    .map((played): [number, Played] => [wrong(played), played])
    .sort(([one], [other]) => one - other)
    .map(([, played]) => played);
}
