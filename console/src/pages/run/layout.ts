import dagre from '@dagrejs/dagre';
import type { Row } from './model';

/** px of a step, and of the head of an open group. */
export const STEP = { width: 220, height: 76 };
const HEAD = 52;
const MARGIN = 16;

/** Steps from which the quicker way to rank is taken. */
const MANY = 300;

/** A step as far as its place follows from it. */
export type Shape = Pick<Row, 'id' | 'parent' | 'needs'>;

export interface Placed {
  id: string;
  parent?: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Layout {
  nodes: Placed[];
  edges: { from: string; to: string }[];
}

/** Places of steps from the left to the right, each after what it waits for; those of an open group within it. */
export function layOut(rows: readonly Shape[]): Layout {
  const within = new Map<string | undefined, Shape[]>();
  for (const row of rows) within.set(row.parent, [...(within.get(row.parent) ?? []), row]);
  const layout: Layout = { nodes: [], edges: [] };
  place(undefined, within, layout);
  // a node stands after the one that it is within
  layout.nodes.reverse();
  return layout;
}

/** Places the steps of a group, or of the plan, after those within them, whose room they need. @returns its room */
function place(parent: string | undefined, within: ReadonlyMap<string | undefined, Shape[]>, layout: Layout) {
  const rows = within.get(parent) ?? [];
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({
    rankdir: 'LR',
    nodesep: 20,
    ranksep: 56,
    ranker: rows.length > MANY ? 'longest-path' : 'network-simplex',
  });
  graph.setDefaultEdgeLabel(() => ({}));
  const ids = new Set(rows.map(({ id }) => id));
  for (const { id } of rows) {
    const room = within.has(id) ? place(id, within, layout) : STEP;
    graph.setNode(id, { ...room });
  }
  for (const { id, needs } of rows)
    for (const need of needs)
      if (ids.has(need) && need !== id) {
        graph.setEdge(need, id);
        layout.edges.push({ from: need, to: id });
      }
  dagre.layout(graph);
  const top = parent === undefined ? 0 : HEAD;
  for (const { id } of rows) {
    const { x, y, width, height } = graph.node(id) as Placed;
    layout.nodes.push({ id, parent, x: x - width / 2 + MARGIN, y: y - height / 2 + top, width, height });
  }
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return { width: width + 2 * MARGIN, height: height + top + MARGIN };
}
