import type { Draft } from '../../draft/draft';
import type { Clause } from '../../family';
import type { Ref } from '../../reading';
import { Baseless } from '../../refusal';
import { moveFilesFamily } from '../move-files';
import { takeRows } from './take';
import { saveTo } from './write';

/** Words for an answer that no noun has. */
const ANSWERED =
  /\b(what(ever)? (comes back|it returns|is returned|it sends back|it answers)|ce qui (revient|est renvoyé)|ce qu['’](il|elle) (renvoie|répond))\b/i;

/**
 * Plans a clause that begins like a saving and is something else; true where it was one.
 *
 * @throws Baseless where it saves nothing at all
 */
export function planNoSaving(draft: Draft, clause: Clause): boolean {
  const { slots, start, end } = clause;
  const { input } = draft;
  const what = slots['what'] as Ref | undefined;
  const thing = what?.kind === 'thing' ? what : undefined;
  const path = typeof slots['path'] === 'string' ? slots['path'] : undefined;
  // "and the record as its JSON body": what is sent
  const [article, noun] = input.tokens.slice(input.skip(start, 'the') - 1);
  if (article && /^(the|a|an|each|every)$/.test(article.folded) && /^records?$/.test(noun?.folded ?? ''))
    throw new Baseless(draft.span, 'it is not clear what is to be done with this');
  if (input.is(start - 1, 'open'))
    throw new Baseless(draft.span, 'brackets tell what things are: say what is to be saved outside of them');
  // "only the rows whose x is 1 are kept": which ones, and no file
  const isKept = input.is(start, 'only') && input.is(end - 1, 'keep') && thing?.where !== undefined;
  if (isKept && ['path', 'format', 'folder'].every((name) => slots[name] === undefined)) {
    takeRows(draft, thing, clause);
    return true;
  }
  // "POST it to https://…, and keep what comes back in x.json"
  const answer = ANSWERED.test(input.text(start, end, draft.goal))
    ? draft.made.findLast((made) => made.answer === true)
    : undefined;
  if (answer !== undefined && path !== undefined) {
    saveTo(draft, answer, path, clause);
    return true;
  }
  // "passe a.docx en b.docx": another name, and no second file
  const isRenamed = /^passe[rz]?$/.test(input.tokens[start]?.folded ?? '') && path !== undefined;
  if (!isRenamed || thing?.source?.type !== 'path' || thing.words.length > 0) return false;
  moveFilesFamily.plan({ ...clause, slots: { move: true, from: thing.source.path, to: path } }, draft);
  return true;
}
