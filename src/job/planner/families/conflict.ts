import type { Draft } from '../draft/draft';
import type { PlannedStep } from '../draft/steps';
import type { Family } from '../family';
import { Baseless, Refusal } from '../refusal';
import { textOf } from '../grammar/slots';
import { sameName } from '../text/fold';

/** Rows that a table has already. */
const KEYED = '[comma] [identified] (by|on|with|open) [column] [colon|equals|assign] $key_fields:key [close] [comma]';

const THERE = [
  '[all|any] (data|noun|ones|them|any|what) [that] [be] (known|already_there)',
  '(if|after) (data|noun|ones|them|it|any|what|$identifier:row) [be] (known|already_there)',
  'if (known|already_there)',
  '[all|any] (data|noun|ones|them|any|it|what|everything) [that] [be] (known|already_there) (by|on|with|open) [same] [column] $key_fields:key [close]',
  '[$identifier:row] that [be] (known|already_there) [(by|on|with|open) [same] [column] $key_fields:key [close]]',
  '[all|any] (data|noun|ones|them|any|it) be (known|already_there)',
  '[all|any] (data|noun|ones|them|any|what) whose [column] $field:key_field [be] (already_had|known|already_there)',
  '[all|any] (data|noun|ones|them|any|what) [that] already_had',
  '[one] [$identifier:row] known [comma] that_is (of|with) same [column] $field:key_field [comma]',
  '[in_case|on|if] [there_is] (duplicate|conflict|match) [(on|by|of) [column] $fields:key]',
  '(known|already_there) (ones|data|noun)',
  'if [column] [open] $field:key_field [close] [be] (known|already_there)',
  'if [data|noun|ones|it] [of|with] [same] [column] $field:key_field [be] (known|already_there)',
  // "existing rows with a matching sku", "rows with a sku that already exists", "any row that has the same sku"
  '[(known|already_there)] (data|noun|ones|them|any|everything) [that] (with|has|of|whose) [same] [column] $field:key_field [that] [be] [already] (known|already_there)',
  '[all|any] (data|noun|ones|them|any) [that] (with|has|of|whose) (known|already_there) [column] $field:key_field',
  '(known|already_there) (data|noun|ones|them) [that] (with|has|of) same [column] $field:key_field',
];
/** The row that is changed: "…, update the existing row", "overwrite that row with the values from the file". */
const ROW =
  '[it|them|(the|that) (data|ones|noun)|(known|already_there) (data|ones|noun)] [(with|by) [new] (value_word|data|ones) [(from|of) file]]';

/** What happens to them. */
const FATE = [
  `${KEYED} [must|ought] [be] [filler] [be] (keeps_old:skip|takes_new:update) ${ROW}`,
  `[comma|colon] [must|ought|be] [filler] [be] (keeps_old:skip|takes_new:update) ${ROW}`,
];

/** What is done with rows that the table has already, said after the insertion: "rows already there are updated". */
export const conflictFamily: Family = {
  name: 'conflict',
  does: 'says what happens to rows that a table has already: they are skipped or updated',
  examples: [
    'insert users.csv into the table users. The key is id; rows that are there already are updated.',
    'charge users.csv dans la table users, clé id ; celles qui y sont déjà, on les laisse telles quelles',
  ],
  heads: [
    ...THERE.filter((there) => /^(\(if|if|\[in_case)/.test(there)).flatMap((there) =>
      FATE.map((fate) => `${there} ${fate}`),
    ),
    // "updating any row whose sku is already there"
    ...THERE.filter((there) => /key/.test(there)).map((there) => `(keeps_old:skip|takes_new:update) ${there}`),
  ],
  bare: [
    ...THERE.flatMap((there) => FATE.map((fate) => `${there} ${fate}`)),
    '(keeps_old:skip|takes_new:update) [column] $key_fields:key [that] [be] (known|already_there)',
    '(keeps_old:skip|takes_new:update) [it|them] (by|on) [column] $key_fields:key [if] [be] [known|already_there]',
    '(keeps_old:skip|takes_new:update) (if|that) [be] (known|already_there) (by|on) [column] $key_fields:key',
    '(keeps_old:skip|takes_new:update) [(data|noun|ones|them|any|what|it)] [that|if] [be] (known|already_there)',
    '[called] [same] column [be|colon] $fields:key',
    '[called] column (assign|colon) $fields:key',
    '$fields:key be key_word',
    // "all others get inserted", "new skus are inserted": what an insertion does anyway
    '[all] ((others|rest)|new (data|ones|noun|$identifier:fresh)) [must|ought|be] [be] [simply] insert',
    '[data|noun|them|ones] [be] identified by [column] $fields:key',
  ],
  slots: [],
  plan({ slots }, draft) {
    void slots['fresh'];
    const step = draft.steps.all.findLast(({ uses }) => uses === 'sql.insert');
    if (step?.with === undefined)
      throw new Baseless(draft.span, 'nothing was inserted before this: say it after the table');
    // "if the pupil exists already": a row, whatever it is called; "when a sku is already there": the key
    const word = slots['row'] === undefined ? undefined : textOf(slots['row']);
    const isRow =
      step.with['key'] !== undefined || sameName(word ?? '', textOf(step.with['table'])) || isNoun(draft, word);
    if (word !== undefined) draft.note(`"${word}" was taken for ${isRow ? 'a row' : 'the key'} of the table.`);
    const said = slots['key_field'] ?? (isRow ? undefined : word);
    const key = said === undefined ? (slots['key'] as string[] | undefined) : [textOf(said)];
    if (key !== undefined) step.with['key'] = key;
    if (slots['skip'] === true) step.with['on_conflict'] = 'skip';
    if (slots['update'] === true) step.with['on_conflict'] = 'update';
  },
};

/** A word that is known as the name of a thing. */
const isNoun = ({ input, span: [start, end] }: Draft, word: string | undefined): boolean =>
  input.tokens.some(({ text }, at) => at >= start && at < end && text === word && input.is(at, 'noun', 'data', 'user'));

/** A key says which rows are the same; what happens to those has to be said too. @throws Refusal */
export function checkConflicts(draft: Draft): void {
  for (const step of draft.steps.all)
    if (step.uses === 'sql.insert' && isOpen(step))
      throw new Refusal(
        draft.keys.get(step.id) ?? draft.span,
        'say what happens to rows that are there already: skip them, or update them',
      );
}

const isOpen = ({ with: args }: PlannedStep): boolean =>
  args?.['key'] !== undefined && args['on_conflict'] === undefined && args['create'] !== true;
