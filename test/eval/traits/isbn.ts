import type { CellIn } from '../corpus/book';
import type { Column } from '../corpus/columns';
import { ean13, items, type Item } from '../corpus/goods';
import type { Draft } from '../corpus/trait';

/** A column of ISBNs alone: right as the reference and as the ean. */
export const isbn = (header: string, cell: (item: Item) => CellIn): Column => ({
  header,
  cell,
  field: 'code',
  want: ({ ean }) => ean,
});
export const books = (draft: Draft) =>
  items(draft.chance, draft.chance.int(6, 14)).map((item) => ({ ...item, ean: ean13(draft.chance, '978') }));
