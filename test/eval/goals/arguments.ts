/** Arguments that are certain from the words, held against those of a step. */
import { isDeepStrictEqual } from 'node:util';
import { references } from '../../../core/plan/expressions';
import type { Json } from '../../../schemas/json';
import { toolOf, type Entry, type Role } from './contract';
import type { Graph, Node } from './graph';
import { readings } from './notes';
import {
  aggregatesOf,
  dataOf,
  globOf,
  holdsText,
  isObject,
  orderOf,
  sameDuration,
  sameSet,
  sameWhere,
  sqlOf,
  templateOf,
  urlOf,
} from './values';

/** A step that plays a role, with those that help it. */
export interface Played {
  nodes: Node[];
  /** true if the role is computed within a step that is of another tool */
  absorbed?: boolean;
  /** true if one step plays several roles, once for each element of its list */
  collapsed?: boolean;
}

export interface Scene {
  entry: Entry;
  graph: Graph;
  cast: ReadonlyMap<string, Played>;
  /** True if the value comes from what plays the role. */
  comesFrom(value: unknown, node: Node, key: string): boolean;
}

const BODIES = ['json', 'form', 'text', 'multipart', 'data'];
const CONTENTS = ['json', 'text', 'artifact'];

/** The argument of a step by the name that the authors give it; of the first of its steps that has it. */
export function argumentOf(role: Role, name: string, nodes: readonly Node[]): [unknown, Node] {
  const node = nodes[0]!;
  const first = (names: readonly string[]): [unknown, Node] => {
    for (const one of nodes) for (const key of names) if (one.args[key] !== undefined) return [one.args[key], one];
    return [undefined, node];
  };
  if (name === 'url') return [urlOf(node.args['url'], node.args['query']), node];
  if (name === 'method') return [node.tool === 'notify.webhook' ? 'POST' : (node.args['method'] ?? 'GET'), node];
  if (name === 'input') return [node.args, node];
  if (name === 'body') return first(BODIES);
  if (name === 'duration') return [node.args['for'], node];
  if (name === 'save_as') return first(['save_as', 'path']);
  if (name === 'columns') return first(['columns', 'fields']);
  if (name === 'path' && node.tool === 'http.request') return [node.args['save_as'], node];
  if (name === 'mode') return [node.args['mode'] ?? 'replace', node];
  if (name === 'how') return [node.args['how'] ?? 'inner', node];
  if (name === 'on_conflict') return [node.args['on_conflict'] ?? 'error', node];
  if (toolOf(role) === 'file.write' && CONTENTS.includes(name)) {
    const data = isObject(role.with[name]) || Array.isArray(role.with[name]);
    return data && node.tool === 'http.request' ? ['', node] : first(data ? CONTENTS : [name]);
  }
  if (toolOf(role) === 'transform.from_csv' && name === 'text') return first(['text', 'path', 'artifact']);
  if (toolOf(role) === 'transform.from_xlsx' && name === 'artifact') return first(['artifact', 'path']);
  if (name === 'items' && toolOf(role) === 'sql.insert') return first(['items', 'path']);
  return first([name]);
}

/** True if an argument is what the words demand. */
export function isRight(role: Role, name: string, played: Played, scene: Scene): boolean {
  const others = readings[scene.entry.id]?.or?.[`${role.key}.${name}`] ?? [];
  const [got, node] = argumentOf(role, name, played.nodes);
  return [role.with[name], ...others].some((wanted) => equals(name, wanted, got, { role, node, played, scene }));
}

interface At {
  role: Role;
  node: Node;
  played: Played;
  scene: Scene;
}

function equals(name: string, wanted: unknown, got: unknown, at: At): boolean {
  const { role, node, played, scene } = at;
  if (isObject(wanted) && typeof wanted['$from'] === 'string') return scene.comesFrom(got, node, wanted['$from']);
  if (isObject(wanted) && typeof wanted['$context'] === 'string')
    return isContext(wanted['$context'], got, scene.entry.context);
  if (Array.isArray(wanted) && wanted.some((one) => isObject(one) && '$from' in one))
    return wanted.every((one) => equals(name, one, got, at));
  switch (name) {
    case 'url':
      return got === urlOf(wanted, undefined);
    case 'paging':
      return got !== undefined;
    case 'body':
    case 'json':
    case 'values':
      if (name !== 'body' && !isObject(wanted)) return isDeepStrictEqual(got, wanted);
      return sameBody(dataOf(wanted), dataOf(got), at);
    case 'headers':
      return Object.entries(wanted as object).every(([header, value]) =>
        Object.entries(got ?? {}).some(
          ([own, text]) =>
            own.toLowerCase() === header.toLowerCase() &&
            (text === value || (isObject(value) && equals('', value, text, at))),
        ),
      );
    case 'duration':
    case 'older_than':
      return sameDuration(wanted, got);
    case 'sql':
      return (
        sqlOf(got) === sqlOf(wanted) || (sqlOf(got).startsWith(`${sqlOf(wanted)} limit `) && 'max_rows' in role.with)
      );
    case 'max_rows':
      return got === wanted || sqlOf(node.args['sql']).endsWith(` limit ${String(wanted)}`);
    case 'template':
      return templateOf(got) === templateOf(wanted);
    case 'where':
      return isRightWhere(wanted, played.nodes, role.with['match'] === 'any');
    case 'aggregates':
      return sameSet(aggregatesOf(wanted), aggregatesOf(got), isDeepStrictEqual);
    case 'on':
      return sameSet(wanted as Json[], (got ?? []) as Json[], isDeepStrictEqual);
    case 'by':
      return toolOf(role) === 'transform.sort'
        ? isDeepStrictEqual(orderOf(wanted), orderOf(got))
        : sameSet(wanted as string[], (got ?? []) as string[], isDeepStrictEqual);
    case 'key':
      return Array.isArray(got) && sameSet(wanted as string[], got as string[], isDeepStrictEqual);
    case 'path':
    case 'pattern':
      if (name === 'path' && node.tool === 'http.request') return globOf(node.args['save_as']) === globOf(wanted);
      // a pattern that holds a text is judged by that text
      return (
        globOf(node.args['path'], node.args['pattern']) === globOf(role.with['path'], role.with['pattern']) ||
        (name === 'path' && role.contains?.['pattern'] !== undefined && globOf(node.args['path']) === globOf(wanted))
      );
    case 'from':
    case 'to':
    case 'save_as':
      return globOf(got) === globOf(wanted);
    case 'text':
      return String(got).trimEnd() === String(wanted).trimEnd();
    default:
      return isDeepStrictEqual(got, wanted);
  }
}

const isRightWhere = (wanted: unknown, nodes: readonly Node[], isAny: boolean): boolean => {
  const got = nodes.flatMap(({ args }) => (Array.isArray(args['where']) ? (args['where'] as never[]) : []));
  const any = nodes.some(({ args }) => args['match'] === 'any') && got.length > 1;
  // the same condition twice is that condition
  const once = got.filter((one, at) => got.findIndex((other) => sameWhere(one, other)) === at);
  return any === isAny && sameSet(wanted as never[], once, sameWhere);
};

/** A body with the fields of the words and no others; values of forms are texts. */
function sameBody(wanted: unknown, got: unknown, at: At): boolean {
  if (!isObject(wanted)) return isDeepStrictEqual(wanted, got);
  if (!isObject(got))
    return typeof got === 'string' && isDeepStrictEqual(Object.fromEntries(new URLSearchParams(got)), wanted);
  const names = Object.keys(wanted);
  return (
    names.length === Object.keys(got).length &&
    names.every((name) => {
      const value = wanted[name];
      if (isObject(value) && ('$from' in value || '$context' in value)) return equals('', value, got[name], at);
      return (
        isDeepStrictEqual(value, got[name]) ||
        (at.node.args['form'] !== undefined && String(value) === String(got[name]))
      );
    })
  );
}

const valueAt = (context: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), context);

/** The value of the context, by reference or as it stands; for the whole of it, the one list that it holds. */
export function isContext(pointer: string, got: unknown, context: Json): boolean {
  if (isDeepStrictEqual(got, valueAt(context, pointer))) return true;
  const read = references((got ?? '') as Json).filter(({ root }) => root === 'input');
  const names = Object.keys(context as object);
  const lists = names.filter((name) => Array.isArray((context as { [name: string]: unknown })[name]));
  const paths = read.map(({ path }) => (path.length > 0 ? `/${path.join('/')}` : ''));
  if (pointer === '') {
    const [only, ...more] = lists;
    const whole = paths.includes('') || names.every((name) => paths.includes(`/${name}`));
    return whole || (only !== undefined && more.length === 0 && paths.includes(`/${only}`));
  }
  return paths.includes(pointer) || (names.length === 1 && paths.includes(''));
}

/** Parts of a text that the words demand of an argument, each with what was found. */
export function holdsAll(role: Role, names: string, parts: readonly string[], played: Played, more: string): boolean {
  const given = names.split('|').flatMap((name) => {
    const [got] = argumentOf(role, name, played.nodes);
    const all = played.nodes.map(({ args }) => args[name]);
    return [got, ...all]
      .filter((one) => one !== undefined)
      .map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
  });
  return parts.every((part) => [...given, more].some((text) => holdsText(text, part)));
}
