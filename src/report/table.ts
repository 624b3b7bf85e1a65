import type { Language } from '../../schemas/language';
import { columnsOf, textOf } from '../transform/columns';
import { isThere, type Item } from '../transform/fields';
import { documentOf, inline, table } from './markdown';
import { phrases } from './phrases';

/** Items as a table. Columns of nothing but numbers stand to the right. */
export function tableReport(given: { title?: string; items: Item[]; columns?: string[]; language?: Language }): string {
  const { title, items, columns: names, language = 'en' } = given;
  const columns = columnsOf(items, names);
  const right = columns.map(({ field }) =>
    items.every((item) => !isThere(field(item)) || typeof field(item) === 'number'),
  );
  const rows = items.map((item) => columns.map(({ field }) => inline(textOf(field(item)))));
  const head = columns.map(({ name }) => inline(name));
  return documentOf([
    title !== undefined && `# ${inline(title)}`,
    columns.length > 0 && items.length > 0 ? table(head, rows, right) : phrases[language].noRows,
  ]);
}
