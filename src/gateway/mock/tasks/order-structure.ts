import { textOf, type Rule } from '../rule';

interface Row {
  row: number;
  cells: { column: number; text: string }[];
}

/** Words of headings, the most telling first: ordered quantities before quantities of anything else. */
const words: readonly (readonly [role: string, word: RegExp])[] = [
  ['quantity', /\b(order(ed)?|command[ée]e?s?|souhait\p{L}*|wanted)(?!\p{L})/iu],
  ['quantity', /\b(qty|quantity|qt[ée]|quantit[ée])(?!\p{L})/iu],
  ['reference', /\b(ref|reference|r[ée]f[ée]rence|r[ée]f|sku|code|article)(?!\p{L})/iu],
  ['description', /\b(description|d[ée]signation|libell[ée]|product|produit|item)(?!\p{L})/iu],
  ['unit_price', /\b(price|prix|pu)(?!\p{L})/iu],
  ['amount', /\b(amount|montant)(?!\p{L})/iu],
];

/**
 * The structure of tables, by rule: the header is the row with the most texts that is followed by a row with numbers;
 * a few words give the roles. A sheet is left out if no heading names a quantity, or two name it alike.
 */
export const orderStructure: Rule = ({ messages }) => {
  const asked = messages.find(({ role }) => role === 'user');
  const { sheets = [] } = JSON.parse(asked ? textOf(asked) : '{}') as { sheets?: { sheet: string; rows: Row[] }[] };
  return { structures: sheets.flatMap(({ sheet, rows }) => structure(sheet, rows)) };
};

function structure(sheet: string, rows: readonly Row[]) {
  const heads = rows
    .slice(0, -1)
    .map((row, at) => ({ row, at, texts: row.cells.filter((cell) => !isNumber(cell)).length }));
  const header = heads
    .filter(({ at }) => rows[at + 1]!.cells.some(isNumber))
    .reduce<(typeof heads)[number] | undefined>(
      (best, one) => (best && best.texts >= one.texts ? best : one),
      undefined,
    );
  if (!header) return [];
  const columns: { column: number; role: string }[] = [];
  for (const [role, word] of words) {
    const free = header.row.cells.filter(({ column }) => !columns.some((taken) => taken.column === column));
    const [found, ...others] = free.filter(({ text }) => word.test(text));
    // two columns that match alike cannot be told apart by their headings
    if (found && others.length === 0 && !columns.some((taken) => taken.role === role))
      columns.push({ column: found.column, role });
  }
  if (!columns.some(({ role }) => role === 'quantity')) return [];
  return [
    {
      ...{ sheet, header_rows: [header.row.row], first_row: header.row.row + 1, last_row: rows.at(-1)!.row },
      layout: 'rows',
      columns: columns.sort((a, b) => a.column - b.column),
    },
  ];
}

const isNumber = ({ text }: { text: string }): boolean => /^[\s\d.,'’-]*\d[\s\d.,'’€$£%-]*$/.test(text);
