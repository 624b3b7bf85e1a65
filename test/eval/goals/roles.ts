/** Judges a casting: each role with its arguments, the order, and what nobody asked for. */
import { argumentOf, holdsAll, isRight, type Played, type Scene } from './arguments';
import { commute } from './commute';
import { judgeConditions, judgeRepetition } from './circumstances';
import { toolOf, type Entry, type Expected, type Role } from './contract';
import { isNeutral, pure } from './facts';
import type { Graph, Node } from './graph';
import { readings } from './notes';
import { holdsText, isObject } from './values';

export interface Fault {
  kind: 'step' | 'argument' | 'order' | 'condition' | 'repetition' | 'extra';
  /** the key of the role, or the id of the step that nobody asked for */
  at: string;
  message: string;
}

export interface Fit {
  cast: Map<string, Played>;
  faults: Fault[];
  arguments: { right: number; all: number };
  edges: { right: number; all: number };
  /** links between roles in which one reads another */
  links: number;
  /** steps that play no role and are not neutral */
  extra: Node[];
}

/** Judges a casting: each role with its arguments, the order, and what nobody asked for. */
export function evaluate(entry: Entry, graph: Graph, cast: Map<string, Played>): Fit {
  const { steps, edges } = (entry.expect as Expected).plan;
  const roles = new Map(steps.map((role) => [role.key, role]));
  const faults: Fault[] = [];
  const found = { right: 0, all: 0 };
  const fault = (kind: Fault['kind'], at: string, message: string) => faults.push({ kind, at, message });
  const roleOf = (node: Node): Role | undefined => steps.find(({ key }) => cast.get(key)?.nodes.includes(node));
  const scene: Scene = { entry, graph, cast, comesFrom };

  for (const role of steps) {
    const played = cast.get(role.key);
    if (!played) {
      found.all += Object.keys(role.with).length;
      fault('step', role.key, `no step does ${describe(role)}`);
    } else judgeRole(role, played);
  }
  const orders = edges.map(([from, to]): boolean => isOrdered(from, to));
  edges.forEach(([from, to], i) => {
    if (!orders[i] && cast.has(from) && cast.has(to))
      fault('order', to, `${nameOf(to)} does not come after ${nameOf(from)}`);
  });
  const used = new Set([...cast.values()].flatMap(({ nodes }) => nodes));
  const listed = (entry.expect as Expected).alternatives?.some((tools) => tools.includes('file.list')) ?? false;
  const extra = graph.nodes.filter(
    (node) => !used.has(node) && !isNeutral(node, graph) && !(listed && node.tool === 'file.list'),
  );
  for (const node of extra) fault('extra', node.id, `nobody asked for ${node.tool} ${JSON.stringify(node.args)}`);
  return {
    cast,
    faults,
    arguments: found,
    edges: { right: orders.filter(Boolean).length, all: edges.length },
    links: links(),
    extra,
  };

  /** Links that the words demand and that are there, and those by which a role reads another that it should not. */
  function links(): number {
    const read = steps.flatMap(({ key: to }) =>
      steps.flatMap(({ key: from }) => (from !== to && readsRole(from, to) ? [[from, to] as const] : [])),
    );
    const wanted = (from: string, to: string): boolean =>
      edges.some(([one, other]) => other === to && (one === from || wanted(from, one)));
    const unasked = read.filter(([from, to]) => !wanted(from, to) && !commute(roles.get(from)!, roles.get(to)!));
    return orders.filter(Boolean).length + unasked.length;
  }

  function readsRole(from: string, to: string): boolean {
    const sources = cast.get(from)?.nodes ?? [];
    return (cast.get(to)?.nodes ?? []).some((node) =>
      sources.some((source) => source !== node && graph.reads(node).has(source.id)),
    );
  }

  function nameOf(key: string): string {
    return cast.get(key)?.nodes[0]?.id ?? key;
  }

  function comesFrom(value: unknown, node: Node, key: string, depth = 0): boolean {
    const source = cast.get(key);
    if (!source || depth > 8) return false;
    if (source.nodes.includes(node)) return true;
    const asking = roleOf(node);
    const seen = new Set<string>();
    const open = [...graph.feeds(value, node)];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const next = graph.get(id);
      if (!next || seen.has(id)) continue;
      seen.add(id);
      if (source.nodes.includes(next)) return true;
      const role = roleOf(next);
      if (!role || commute(role, roles.get(key)!) || (asking && commute(role, asking))) open.push(...graph.reads(next));
    }
    if (!asking || !commute(asking, roles.get(key)!) || !source.nodes.some(({ id }) => graph.follows(id, node.id)))
      return false;
    return Object.values(roles.get(key)!.with).every(
      (one) => !isObject(one) || typeof one['$from'] !== 'string' || comesFrom(value, node, one['$from'], depth + 1),
    );
  }

  function isOrdered(from: string, to: string): boolean {
    const [before, after] = [cast.get(from), cast.get(to)];
    if (!before || !after) return false;
    const follows = (one: Node, other: Node) => one === other || graph.follows(one.id, other.id);
    const gate = ['approval', 'wait'].includes(toolOf(roles.get(from)!));
    const acting = after.nodes.filter(
      ({ tool }) => !pure.has(tool) && !tool.startsWith('report.') && !tool.startsWith('file.read'),
    );
    const isAlways = gate && graph.conditions(before.nodes[0]!.id).length === 0 && acting.length > 0;
    if (isAlways) return acting.every((node) => before.nodes.some((one) => follows(node, one)));
    if (after.nodes.some((node) => before.nodes.some((one) => follows(node, one)))) return true;
    return (
      commute(roles.get(from)!, roles.get(to)!) &&
      before.nodes.some((node) => after.nodes.some((one) => follows(node, one)))
    );
  }

  function judgeRole(role: Role, played: Played): void {
    const { key } = role;
    const [node] = played.nodes as [Node];
    const isComputed = played.absorbed === true && pure.has(toolOf(role)) && toolOf(role) !== 'transform.jsonata';
    for (const name of Object.keys(role.with)) {
      found.all++;
      const isElement = played.collapsed === true && (name === 'url' || name === 'path');
      const isBuilt = toolOf(role) === 'render.template' && played.absorbed === true;
      if (isElement || isComputed || isBuilt || isRight(role, name, played, scene)) found.right++;
      else
        fault(
          'argument',
          key,
          `${node.id}.${name} is ${JSON.stringify(argumentOf(role, name, played.nodes)[0])}, not ${JSON.stringify(role.with[name])}`,
        );
    }
    const later =
      toolOf(role) === 'sql.query'
        ? graph.nodes.filter((one) => pure.has(one.tool) && graph.follows(one.id, node.id))
        : [];
    const more = later.map((one) => graph.textOf(one)).join('\n');
    for (const [names, parts] of isComputed ? [] : Object.entries(role.contains ?? {})) {
      found.all++;
      if (holdsAll(role, names, parts, played, more)) found.right++;
      else
        fault('argument', key, `${node.id}.${names} does not hold ${parts.join(', ')}: ${JSON.stringify(node.args)}`);
    }
    judgeNotes(role, played);
    const wrong = (kind: Fault['kind'], message: string) => fault(kind, key, message);
    judgeRepetition(role, played, scene, wrong);
    judgeConditions(role, played, scene, wrong);
  }

  function judgeNotes({ key }: Role, { nodes }: Played): void {
    const { demand, form, not_how: wrong } = readings[entry.id] ?? {};
    const text = nodes.map((node) => graph.textOf(node)).join('\n');
    const near = graph.nodes
      .filter((one) => pure.has(one.tool))
      .map((one) => graph.textOf(one))
      .join('\n');
    for (const part of demand?.[key] ?? [])
      if (!holdsText(text, part) && !holdsText(near, part)) fault('argument', key, `nothing says ${part}`);
    if (form?.includes(key) && nodes[0]?.args['form'] === undefined)
      fault('argument', key, 'the body is not sent as a form');
    if (
      wrong &&
      graph.nodes.some(({ tool, args }) => tool === 'transform.join' && wrong.includes(String(args['how'] ?? 'inner')))
    )
      fault('argument', key, 'the join keeps what it should leave out');
  }
}

const describe = (role: Role): string =>
  `${toolOf(role)} ${JSON.stringify({ ...role.with, ...role.contains })}${role.when === undefined ? '' : ` if ${role.when}`}`;
