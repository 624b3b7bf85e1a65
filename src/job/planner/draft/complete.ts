import type { Plan } from '../../../../schemas/plan';
import { Refusal } from '../refusal';
import { fold } from '../text/fold';
import type { Draft } from './draft';

/**
 * Makes sure that no word was lost: one that the lexicon does not know is a tool or an argument of a step, stands in a
 * note, or names a thing.
 *
 * @throws Refusal for the first word that is nowhere
 */
export function checkComplete(draft: Draft, { steps }: Plan): void {
  const said = steps.map(({ uses, with: args, when, until, for_each, approval }) => [
    uses,
    args,
    when,
    until,
    for_each,
    approval?.assignee,
  ]);
  const text = plain(JSON.stringify([said, draft.notes]));
  draft.input.tokens.forEach(({ kind, folded, text: word }, token) => {
    if (kind !== 'word' || draft.input.lexicon.knows(folded) || draft.named.has(token)) return;
    if (draft.input.values(token, 'number').length > 0) return;
    if (text.includes(plain(word))) return;
    const aside = draft.input.asides.find(([from, to]) => from <= token && token < to);
    if (aside) draft.note(`"${draft.input.text(...aside, draft.goal)}" says no more than what stands by it.`);
    else throw new Refusal([token, token + 1], `I do not know what "${word}" means here`);
  });
}

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
