/** Steps of a plan that can play a role: the tool itself, or what the authors call equal to it. */
import { toolOf, type Expected, type Role } from './contract';
import { computedBy, computes, pure } from './facts';
import type { Played } from './arguments';
import type { Graph, Node } from './graph';
import { isObject } from './values';

const reports = /^(report\.\w+|render\.template|transform\.to_(csv|xlsx))$/;
const imports = /^transform\.from_(csv|xlsx)$/;

/** Everything that can play the role, the plainest first. */
export function candidates(role: Role, graph: Graph, { alternatives = [] }: Expected): Played[] {
  const tool = toolOf(role);
  const { nodes } = graph;
  const of = (...tools: string[]) => nodes.filter((node) => tools.includes(node.tool));
  const single = (found: Node[]): Played[] => found.map((node) => ({ nodes: [node] }));
  const pairs = (left: Node[], right: Node[]): Played[] =>
    left.flatMap((one) => right.filter(({ id }) => graph.follows(id, one.id)).map((two) => ({ nodes: [two, one] })));
  const allows = (other: string) => alternatives.some((tools) => tools.includes(other));
  const found: Played[] = single(of(tool));
  const writes = of('file.write');

  if (tool === 'notify.webhook') found.push(...single(of('http.request')));
  if (tool === 'http.request' && role.with['method'] === 'POST') found.push(...single(of('notify.webhook')));
  if (tool === 'http.request' && role.when === undefined) found.push(...complements(of('http.request'), graph));
  if (isObject(role.for_each) && Array.isArray(role.for_each['$literal']))
    found.push(...repeated(of(tool), role.for_each['$literal'].length));
  if ((reports.test(tool) || tool === 'http.request') && 'save_as' in role.with)
    found.push(...savedApart(of(tool), writes, graph));
  if (tool === 'sql.query' && 'save_as' in role.with && allows('transform.to_csv'))
    found.push(...pairs(of(tool), of('transform.to_csv', 'transform.to_xlsx')));
  if (tool === 'transform.to_csv' && 'columns' in role.with && allows('transform.select'))
    found.push(...pairs(of('transform.select'), of(tool)).map(({ nodes: all }) => ({ nodes: [...all].reverse() })));
  if (reports.test(tool) && tool.startsWith('transform.'))
    found.push(...single(of('sql.query').filter(({ args }) => args['save_as'] !== undefined)).map(absorbed));
  if (tool === 'render.template' && !('save_as' in role.with))
    found.push(
      ...single(nodes.filter((node) => node.tool !== tool && holdsTemplate(node, String(role.with['template'])))).map(
        absorbed,
      ),
    );
  if ((imports.test(tool) || tool === 'sql.insert') && 'path' in role.with) found.push(...fetched(of(tool), graph));
  if (role.for_each === undefined) found.push(...collapsed(of(tool), role));
  if (imports.test(tool)) {
    found.push(
      ...single(
        of('sql.insert').filter(
          ({ args }) => args['path'] !== undefined && tool.endsWith('csv') && !('delimiter' in role.with),
        ),
      ).map(absorbed),
    );
  }
  if (tool === 'file.write')
    found.push(...single(of('http.request').filter(({ args }) => args['save_as'] !== undefined)).map(absorbed));
  if (tool === 'file.move')
    found.push(...pairs(of('file.copy'), of('file.delete')).map(({ nodes: all }) => ({ nodes: [...all].reverse() })));
  if (tool === 'file.copy') {
    if (allows('file.move')) found.push(...single(of('file.move')));
    found.push(...pairs(of('file.read'), writes));
  }
  if (pure.has(tool)) found.push(...computed(role, graph));
  if (tool === 'transform.jsonata') {
    const others = nodes.filter((node) => pure.has(node.tool) && node.tool !== tool);
    found.push(...pairs(others, others).map(({ nodes: [later, first] }) => ({ nodes: [first!, later!] })));
  }
  const conditions = role.with['where'];
  const changes = ['fields', 'drop', 'rename', 'set'].filter(
    (name) => name in role.with || name in (role.contains ?? {}),
  );
  const isSplit = Array.isArray(conditions)
    ? conditions.length > 1
    : Object.keys(role.contains ?? {}).length > 1 || changes.length > 1;
  if (isSplit && (tool === 'transform.filter' || tool === 'transform.select')) found.push(...pairs(of(tool), of(tool)));
  return found;
}

const absorbed = (played: Played): Played => ({ ...played, absorbed: true });

/** Steps that take what others have read from a file. */
const fetched = (found: Node[], graph: Graph): Played[] =>
  found
    .filter(({ args }) => args['path'] === undefined)
    .map((node) => ({ nodes: [node, ...readersOf(node, graph)] }))
    .filter(({ nodes }) => nodes.length > 1);

const readersOf = (node: Node, graph: Graph): Node[] =>
  [...graph.reads(node)].flatMap((id) => {
    const one = graph.get(id);
    return one && /^(file\.read|transform\.from_(csv|xlsx))$/.test(one.tool) ? [one, ...readersOf(one, graph)] : [];
  });

/** One step for several addresses or files, that of the role among them. */
const collapsed = (found: Node[], { with: args }: Role): Played[] => {
  const name = args['url'] ?? args['path'];
  return typeof name !== 'string'
    ? []
    : found
        .filter(({ step }) => step.for_each?.includes(name) ?? false)
        .map((node) => ({ nodes: [node], absorbed: true, collapsed: true }));
};

/** A report or an answer, then the file that holds it. */
const savedApart = (found: Node[], writes: Node[], graph: Graph): Played[] =>
  found
    .filter(({ args }) => args['save_as'] === undefined)
    .flatMap((node) =>
      writes.filter((write) => graph.reads(write).has(node.id)).map((write) => ({ nodes: [node, write] })),
    );

/** One step for each element of a list that stands in the words. */
function repeated(found: Node[], count: number): Played[] {
  const plain = found.filter(({ step }) => step.for_each === undefined);
  return plain.length >= count
    ? Array.from({ length: plain.length - count + 1 }, (_, i) => ({ nodes: plain.slice(i, i + count) }))
    : [];
}

/** Two steps that do the same, one if a condition holds and one if it does not. */
function complements(found: Node[], graph: Graph): Played[] {
  const conditional = found.filter(({ id }) => graph.conditions(id).length > 0);
  return conditional.flatMap((one, i) =>
    conditional
      .slice(i + 1)
      .filter((other) => JSON.stringify(one.args) === JSON.stringify(other.args))
      .map((other) => ({ nodes: [one, other] })),
  );
}

/** Steps that compute what a pure step would, in SQL, in JSONata or in an expression. */
function computed(role: Role, graph: Graph): Played[] {
  const free = toolOf(role) === 'transform.jsonata';
  return graph.nodes
    .filter((node) =>
      free
        ? pure.has(node.tool) && node.tool !== toolOf(role)
        : node.tool !== toolOf(role) && computes(role, computedBy(node)),
    )
    .map((node) => ({ nodes: [node], absorbed: true }));
}

function holdsTemplate(node: Node, template: string): boolean {
  const text = JSON.stringify(node.args);
  return template
    .split(/\{\{.*?\}\}/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .every((part) => text.includes(JSON.stringify(part).slice(1, -1)));
}
