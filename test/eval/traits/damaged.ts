import type { CellIn } from '../corpus/book';
import type { Column, Columns } from '../corpus/columns';
import type { Item } from '../corpus/goods';
import { orderPage } from '../corpus/order';
import type { Trait, Variant } from '../corpus/trait';
import { books, isbn } from './isbn';

/** Codes that lost digits in the file itself: the line stays, and is flagged. */
const damagedBy =
  (damage: (item: Item) => CellIn, share: number, columns?: (c: Columns, code: Column) => Column[]): Variant =>
  (draft) => {
    draft.dialect({ writer: 'xml' });
    const list = books(draft);
    const hurt = new Set(list.filter((_, index) => index === 1 || draft.chance.yes(share)));
    const code = isbn('ISBN', (item) => (hurt.has(item) ? damage(item) : { number: item.ean, format: '0' }));
    const sheet = draft.book.sheet('Order');
    orderPage(draft, {
      sheet,
      list,
      sums: false,
      columns: (c) => columns?.(c, code) ?? [code, c.description('Title'), c.quantity(), c.price()],
      table: {
        line: (line, item) => {
          if (!hurt.has(item)) return;
          // the cell's value, or nothing: a person has to find out
          delete line.code;
          const shown = damage(item);
          const text = typeof shown === 'string' ? shown : typeof shown === 'object' ? String(shown.number) : null;
          line.values.ean = line.values.reference = [null, text];
          draft.must('line.reference_damaged', sheet.name, [line.row]);
          draft.may('line.reference_missing', sheet.name, [line.row]);
          draft.may('line.reference_duplicate', sheet.name);
        },
      },
    });
  };
const damaged: Variant[] = [
  damagedBy(({ ean }) => `${ean[0]}.${ean.slice(1, 3)}E+12`, 1),
  damagedBy(({ ean }) => `${ean[0]},${ean.slice(1, 3)}E+12`, 0.2),
];
/** Eighteen digits as a number: Excel kept fifteen. Every form of it is wrong; only the flag counts. */
const tooLong: Variant = (draft) => {
  draft.dialect({ writer: 'xml' });
  draft.golden.free.push('reference', 'ean');
  const sheet = draft.book.sheet('Order');
  const { lineRows } = orderPage(draft, {
    sheet,
    sums: false,
    columns: (c) => [
      c.other('Item code', () => ({ number: `3.4012${draft.chance.digits(10)}E+17`, format: '0' })),
      c.description(),
      c.quantity(),
    ],
  });
  for (const row of lineRows) draft.must('line.reference_damaged', sheet.name, [row]);
  draft.may('line.reference_missing');
  draft.may('line.reference_duplicate');
};

export const damagedTraits: Trait[] = [{ name: 'damaged-codes', variants: [...damaged, tooLong] }];
