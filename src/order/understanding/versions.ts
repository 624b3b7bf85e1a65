import type { Kind } from './types';
import { identityOf } from './lines';
import type { TableReading } from './line';
import { isBlank, textOf } from './grid';
import { replaces } from './lexicon/states';
import type { SheetReading } from './sheet-reading';
import { plainWords } from './text';

/** Words for one of several versions of the same order in the name of a sheet. */
const VERSION =
  /(?:^|[^\p{L}])(?:v|ver|version|versione|versión|versie|versão|rev|révision|revision|r)\s*\.?\s*\d|\b(?:final|finale|définitif|endgültig|definitivo|definitief|old|new|alt|neu|ancien|nouveau|vecchio|nuovo|viejo|nuevo|oud|nieuw|copy|copie|kopie|copia|cópia|draft|brouillon|entwurf|bozza|borrador)\b|\(\d\)\s*$/iu;

/** References of a sheet. */
const namesOf = (readings: readonly TableReading[]): Set<string> =>
  new Set(readings.flatMap(({ drafts }) => drafts.flatMap((draft) => identityOf(draft) ?? [])));

const areAlike = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size > 0 && [...a].filter((each) => b.has(each)).length >= 0.5 * Math.min(a.size, b.size);

/** Sheets with most of the references of the only one that says that it replaces another. */
export function replacedIn(sheets: readonly SheetReading[]): Map<SheetReading, Kind> {
  const saying = sheets.flatMap((sheet) => {
    const from = replacementOn(sheet);
    return from ? [{ sheet, from, names: namesOf(sheet.readings) }] : [];
  });
  const [only] = saying;
  if (!only || saying.length > 1) return new Map();
  const others = sheets.filter((sheet) => sheet !== only.sheet && areAlike(namesOf(sheet.readings), only.names));
  return new Map(
    others.map((sheet) => [sheet, { kind: 'superseded', words: only.from.text ?? '', evidence: [only.from] }]),
  );
}

/** The words above the tables of a sheet by which it replaces an earlier version. */
function replacementOn({ grid, tables }: SheetReading) {
  const top = Math.min(TITLE_ROWS, ...tables.map(({ first }) => first));
  for (const { number, cells } of grid.rows) {
    if (number >= top) return undefined;
    const column = cells.findIndex((cell) => !isBlank(cell) && replaces(textOf(cell)));
    if (column > 0) return grid.from(number, column);
  }
  return undefined;
}

const TITLE_ROWS = 30;

/** Words by which one sheet alone counts. */
const ALONE =
  /\b(?:only this (?:sheet|page|tab)|this (?:sheet|page|tab) (?:only|alone)|seule? (?:cette feuille|la presente feuille|cet onglet)|cette feuille (?:seule|uniquement)|(?:nur|allein) (?:dieses blatt|diese tabelle|dieses tabellenblatt)|dieses blatt (?:allein|gilt)|(?:solo|soltanto) (?:questo foglio|esta hoja)|alleen dit (?:blad|tabblad)|so esta folha|tylko ten arkusz|pouze tento list|endast detta blad|kun dette ark)\b/;

/** The sheet that says that it alone is the order; undefined if none or several do. */
export function sheetAlone(sheets: readonly SheetReading[]): SheetReading | undefined {
  if (sheets.length < 2) return undefined;
  const saying = sheets.filter(
    ({ grid, readings }) =>
      readings.some(({ drafts }) => drafts.length > 0) &&
      grid.rows.some(({ cells }) =>
        cells.some((cell) => cell?.value.is === 'text' && ALONE.test(plainWords(textOf(cell)))),
      ),
  );
  return saying.length === 1 ? saying[0] : undefined;
}

const YEAR = /(?<!\d)(?:19|20)\d\d(?!\d)/g;

/** Whether two names differ by a year alone: `Christmas 2025`, `Christmas 2026`. */
const areYearsApart = (a: string, b: string): boolean => a !== b && a.replace(YEAR, '') === b.replace(YEAR, '');

/** Sheets that by their names may be versions of one order, and share most of their references. */
export function versionsIn(sheets: ReadonlyMap<string, readonly TableReading[]>): string[] {
  const named = [...sheets].flatMap(([name, readings]) => {
    const names = namesOf(readings);
    return names.size > 0 ? [{ name, names }] : [];
  });
  for (const one of named) {
    const others = named.filter(({ name, names }) => {
      const isVersion = VERSION.test(name) || VERSION.test(one.name) || areYearsApart(name, one.name);
      if (name === one.name || !isVersion) return false;
      return areAlike(names, one.names);
    });
    if (others.length > 0) return [one.name, ...others.map(({ name }) => name)];
  }
  return [];
}
