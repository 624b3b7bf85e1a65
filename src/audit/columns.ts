import type { WorkRow } from '../../schemas/audit/work-context';
import { SpreadsheetError } from '../spreadsheets/errors';

/** A sheet as rows of plain cells: the number of each row in the sheet, and its cells from column A on. */
export interface PlainSheet {
  name: string;
  rows: [number, (string | number | null)[]][];
}

type Field = 'category' | 'estimated_minutes' | 'text';

/** Names of columns, without accents and punctuation. */
const names: Record<Field, readonly string[]> = {
  category: [
    ...[
      'category',
      'categories',
      'type',
      'kind',
      'area',
      'domain',
      'process',
      'theme',
      'group',
      'department',
      'activity type',
    ],
    ...['categorie', 'type d activite', 'domaine', 'processus', 'famille', 'rubrique', 'groupe', 'service', 'pole'],
  ],
  estimated_minutes: [
    ...[
      'estimated minutes',
      'minutes',
      'min',
      'mins',
      'estimated time',
      'time',
      'duration',
      'time spent',
      'minutes spent',
    ],
    ...[
      'minutes estimees',
      'duree',
      'duree estimee',
      'temps',
      'temps estime',
      'temps passe',
      'nombre de minutes',
      'nb minutes',
    ],
    ...['duree en minutes', 'temps en minutes', 'duration in minutes', 'time in minutes', 'estimation'],
  ],
  text: [
    ...[
      'text',
      'description',
      'task',
      'tasks',
      'details',
      'detail',
      'work',
      'comment',
      'comments',
      'activity',
      'what',
      'action',
    ],
    ...[
      'texte',
      'tache',
      'taches',
      'libelle',
      'intitule',
      'designation',
      'travail',
      'commentaire',
      'activite',
      'description de la tache',
    ],
  ],
};

const UNITS = /\s*[([]\s*(min|mins|minutes?|mn)\s*\.?\s*[)\]]\s*$/;

/** Field of a column by its heading, in English or French. */
export function fieldOf(heading: unknown): Field | undefined {
  if (typeof heading !== 'string' || heading.length > 100) return undefined;
  const lower = heading
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .trim()
    .replace(UNITS, '');
  const plain = lower.replace(/[^a-z0-9]+/g, ' ').trim();
  return (Object.keys(names) as Field[]).find((field) => names[field].includes(plain));
}

/** Rows from the top in which the heading is searched. */
export const HEADING_WITHIN = 25;

/** Finds the heading and reads the rows below it as rows of work. */
export function rowsOf(sheets: PlainSheet[]): { sheet: string; rows: WorkRow[] } {
  for (const sheet of sheets) {
    for (const [index, [, cells]] of sheet.rows.slice(0, HEADING_WITHIN).entries()) {
      const columns = columnsOf(cells);
      if (columns.estimated_minutes === undefined || (columns.text ?? columns.category) === undefined) continue;
      return { sheet: sheet.name, rows: sheet.rows.slice(index + 1).flatMap((row) => toWorkRow(row, columns)) };
    }
  }
  throw noColumns(sheets);
}

function columnsOf(cells: unknown[]): Partial<Record<Field, number>> {
  const columns: Partial<Record<Field, number>> = {};
  for (const [index, cell] of cells.entries()) {
    const field = fieldOf(cell);
    if (field && columns[field] === undefined) columns[field] = index;
  }
  return columns;
}

function toWorkRow(
  [number, cells]: PlainSheet['rows'][number],
  columns: Partial<Record<Field, number>>,
): [WorkRow] | [] {
  const cell = (field: Field) => (columns[field] === undefined ? null : (cells[columns[field]] ?? null));
  const [category, minutes, text] = [cell('category'), cell('estimated_minutes'), cell('text')];
  if (category === null && minutes === null && text === null) return [];
  // a row of work may have further members: this one lets a report cite the row of the sheet
  const row: WorkRow & { source_row: number } = {
    category: category === null ? null : String(category),
    estimated_minutes: typeof minutes === 'string' ? numberIn(minutes) : minutes,
    text: text === null ? null : String(text),
    source_row: number,
  };
  return [row];
}

/** Reads `45`, `45.5` and `45,5` as numbers; other text is kept and flagged later. */
const numberIn = (text: string): number | string =>
  /^[+-]?\d{1,12}([.,]\d{1,6})?$/.test(text) ? Number(text.replace(',', '.')) : text;

function noColumns(sheets: PlainSheet[]): SpreadsheetError {
  const first = sheets.find(({ rows }) => rows.length > 0);
  const seen = first?.rows[0]?.[1].flatMap((cell) =>
    cell === null ? [] : [JSON.stringify(String(cell).slice(0, 40))],
  );
  const read = seen?.slice(0, 10).join(', ');
  return new SpreadsheetError(
    'no_columns',
    {
      en:
        `No columns of work were found. ${read ? `The first row of ${first?.name} reads ${read}.` : 'No cell could be read.'} ` +
        'Name three columns "category", "estimated minutes" and "text" (or "catégorie", "minutes estimées" and "texte"), ' +
        'in one row above the data.',
      fr:
        `Aucune colonne de travail n'a été trouvée. ${read ? `La première ligne de ${first?.name} contient ${read}.` : "Aucune cellule n'a pu être lue."} ` +
        'Nommez trois colonnes « catégorie », « minutes estimées » et « texte » (ou « category », « estimated minutes » et « text »), ' +
        'dans une même ligne au-dessus des données.',
    },
    first?.name,
  );
}
