import type { CellIn } from '../corpus/book';
import type { Chance } from '../corpus/chance';
import { columnsOf } from '../corpus/columns';
import { items, type Item } from '../corpus/goods';
import type { Language } from '../corpus/headers';
import { footer, titleBlock } from '../corpus/page';
import { placeTable } from '../corpus/table';
import type { Draft, Trait, Variant } from '../corpus/trait';

const groups = ['WRITING', 'PAPER & CARD', 'FILING', 'Desk accessories', 'Gifts', 'School', 'Art', 'Travel'];

/** A form with everything that the firm sells, of which a few are ordered: the others are silently no lines. */
function form(
  draft: Draft,
  {
    count,
    ordered,
    language = 'en',
    empty = () => undefined,
    amounts = false,
    groupsToo = true,
    numbered = false,
  }: {
    count: number;
    ordered: number;
    language?: Language;
    empty?: (chance: Chance) => CellIn;
    amounts?: boolean;
    groupsToo?: boolean;
    numbered?: boolean;
  },
): void {
  const { chance, book, golden } = draft;
  if (language === 'fr') draft.language('fr');
  const sheet = book.sheet(language === 'fr' ? 'Catalogue' : 'Order form');
  const list = items(chance, count, language);
  const chosen = new Set<Item>(chance.some(list, ordered));
  const c = columnsOf(chance, language);
  titleBlock(sheet, chance, golden, language);
  const quantity = c.quantity(undefined, (item) => (chosen.has(item) ? item.quantity : empty(chance)));
  const columns = [...(numbered ? [c.number()] : []), c.reference(), c.description(), c.price(), quantity];
  if (amounts) {
    const formula = c.amountFormula(columns.length, columns.length - 1);
    columns.push({
      ...formula,
      cell: (item, row, index) => {
        const cell = formula.cell(item, row, index) as { formula: string };
        return chosen.has(item) ? cell : { ...cell, number: 0 };
      },
    });
  }
  placeTable(sheet, golden, columns, list, {
    isLine: (item) => chosen.has(item),
    before: (index) => {
      if (groupsToo && index % Math.ceil(count / 6) === 0) {
        sheet.add([{ text: `${chance.pick(groups)}`, bold: true }]);
      }
    },
  });
  footer(sheet, chance, language);
}

const dashes = (chance: Chance) => chance.pick<CellIn>([0, '-', '–', undefined, '0', { text: '' }]);

const forms: Variant[] = [
  (draft) => form(draft, { count: 2_000, ordered: 5 }),
  (draft) => form(draft, { count: 2_000, ordered: 5, language: 'fr', amounts: true }),
  (draft) => {
    draft.dialect({ writer: 'xml', noDimension: true });
    form(draft, { count: 1_200, ordered: 9, language: 'de', groupsToo: false });
  },
  (draft) => form(draft, { count: 300, ordered: 1, amounts: true }),
];

const zeros: Variant[] = [
  (draft) => form(draft, { count: 60, ordered: 8, empty: () => 0 }),
  (draft) => form(draft, { count: 90, ordered: 12, empty: dashes, language: 'fr' }),
  (draft) => form(draft, { count: 45, ordered: 6, empty: () => '-', amounts: true }),
];

/** A form with preprinted line numbers; only the first lines are filled in. */
const numberedEmpty: Variant[] = [false, true].map((amounts) => (draft) => {
  const { chance, book, golden } = draft;
  const sheet = book.sheet('Order');
  titleBlock(sheet, chance, golden);
  const filled = chance.int(4, 11);
  const list = items(chance, filled + chance.int(10, 40));
  const c = columnsOf(chance, 'en');
  const base = [c.reference(), c.description(), c.quantity(), c.price()];
  const blank = base.map((column) => ({
    ...column,
    cell: (item: Item, row: number, index: number) => (index < filled ? column.cell(item, row, index) : undefined),
  }));
  const formula = c.amountFormula(4, 5);
  const amount = {
    ...formula,
    cell: (item: Item, row: number, index: number) => {
      const cell = formula.cell(item, row, index) as { formula: string };
      return index < filled ? cell : { ...cell, number: 0 };
    },
  };
  placeTable(sheet, golden, [c.number(), ...blank, ...(amounts ? [amount] : [])], list, {
    isLine: (_, index) => index < filled,
  });
  footer(sheet, chance);
});

export const catalogueTraits: Trait[] = [
  { name: 'catalogue-form', variants: forms },
  { name: 'catalogue-zeros-dashes', variants: zeros },
  {
    name: 'numbered-empty-rows',
    variants: [...numberedEmpty, (draft) => form(draft, { count: 80, ordered: 7, numbered: true, groupsToo: false })],
  },
];
