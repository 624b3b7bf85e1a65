import type { JsonObject } from '../../../../schemas/json';
import type { Draft } from '../draft/draft';
import type { Made } from '../draft/made';
import type { Family, Clause } from '../family';
import type { Ref } from '../reading';
import { Baseless, Refusal } from '../refusal';
import { textOf } from '../grammar/slots';
import { nameIn } from './parts/computed';
import { lackedBy, nameOf, rowsIn } from './parts/rows';
import { shapeQuery } from './parts/table';
import { placeOrThing, take, takeRows } from './parts/take';

/** Columns of rows: only these, or all but some. */
export const selectFamily: Family = {
  name: 'select',
  does: 'keeps or drops columns',
  examples: ['keep only the columns name and email', 'drop the column notes', 'ne garde que les colonnes id et title'],
  bare: [
    'column wanted [be|colon] $fields:fields',
    'column [colon|be] $columns:fields',
    'only column $fields:fields',
    '$columns:fields (matter|be (wanted|only))',
    'column $fields:fields (matter|only)',
  ],
  heads: [
    'select [only]',
    'keep [only]',
    'only needs:needing',
    'only',
    'needs:needing only',
    'who_me [only] needs:needing [only]',
    'fetch only',
    'select $chosen:fields',
    'remove:dropping',
    'with only',
    'without column:dropping',
  ],
  slots: [
    'column $fields:fields',
    '$fields:fields column',
    '$columns:fields',
    '(of|in|from) $table_source:table',
    '(whose|that) $conditions:where',
    '[(of|in|from)] $thing:what',
    'matter',
  ],
  needs: [['fields']],
  passive: true,
  plan({ slots, ...clause }, draft) {
    const fields = slots['fields'] as string[];
    if (slots['dropping'] === true) changeColumns(draft, { slots, ...clause }, { drop: fields });
    else
      selectColumns(draft, takeRows(draft, placeOrThing(slots['table'], slots['what']), { slots, ...clause }), fields);
  },
};

/** Other names of columns. */
export const renameFamily: Family = {
  name: 'rename',
  does: 'renames columns',
  examples: ['rename name to full_name', 'renomme la colonne nom en name'],
  heads: ['rename', 'column $field:from becomes $field:to'],
  bare: ['[column] $field:from [must|ought] [be] rename [(to|as|into|in)] $field:to'],
  slots: ['[column] $renames:rename', '[(of|in|from)] $thing:what'],
  needs: [['rename', 'to']],
  passive: true,
  plan(clause, draft) {
    const { from, to, rename = [{ old: textOf(from), new: textOf(to) }] } = clause.slots;
    const renames = rename as { old: string; new: string }[];
    for (const one of renames) draft.renamed.set(one.old, one.new);
    changeColumns(draft, clause, { rename: Object.fromEntries(renames.map((one) => [one.old, one.new])) });
  },
};

/** New columns, computed from others. */
export const addColumnFamily: Family = {
  name: 'add column',
  does: 'adds a column that is computed from others',
  examples: ['add a column total = price * quantity', 'ajoute une colonne total = prix * quantite'],
  heads: ['add'],
  slots: [
    '[column] [called] $assignment:set',
    '(to|in) each_one data (of|in|from) $thing:what',
    '[(to|of|in|from)] $thing:what',
  ],
  needs: [['set']],
  passive: true,
  plan(clause, draft) {
    const { name, expression } = clause.slots['set'] as { name: string; expression: string };
    const what = clause.slots['what'] as Ref | undefined;
    const isWord = draft.input.is(clause.start, 'set_word', 'update_word');
    if (isWord && what?.kind === 'thing' && what.source?.type === 'table')
      throw new Baseless(
        draft.span,
        'say whether the table itself is changed: "set x to \'a\' for all rows of the table t"',
      );
    changeColumns(draft, clause, { set: { [name]: draft.literal(expression) } });
  },
};

/** A field in another unit: "divide price by 100", "multiply weight by 0.4536". */
export const scaleFamily: Family = {
  name: 'scale',
  does: 'multiplies or divides a column by a number, and rounds it',
  examples: ['divide price by 100', 'multiplie le champ poids par 0,001', 'round price to 2 decimals'],
  heads: [
    'divide:divide',
    'multiply:multiply',
    'round:round',
    'convert:divide $field:field [(into|to|in|as) $identifier:unit] open [by|to_do] divide by $number:by',
    'convert:multiply $field:field [(into|to|in|as) $identifier:unit] open [by|to_do] multiply [by|with] $number:by',
  ],
  slots: [
    '[column] $field:field (by|with) $number:by [close]',
    '(to|in) $number:decimals decimals',
    '[column] $field:field [to|in] [$number:decimals] [decimals]',
    '[(of|in|from)] $thing:what',
  ],
  needs: [['field'], ['by', 'round']],
  passive: true,
  plan(clause, draft) {
    const { slots } = clause;
    const name = textOf(slots['field']);
    const value = `$number(${nameIn(name)})`;
    const unit = textOf(slots['unit']);
    if (unit !== '') draft.note(`"${unit}" is what ${name} is in after it is divided by ${textOf(slots['by'])}.`);
    const expression =
      slots['round'] === true
        ? `$round(${value}, ${textOf(slots['decimals'] ?? 0)})`
        : `${value} ${slots['divide'] === true ? '/' : '*'} ${textOf(slots['by'])}`;
    changeColumns(draft, clause, { set: { [name]: draft.literal(expression) } });
  },
};

/** Keeps these columns of rows. */
export function selectColumns(draft: Draft, rows: Made, fields: string[]): Made {
  if (shapeQuery(draft, rows, { columns: fields })) return rows;
  const missing = lackedBy(rows, fields);
  if (missing !== undefined) throw new Refusal(draft.span, `the groups have no "${missing}"`);
  return change(draft, rows, { fields });
}

const changeColumns = (draft: Draft, clause: Clause, changes: JsonObject): Made =>
  change(draft, take(draft, clause.slots['what'] as Ref | undefined, clause), changes);

function change(draft: Draft, rows: Made, changes: JsonObject): Made {
  const data = rowsIn(draft, rows);
  if (chooseComputed(draft, data, changes) || changeAlso(draft, data, changes)) return data;
  const step = draft.add(`select_${nameOf(data)}`, {
    uses: 'transform.select',
    with: { items: draft.template(data), ...changes },
  });
  return draft.remake(data, { form: 'data', step, path: 'items' });
}

/** "rename a to b, drop c": one step does both, where neither is about a column that the other one makes or takes away. */
function changeAlso(draft: Draft, data: Made, changes: JsonObject): boolean {
  const before = data.step === undefined ? undefined : draft.steps.get(data.step);
  const [name = '', other] = Object.keys(changes);
  const known = Object.keys(before?.with ?? {}).filter((one) => one !== 'items');
  const isOne = /^(drop|rename)$/.test(name) && other === undefined && !known.includes(name);
  if (before?.uses !== 'transform.select' || before.when !== draft.when || !isOne) return false;
  if (!known.every((one) => /^(drop|rename|fields)$/.test(one))) return false;
  if (draft.steps.all.some((step) => draft.steps.needsOf(step).includes(before.id))) return false;
  const names = (args: JsonObject): string[] => [
    ...((args['drop'] as string[] | undefined) ?? []),
    ...Object.entries((args['rename'] as { [old: string]: string } | undefined) ?? {}).flat(),
  ];
  if (names(changes).some((one) => names(before.with ?? {}).includes(one))) return false;
  const fields = before.with?.['fields'] as string[] | undefined;
  // what is renamed has to be there, and what is dropped has gone already where only some are kept
  if (
    fields !== undefined &&
    (name === 'drop' || !Object.keys(changes['rename'] as JsonObject).every((one) => fields.includes(one)))
  )
    return false;
  Object.assign(before.with ?? {}, changes);
  return true;
}

/** "add a column x = …, keep only a and x": one step computes x and chooses a, where x comes last. */
function chooseComputed(draft: Draft, data: Made, changes: JsonObject): boolean {
  const before = data.step === undefined ? undefined : draft.steps.get(data.step);
  const fields = Object.keys(changes).join() === 'fields' ? (changes['fields'] as string[]) : undefined;
  if (before?.uses !== 'transform.select' || before.when !== draft.when || fields === undefined) return false;
  if (Object.keys(before.with ?? {}).join() !== 'items,set') return false;
  if (draft.steps.all.some((step) => draft.steps.needsOf(step).includes(before.id))) return false;
  const computed = Object.keys(before.with?.['set'] as JsonObject);
  const chosen = fields.filter((name) => !computed.includes(name));
  if (chosen.length === 0 || [...chosen, ...computed].join() !== fields.join()) return false;
  Object.assign(before.with ?? {}, { fields: chosen });
  return true;
}
