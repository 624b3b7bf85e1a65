import { openEach, resolve } from '../draft/sources';
import type { Family } from '../family';
import { placeOf, type Ref, type Source } from '../reading';
import { Baseless, Refusal } from '../refusal';
import { listFilesFamily } from './files';
import { locate, take } from './parts/take';
import { saveTo } from './parts/write';
import { textOf } from '../grammar/slots';

/** The beginning of what is done for each element of a list; it reaches to the end of the sentence. */
export const eachFamily: Family = {
  name: 'for each',
  does: 'does what follows for each element of a list',
  examples: [
    'for each of the users in the context, fetch https://api.example.com/users/{id} and save it to users/{id}.json',
    'pour les magasins Lille, Lyon et Nice, appelle https://api.example.com/magasins/{nom}',
  ],
  heads: [
    'each',
    'each_alone:current',
    'for $listed:each',
    'only for $thing:each',
    '(fetch|call|send|generate) comma each',
    'loop_over',
    'loop_over ($thing:each|$pronoun:each) [comma] (one_by_one|$rowwise:row_by_row)',
    '(in|from) $source:source [comma] loop_over',
    'each [one_alone] (of|from|in) (them|it)',
    '$rowwise:current [comma]',
  ],
  slots: [
    '$listed:each',
    '$placed_files:files',
    '$thing:each',
    'of $thing:each',
    '$thing:each remaining',
    '(from|in|of) $source:source',
    '$thing:each (from|in|of) [context] (data|context) [called] $list_name:list',
    '$thing:each (from|in|of) data [called] $list_name:list (from|in|of) context',
  ],
  needs: [['each', 'current', 'files']],
  plan(clause, draft) {
    const { slots } = clause;
    if (slots['files'] !== undefined) listFilesFamily.plan({ ...clause, slots: { set: slots['files'] } }, draft);
    const ref = (slots['each'] as Ref | undefined) ?? { kind: 'current', many: true, at: draft.span };
    // "go through all its pages": how the address is asked, and no repetition
    const isPages =
      ref.kind === 'thing' && ref.words.length > 0 && ref.words.every(({ token }) => draft.input.is(token, 'page'));
    if (isPages && draft.steps.all.at(-1)?.with?.['paging'] !== undefined) return;
    if (isPages) throw new Baseless(draft.span, 'say of which address these pages are: "all pages of https://…"');
    const name = slots['list'] === undefined ? undefined : textOf(slots['list']);
    const source = name === undefined ? (slots['source'] as Source | undefined) : ({ type: 'context', name } as const);
    if (source === undefined) {
      openEach(draft, ref, clause);
      return;
    }
    if (ref.kind !== 'thing') throw new Refusal(draft.span, 'say what each element is, such as "for each user in …"');
    openEach(draft, locate(ref, placeOf(source, draft.span)) ?? ref, clause);
  },
};

/** Elements that stand in the goal itself: "Our depots are Hull, Leeds and Selby." */
export const listedFamily: Family = {
  name: 'list of the goal',
  does: 'takes a list that stands in the goal',
  examples: ['our depots are Hull, Leeds and Selby; for each depot call https://api.example.com/depots/{depot}'],
  heads: ['fetch $listed:list'],
  bare: ['$listed:list'],
  slots: [],
  needs: [['list']],
  plan({ slots }, draft) {
    const list = slots['list'] as Ref & { kind: 'thing' };
    const made = resolve(draft, list, { slots } as Parameters<Family['plan']>[0]);
    draft.lists.push({ made, at: draft.span });
  },
};

/** "collect the answers": they are there already, and go where the clause says. */
export const collectFamily: Family = {
  name: 'collect',
  does: 'takes together what the elements gave',
  examples: [
    'for each of the users in the context, fetch https://api.example.com/users/{id}; collect the answers and save as users.json',
  ],
  heads: ['collect'],
  slots: ['[of] $thing:what', '(to|in|as) [single] [$format:format] [file] [called] $path:path'],
  needs: [['what']],
  passive: true,
  plan(clause, draft) {
    const made = take(draft, clause.slots['what'] as Ref, clause);
    if (clause.slots['path'] !== undefined) saveTo(draft, made, textOf(clause.slots['path']), clause);
    else if (made.step === undefined) throw new Refusal(draft.span, 'say from which address, file or table this comes');
  },
};

/** What happens after a failure of one element, or of the step before. */
export const failureFamily: Family = {
  name: 'on error',
  does: 'goes on where an element fails',
  examples: [
    'for each of the users in the context, fetch https://api.example.com/users/{id}; if one fails, go on with the others',
    'pour chacun des users du contexte, récupère https://api.example.com/users/{id} ; si un appel échoue, continue',
  ],
  heads: [
    'if [one_of_them|$thing:what] fails [comma] [then] go_on',
    'that [$thing:what] fails go_on',
    'go_on [if [one_of_them|$thing:what] fails]',
    'go_on even_when [one_of_them|$thing:what] fails',
    'even_when [one_of_them|$thing:what] fails [comma] go_on',
    'fails go_on',
  ],
  slots: ['[(with|by|to)] others', 'to_do (send|fetch|call) [others]'],
  plan({ slots }, draft) {
    // whatever fails is an element or a call of the step before
    void slots['what'];
    const step = draft.steps.all.findLast(({ uses }) => uses !== undefined && /^(http|sql|notify)\./.test(uses));
    if (!step) throw new Refusal(draft.span, 'nothing before this can fail: say it after what may go wrong');
    const scope = draft.each?.steps ?? new Set([step.id]);
    for (const one of draft.steps.all) if (scope.has(one.id) || one.id === step.id) one.on_error = 'continue';
  },
};
