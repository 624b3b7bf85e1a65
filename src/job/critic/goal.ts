import type { Asked, AskedEffect } from '../../../schemas/job/critic';
import type { Json } from '../../../schemas/json';
import { tablesOf } from '../sql/tables';
import { tokenise, type Token } from '../planner/text/tokens';

/** Words by which somebody asks that a person be asked first. */
const APPROVAL =
  /\b(?:approv(?:al|e|ed|es)|sign(?:s|ed)?[- ]?off|go-ahead|consent|ask me|my (?:ok|yes)|approbation|feu vert|mon accord|approuv\p{L}+|valid\p{L}+ (?:par|de))\b/iu;
/** Words by which somebody asks that things be taken away. */
const DELETION =
  /\b(?:delet\p{L}+|remov\p{L}+|eras\p{L}+|purg\p{L}+|drop\p{L}*|clean\p{L}*|mov(?:e|es|ed|ing)|supprim\p{L}+|effac\p{L}+|vid(?:e|er|ez)|nettoi\p{L}+|déplac\p{L}+)\b/iu;

/**
 * The changes that the words of a goal can mean, for a plan that a model has made of it: at the addresses, files and
 * tables that it or its context names. Who names no file leaves its name to the planner, and may mean any.
 */
export function askedOf(goal: string, context: Json): Asked {
  const said = [...tokenise(goal), ...textsOf(context).map(tokenise).flatMap(lone)];
  const ofKind = (...kinds: string[]): string[] =>
    said.filter(({ kind }) => kinds.includes(kind)).map(({ text }) => text);
  const named: AskedEffect[] = [
    ...ofKind('url').flatMap((url): AskedEffect[] =>
      URL.canParse(url) ? [{ kind: 'host', target: new URL(url).host }] : [],
    ),
    ...filesOf(ofKind('path')),
    ...ofKind('word', 'quoted', 'code').map((target): AskedEffect => ({ kind: 'table', target })),
    ...tablesOf(goal).map(({ table }): AskedEffect => ({ kind: 'table', target: table })),
  ];
  const taken = DELETION.test(goal) ? named.map((effect) => ({ ...effect, delete: true })) : [];
  return { effects: [...named, ...taken], ...(APPROVAL.test(goal) ? { approval: 'an_effect' } : {}) };
}

const filesOf = (paths: string[]): AskedEffect[] =>
  paths.length === 0 ? [{ kind: 'file' }] : paths.map((target) => ({ kind: 'file', target }));

/** An address, a path or a name that is a value by itself; what stands in prose is data, and asks for nothing. */
const lone = (tokens: Token[]): Token[] => (tokens.length === 1 ? tokens : []);

/** Texts within a value: what people hand over beside the goal. */
function textsOf(value: Json): string[] {
  if (typeof value === 'string') return [value.slice(0, 2_000)];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).slice(0, 100).flatMap(textsOf);
}
