import { bareTable } from './bare-table';
import { calendarOf, dayLabelOf, namesDay } from './day-labels';
import { isBlank, saysNothing, textOf, type Grid, type GridRow } from './grid';
import { isLabel, KNOWN } from './header-rows';
import { isDestination, rowLabelOf } from './lexicon/labels';
import { bestScore, meaningOf, scoreOf } from './lexicon/match';
import type { Sense } from './lexicon/headings/sense';
import { figureOf } from './profile';
import { ordersNothing } from './rows';
import { plainWords } from './text';
import type { Block, ColumnRole, Table } from './types';

const FIELDS: readonly [ColumnRole, Sense][] = [
  ['reference', 'reference'],
  ['ean', 'ean'],
  ['description', 'description'],
  ['variant', 'variant'],
  ['unit', 'unit'],
  ['unit_price', 'unit_price'],
];
const LEAST = 2;
const SURE = 0.85;
/** Headings of a column that can only hold people, or groups of them. */
const PEOPLE =
  /^(?:(?:first |last |full )?names? of (?:the )?(?:child|pupil|player|employee|staff)\p{L}*|first name|surname|employees?|staff|colleagues?|persons?|people|who|pupils?|players?|guests?|prenoms?|nom et prenom|nom prenom|personnes?|eleves?|qui|joueurs?|salaries?|mitarbeiter\p{L}*|vorname|personen|person|wer|schuler\p{L}*|spieler\p{L}*|empleados?|persona|personas|quien|alumnos?|dipendent[ei]|persone|chi|alunn[oi]|medewerkers?|personen|wie|leerling\p{L}*|colaborador\p{L}*|pessoas?|pracownik\p{L}*|osoba|osoby|medarbejder\p{L}*|medarbetare|ansatte?)$/u;
/** Rows of the longest such sheet. */
const ROWS = 120;

/**
 * A table whose articles stand side by side and whose rows are days, weeks, branches or people: rows of labels such as
 * `Article no.`, `Article`, `Unit` and `Price` at the left name what is ordered in each column, or a heading such as
 * `Employee` says that the names below are no articles. Undefined without them.
 */
export function articlesAcross(grid: Grid): Table | undefined {
  if (grid.rows.length > ROWS || grid.turned) return undefined;
  const begin = grid.rows.findIndex((row) => labelOf(row) !== undefined || namesPeople(row));
  const heads: { field: ColumnRole; row: GridRow }[] = [];
  const first = grid.rows[begin];
  const ofPeople = first !== undefined && namesPeople(first);
  if (ofPeople) heads.push({ field: 'description', row: first });
  for (const row of grid.rows.slice(Math.max(0, begin + heads.length))) {
    const field = labelOf(row);
    if (field === undefined || heads.some((head) => head.field === field)) break;
    heads.push({ field, row });
  }
  const names = heads.find(({ field }) => field === 'reference' || field === 'ean' || field === 'description');
  if (begin < 0 || (heads.length < LEAST && !ofPeople) || !names) return undefined;
  const below = grid.rows.slice(begin + heads.length);
  const price = heads.some(({ field }) => field === 'unit_price')
    ? undefined
    : below.find((row) => labelOf(row) === 'unit_price');
  if (price) heads.push({ field: 'unit_price', row: price });
  const left = firstColumn(names.row);
  const columns = [...names.row.cells.keys()].filter((column) => column > left && !isBlank(names.row.cells[column]));
  const calendar = calendarOf(grid, names.row.number);
  const lines = below.filter((row) => row !== price && isLine(row, left, columns));
  const isTold = (text: string) =>
    ofPeople || namesDay(text) || dayLabelOf(text, calendar) !== undefined || isDestination(text);
  if (lines.length < LEAST || !lines.every(({ cells }) => isTold(textOf(cells[left])))) return undefined;
  const blocks = lines.flatMap(({ number, cells }) =>
    columns.flatMap((column): Block[] => {
      if (ordersNothing(cells[column]) || figureOf(cells[column]) === 0) return [];
      const fields = heads.map(({ field, row }) => [field, { row: row.number, column }]);
      const own = ofPeople ? 'note' : isDestination(textOf(cells[left])) ? 'destination' : 'delivery_date';
      return [
        {
          ...(Object.fromEntries(fields) as Block),
          quantity: { row: number, column },
          [own]: { row: number, column: left },
        },
      ];
    }),
  );
  const wrong = columns.filter((column) => isOtherSum(column, lines, below, left));
  return {
    ...bareTable(
      {
        ...{ grid, first: names.row.number, last: lines.at(-1)?.number ?? names.row.number },
        ...{ roles: new Map(heads.map(({ field }) => [field, columns[0] ?? left])), columns: [left, ...columns] },
      },
      grid.width,
    ),
    blocks,
    doubts: wrong.length > 0 ? [{ blocking: false, columns: wrong, why: 'matrix' }] : [],
  };
}

/** Whether a row below the lines states another sum of a column than theirs. */
function isOtherSum(column: number, lines: readonly GridRow[], below: readonly GridRow[], left: number): boolean {
  const stated = below.find(({ cells }) => rowLabelOf(textOf(cells[left]))?.label === 'total')?.cells[column];
  const sum = lines.reduce((all, { cells }) => all + (figureOf(cells[column]) || 0), 0);
  return figureOf(stated) >= 0 && Math.abs(figureOf(stated) - sum) > 1e-6;
}

const firstColumn = ({ cells }: GridRow): number => cells.findIndex((cell) => !isBlank(cell));

/** Whether a row has a heading of people, and names of what nobody knows as a column behind it. */
const namesPeople = (row: GridRow): boolean => {
  const [first, ...others] = row.cells.filter((cell) => !isBlank(cell));
  const isOpen = others.every((cell) => isLabel(cell) && bestScore(meaningOf(textOf(cell))) < KNOWN);
  return PEOPLE.test(plainWords(textOf(first))) && others.length >= LEAST && isOpen;
};

/** Field of each article that a row gives, by the label at its left. */
function labelOf(row: GridRow): ColumnRole | undefined {
  const left = firstColumn(row);
  const text = textOf(row.cells[left]);
  if (left < 0 || row.cells.filter((cell) => !isBlank(cell)).length < 1 + LEAST) return undefined;
  const meaning = meaningOf(text.replace(/\s*[:：]$/, ''));
  const field = FIELDS.find(([, sense]) => scoreOf(meaning, sense) >= SURE)?.[0];
  if (field !== 'unit_price') return field;
  return row.cells.every((cell, column) => column <= left || isBlank(cell) || figureOf(cell) > 0) ? field : undefined;
}

/** Whether a row orders: words at its left that are no sum, and a figure under an article. */
const isLine = ({ cells }: GridRow, left: number, columns: readonly number[]): boolean =>
  cells[left]?.value.is !== undefined &&
  !saysNothing(cells[left]) &&
  rowLabelOf(textOf(cells[left])) === undefined &&
  columns.some((column) => figureOf(cells[column]) > 0);
