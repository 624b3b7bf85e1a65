import type { JsonObject } from '../../../../schemas/json';
import type { Plan } from '../../../../schemas/plan';
import { Baseless, Refusal } from '../refusal';
import { fold } from '../text/fold';
import type { Token } from '../text/tokens';
import type { Draft } from './draft';

/**
 * Makes sure that nothing was lost: an address, a path, a text, a number, or a word that the lexicon does not know, is a
 * tool or an argument of a step, stands in a note, or names a thing.
 *
 * @throws Refusal for the first one that is nowhere
 */
export function checkComplete(draft: Draft, { steps }: Plan): void {
  if (draft.title)
    throw new Refusal(draft.title.at, 'no report is made that has this title: say it with what it is of');
  const said = steps.map(({ uses, with: args, when, until, for_each, approval }) => [
    uses,
    args,
    when,
    until,
    for_each,
    approval?.assignee,
  ]);
  const written = JSON.stringify([said, draft.notes]).replace(/\\n/g, '\n').replace(/\\"/g, '"');
  const words = plain(written);
  draft.input.tokens.forEach((token, at) => {
    const isKept = token.kind === 'word' ? words.includes(plain(token.text)) : isWritten(draft, at, written);
    if (isKept || isUnderstood(draft, at)) return;
    const aside = draft.input.asides.find(([from, to]) => from <= at && at < to);
    if (aside) draft.note(`"${draft.input.text(...aside, draft.goal)}" says no more than what stands by it.`);
    else throw new Refusal([at, at + 1], `I do not know what "${token.text}" means here`);
  });
}

/** Known words, and those that name a thing; signs and statements are what patterns take as a whole. */
function isUnderstood({ input, named }: Draft, at: number): boolean {
  const { kind, folded } = input.tokens[at] as Token;
  if (kind === 'word') return input.lexicon.knows(folded) || named.has(at) || input.values(at, 'number').length > 0;
  return !/^(url|path|quoted|number)$/.test(kind);
}

/** True for what stands in a plan as it is written, up to a place in it that is filled; numbers in the form of JSON. */
function isWritten({ input }: Draft, at: number, written: string): boolean {
  const { kind, text } = input.tokens[at] as Token;
  if (kind === 'number') {
    // "1. Read …", "the first page is 1": what counts steps, and what counting begins with anyway
    const isFirst = !/^(word|number)$/.test(input.tokens[at - 1]?.kind ?? '');
    const isLabel = /^[.)]$/.test(input.tokens[at + 1]?.text ?? '') && isFirst;
    // "2 weeks" are 14 days, "3 percent" a factor
    const isConverted = input.values(at, 'duration').length > 0 || input.is(at + 1, 'euro');
    const plainly = text.replace(/(?<=\d)[ ,](?=\d{3}(?!\d))/g, '');
    return (
      isLabel ||
      isConverted ||
      /^[01]$/.test(text) ||
      [plainly, text.replace(',', '.')].some((one) => written.includes(one))
    );
  }
  if (kind === 'quoted') {
    // a header such as "X-Env: test" is written in parts, and its name in small letters
    const all = written.toLowerCase();
    return text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .every((part) => all.includes(part));
  }
  const [stem = ''] = text.replace(/^\.\//, '').split(/[{<*]|\/:\w/);
  const pointer = stem.replace(/^\//, '').replaceAll('/', '.');
  return [stem, stem.replace(/\/$/, ''), kind === 'path' ? pointer : stem].some((part) => written.includes(part));
}

/**
 * Tells what is read and goes nowhere but into the result of the job, where something else is done after it.
 *
 * @throws Refusal for rows that were chosen or put in order for nothing: another reading of the goal may use them
 */
export function checkUnused(draft: Draft, { steps }: Plan): void {
  checkLast(draft, steps);
  for (const { id, uses = '', until, with: args = {} } of steps.slice(0, -1)) {
    const at = draft.said.get(id);
    const isTaken = steps.some((other) => other.id !== id && JSON.stringify(other).includes(`steps.${id}.`));
    if (isTaken || at === undefined || until !== undefined || args['save_as'] !== undefined) continue;
    const words = draft.input.text(...at, draft.goal);
    if (SHAPING.test(uses)) throw new Baseless(at, 'what this gives goes nowhere: say what is to be done with it');
    const isRead = /^(file\.read|transform\.from_\w+|sql\.query)$/.test(uses);
    const call = isRead ? steps.find((step) => isBare(step)) : undefined;
    if (call !== undefined)
      throw new Refusal(
        draft.said.get(call.id) ?? at,
        'it is not clear what this sends: say it, such as "with them as the body", or "without a body"',
      );
    if (isRead || isGet(uses, args))
      draft.note(`"${words}": what this gives is in the result of the job, and nothing else is done with it.`);
  }
}

/** "Insert a.csv into table t. Without duplicates by id.": what comes after the delivery of what it is about. */
function checkLast(draft: Draft, steps: Plan['steps']): void {
  const last = steps.at(-1);
  const at = draft.said.get(last?.id ?? '');
  const isDelivered = steps.some(
    ({ uses = '', with: args = {} }) =>
      /^(sql\.(insert|execute)|file\.(write|delete|move)|notify)/.test(uses) ||
      args['save_as'] !== undefined ||
      (uses === 'http.request' && !isGet(uses, args)),
  );
  if (at !== undefined && isDelivered && SHAPING.test(last?.uses ?? '') && last?.with?.['save_as'] === undefined)
    throw new Baseless(
      at,
      'this is said after the data has gone where it goes: say it before, or say where its result goes',
    );
}

/** Tools that choose rows, or put them in order. */
const SHAPING = /^transform\.(filter|select|sort|distinct|join)$/;

/** A request that changes something, and carries nothing. */
const isBare = ({ uses, with: args = {} }: Plan['steps'][number]): boolean =>
  uses === 'http.request' &&
  /^(POST|PUT|PATCH)$/.test(typeof args['method'] === 'string' ? args['method'] : '') &&
  ['json', 'form', 'text', 'multipart', 'artifact'].every((name) => args[name] === undefined);

const isGet = (uses: string, { method }: JsonObject): boolean =>
  uses === 'http.request' && (method === undefined || method === 'GET');

/**
 * Makes sure that no file is read after it has gone.
 *
 * @throws Refusal at the clause that reads it
 */
export function checkGone(draft: Draft): void {
  const gone = new Set<string>();
  for (const { id, uses = '', with: args = {}, when, for_each } of draft.steps.all) {
    const path = typeof args['path'] === 'string' ? args['path'] : '';
    const from = typeof args['from'] === 'string' ? args['from'] : '';
    const read = /^(file\.read|transform\.from_|sql\.insert)/.test(uses) ? path : from;
    if (gone.has(read))
      throw new Refusal(
        draft.said.get(id) ?? draft.span,
        `${read} is gone by then: say this before it is deleted or moved`,
      );
    for (const made of [args['save_as'], args['to'], uses === 'file.write' ? path : ''])
      if (typeof made === 'string') gone.delete(made);
    const leaves = uses === 'file.delete' ? path : uses === 'file.move' ? from : '';
    if (leaves !== '' && when === undefined && for_each === undefined) gone.add(leaves);
  }
}

/** Words between spaces, whatever stands between them. */
const plain = (text: string): string =>
  ` ${fold(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()} `;
