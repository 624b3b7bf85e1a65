/** What a pure step computes, told from the text of another step that computes it: a query, or an expression. */
import { toolOf, type Role } from './contract';
import { pathOf, type Graph, type Node } from './graph';
import { holdsText, isObject } from './values';

/** Tools without effect whose work an expression or a query can do as well. */
export const pure = new Set(
  ['filter', 'select', 'sort', 'group', 'join', 'distinct', 'aggregate', 'jsonata'].map((name) => `transform.${name}`),
);

const signs: { [op: string]: RegExp } = {
  eq: /=|\bin\b|is true|is false|!/i,
  ne: /!=|<>|\bnot\b|=/i,
  lt: /<(?!=)|>=/,
  le: /<=|>(?!=)/,
  gt: />(?!=)|<=/,
  ge: />=|<(?!=)/,
  in: /\bin\b|\|\||\bor\b/i,
  starts_with: /startsWith|like|\^|substring/i,
};
const functions: { [op: string]: RegExp } = {
  sum: /\$?sum\(/i,
  avg: /\$average\(|avg\(|sum\(.*\/.*count\(/i,
  count: /\$?count\(|size\(|\.count\b|row_count/i,
  min: /\$?min\(/i,
  max: /\$?max\(/i,
};

/** Expressions of a step that compute: JSONata, SQL, and CEL that does more than name a value. */
export function computedBy({ tool, args, step }: Node): string {
  const texts: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === 'string') {
      for (const [, source = ''] of value.matchAll(/\$\{\{(.*?)\}\}/gs))
        if (!/^[\s\w.]*$/.test(source)) texts.push(source);
    } else if (value !== null && typeof value === 'object') Object.values(value).forEach(walk);
  };
  walk(args);
  walk(step.for_each === undefined ? '' : `\${{ ${step.for_each.replace(/^\s*\$\{\{|\}\}\s*$/g, '')} }}`);
  for (const name of ['expression', 'sql', 'set']) {
    const value = args[name];
    if (tool.startsWith('transform.') || name === 'sql')
      texts.push(typeof value === 'string' ? value : JSON.stringify(value ?? ''));
  }
  return texts.join('\n');
}

/** True if SQL or JSONata sorts by the field from high to low. */
const isDescending = (field: string, text: string): boolean =>
  new RegExp(`\\^\\([^)]*>\\s*${field}\\b|\\b${field}["'\\s]*desc\\b|\\.${field}\\s*<\\s*\\$|\\breverse\\(`, 'i').test(
    text,
  );

/** True if the text of the step holds everything that the role computes. */
export function computes(role: Role, text: string): boolean {
  if (text.trim() === '' || text === '""') return false;
  const { with: args, contains = {} } = role;
  const wanted: boolean[] = Object.values(contains).map((parts) =>
    parts.every((part) => (signs[part] ? signs[part].test(text) : holdsText(text, part))),
  );
  const has = (part: unknown) => wanted.push(holdsText(text, String(part)));
  for (const [name, value] of Object.entries(args)) {
    if (name === 'where')
      for (const { field, op, value: bound } of value as { field: string; op: string; value?: unknown }[]) {
        has(field);
        wanted.push(signs[op]?.test(text) ?? true);
        if (typeof bound !== 'boolean') for (const one of Array.isArray(bound) ? bound : [bound]) has(one);
      }
    else if (name === 'by')
      for (const one of value as (string | { field: string; order: string })[]) {
        has(isObject(one) ? one.field : one);
        if (isObject(one) && toolOf(role) === 'transform.sort')
          wanted.push(/order|sort|\^\(/i.test(text) && (one.order === 'desc') === isDescending(one.field, text));
      }
    else if (name === 'aggregates')
      for (const { op, field } of value as { op: string; field?: string }[]) {
        wanted.push(functions[op]?.test(text) ?? false);
        if (field !== undefined) has(field);
      }
    else if (name === 'on')
      for (const { left, right } of value as { left: string; right: string }[]) [left, right].forEach(has);
    else if (name === 'fields') for (const field of value as string[]) has(field);
    else if (name === 'limit') has(value);
    else if (name === 'rename') for (const pair of Object.entries(value as object)) pair.forEach(has);
  }
  if (toolOf(role) === 'transform.group') wanted.push(/group by|\{|groupBy|\$distinct/i.test(text));
  if (toolOf(role) === 'transform.distinct') wanted.push(/distinct|unique|group by/i.test(text));
  return wanted.every(Boolean);
}

/** True if a JSONata, or a change of fields, takes a list out of an answer and does nothing else. */
export const takesOut = ({ tool, args }: Node): boolean =>
  (tool === 'transform.jsonata' || tool === 'transform.select') &&
  typeof args['expression'] === 'string' &&
  /^[\w.$[\]"'`\s]+$/.test(args['expression']);

const idle = new Set(['data.echo', 'transform.parse_json', 'check.that', 'memory.get', 'memory.set']);

/** Steps that change nothing in what goes through them. */
export const isNeutral = (node: Node, graph: Graph): boolean =>
  idle.has(node.tool) ||
  takesOut(node) ||
  (node.tool === 'file.read' &&
    graph.nodes.some((one) => graph.writes(one) === pathOf(node.args['path']) && graph.follows(node.id, one.id)));
