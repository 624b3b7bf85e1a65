import { compile, parseText, type Node } from '../../core/plan/expressions';
import type { Json, JsonObject } from '../../schemas/json';

/** A template in which expressions that read one step read another. */
export function renameStep(template: JsonObject, from: string, to: string): JsonObject {
  return rename(template, (source) => renameIn(source, from, to)) as JsonObject;
}

function rename(value: Json, renamed: (source: string) => string): Json {
  if (typeof value === 'string') return renameText(value, renamed);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => rename(item, renamed));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, rename(member, renamed)]));
}

function renameText(text: string, renamed: (source: string) => string): string {
  const { parts, problem } = parseText(text);
  if (problem) return text;
  return parts.map((part) => (typeof part === 'string' ? part : `\${{ ${renamed(part.source)} }}`)).join('');
}

/** Reads of the step are replaced from the last to the first, so that places before them stay as they are. */
function renameIn(source: string, from: string, to: string): string {
  const { node, problems } = compile(source);
  if (problems.length > 0) return source;
  return readsOf(node, from)
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end }) => `${text.slice(0, start)}steps.${to}${text.slice(end)}`, source);
}

function readsOf(node: Node, step: string): Node[] {
  const isStep =
    (node.kind === 'field' && isSteps(node.of) && node.key === step) ||
    (node.kind === 'index' && isSteps(node.of) && node.key.kind === 'literal' && node.key.value === step);
  if (isStep) return [node];
  return Object.values(node).flatMap((part) => nodesIn(part).flatMap((inner) => readsOf(inner, step)));
}

const isSteps = (node: Node): boolean => node.kind === 'root' && node.name === 'steps';

function nodesIn(part: unknown): Node[] {
  if (Array.isArray(part)) return part.flatMap(nodesIn);
  if (typeof part !== 'object' || part === null) return [];
  if ('kind' in part && 'start' in part) return [part as Node];
  return 'key' in part && 'value' in part ? [part.key, part.value].flatMap(nodesIn) : [];
}
