import type { SourcedText } from '../../../schemas/order/order';
import { isBlank, textOf, type GridRow } from './grid';
import { factLabelOf, isLoose } from './lexicon/facts';
import { meaningOf } from './lexicon/match';
import type { UnnumberedLine } from './line';
import { identityOf } from './lines';
import type { SheetReading } from './sheet-reading';

/** A shop, a site or a branch that a row above some lines names. */
interface Place {
  row: number;
  value: SourcedText;
}

/** Words before the name of a place, in a row of its own: `Filia Kraków, ul. Wielicka 14`. */
const NAMED =
  /^(?:filia|filiale|zweigstelle|niederlassung|standort|baustelle|branch|store|shop|site|depot|magasin|boutique|agence|succursale|chantier|école|school|schule|scuola|escuela|colegio|collège|lycée|hotel|hôtel|restaurant|ristorante|restaurante|café|bar|résidence|residencia|residenza|klinik|clinique|hospital|hôpital|ospedale|praxis|kita|kindergarten|crèche|asilo|guardería|werk|usine|fabrik|tienda|sucursal|negozio|punto vendita|cantiere|plesso|vestiging|winkel|loja|butik|butikk|afdeling|pobočka|prodejna|oddział|sklep)\s+(?:n[°o]\.?\s*)?[\p{Lu}\d]/iu;
const LONGEST = 120;

/**
 * Gives each line the place that a row above it names, as a title of its block or with a label, where the lines of a
 * file have several.
 */
export function placeLines(sheets: readonly SheetReading[]): void {
  titleBlocks(sheets);
  const all = sheets.map((sheet) => {
    const drafts = sheet.readings.flatMap((reading) => reading.drafts);
    const inside = new Set(drafts.map(({ row }) => row));
    const isSearched = drafts.length > 0 && !sheet.tables.some(({ grid }) => grid.turned);
    const places = isSearched ? placesOf(sheet, inside) : [];
    return drafts.map((draft) => ({ draft, place: places.findLast(({ row }) => row < draft.row)?.value }));
  });
  // a sheet with a line of no place, such as a summary, has none
  const found = all.flatMap((lines) => (lines.every(({ place }) => place) ? lines : []));
  const names = new Set(found.flatMap(({ place }) => place?.value ?? []));
  if (names.size < 2 || found.some(({ draft }) => draft.line.destination)) return;
  for (const { draft, place } of found) if (place) draft.line.destination = place;
}

/** Rows above the headings of a block that may hold its title. */
const HEAD = 4;
/** A street, a square, or a number of a house behind a comma. */
const ADDRESS =
  /[:：]\s*\p{L}[^:]*\d|,\s*[^,]*\d|(?<!\p{L})(?:rue|avenue|av|boulevard|bd|chemin|place|quai|route|stra(?:ss|ß)e|str|weg|platz|gasse|allee|via|viale|piazza|corso|calle|c\/|avenida|plaza|paseo|street|st|road|rd|lane|ave|ul|ulica|rua|travessa|laan|straat|plein|gade|vej|gatan|vägen)(?!\p{L})/iu;

/** Words between a name and its address: `Lower Campus - deliver to: Triq il-Kbira 14`. */
const TO =
  /\s*[-–—,(]\s*(?:deliver(?:y)? to|ship to|livrer à|livraison à|à livrer|lieferung an|liefern an|lieferadresse|consegna(?:re)? a|entregar en|entrega en|leveren aan|levering op|entregar em|dostawa do)\s*[:：]\s*/iu;

/**
 * Gives the lines of each block the place that the words above its headings name, where a file has several blocks, of
 * several places: `Hotel Mirasol Playa, Paseo Marítimo 40`.
 */
function titleBlocks(sheets: readonly SheetReading[]): void {
  const blocks = sheets.flatMap(({ grid, readings }) => {
    const drafts = readings.flatMap((reading) => reading.drafts).sort((a, b) => a.row - b.row);
    const byTop = new Map<number, UnnumberedLine[]>();
    for (const draft of drafts) {
      const top = draft.table.header && !draft.table.grid.turned ? topOf(draft) : 0;
      byTop.set(top, [...(byTop.get(top) ?? []), draft]);
    }
    return [...byTop].map(([top, own]) => {
      const before = drafts.findLast(({ row }) => row < top)?.row ?? 0;
      return { drafts: own, place: titleAbove(grid, Math.max(before + 1, top - HEAD), top - 1) };
    });
  });
  const names = new Set(blocks.flatMap(({ place }) => place?.value ?? []));
  // several orders have an address each, and their lines none
  if (sheets.filter(({ grid, readings }) => isNumbered(grid, readings)).length > 1) return;
  if (blocks.length < 2 || names.size < 2 || blocks.some(({ place }) => !place)) return;
  if (blocks.some(({ drafts }) => drafts.some(({ line }) => line.destination))) return;
  for (const { drafts, place } of blocks) for (const { line } of drafts) line.destination = place;
}

/** Names of sheets that name no place. */
const NO_PLACE =
  /^(?:sheet|feuil|feuille|tabelle|blatt|hoja|foglio|blad|folha|arkusz|list|ark|page|seite|lines?|lignes?|order|commande|bestellung|pedido|ordine|items?|articles?|artikel)\s*\d*$/iu;

/**
 * Gives the lines of each sheet its name as their place, where another sheet sums the sheets up and they order the same
 * goods, or where each says above its lines that it is for whom it is called (`Restaurant: North`): they are parts of
 * one order, and nothing else tells them apart.
 */
export function placeSheets(sheets: readonly SheetReading[], isSummed: boolean): void {
  const own = sheets.flatMap(({ grid, readings }) => {
    const drafts = readings.flatMap((reading) => reading.drafts);
    return drafts.length > 0 ? [{ grid, drafts }] : [];
  });
  const told = own.some(({ grid, drafts }) => NO_PLACE.test(grid.sheet) || drafts.some(({ line }) => line.destination));
  const goods = own.map(({ drafts }) => [...new Set(drafts.map((draft) => identityOf(draft) ?? ''))]);
  const isShared = isSummed && new Set(goods.flat()).size < goods.flat().length;
  if (own.length < 2 || told || !(isShared || own.every(saysItsName))) return;
  for (const { grid, drafts } of own) {
    const from = { file: grid.file, sheet: grid.sheet };
    for (const { line } of drafts) line.destination = { value: grid.sheet, source: 'file', from, confidence: 0.6 };
  }
}

/** What a label may say of a place: nothing that is known, whose it is, or where it is. */
const OF_PLACES: ReadonlySet<string | undefined> = new Set([undefined, 'customer', 'delivery_address']);

/** Whether a label above the lines of a sheet has its name for a value: `Restaurant: North` on the sheet `North`. */
function saysItsName({ grid, drafts }: { grid: SheetReading['grid']; drafts: readonly UnnumberedLine[] }): boolean {
  const top = Math.min(...drafts.map(({ row }) => row));
  const name = grid.sheet.trim().toLowerCase();
  return grid.rows
    .filter(({ number }) => number < top)
    .some(({ cells }) =>
      cells.some((cell, column) => {
        const [label = '', value = ''] = textOf(cell).split(/\s*[:：]\s*/);
        const beside = value === '' ? textOf(cells[column + 1]) : value;
        const isCode = !OF_PLACES.has(factLabelOf(label));
        return /^\p{L}/u.test(label) && !isCode && beside.trim().toLowerCase() === name && label.toLowerCase() !== name;
      }),
    );
}

/** Whether a sheet has an order number of its own above its lines. */
const isNumbered = (grid: SheetReading['grid'], readings: SheetReading['readings']): boolean => {
  const top = Math.min(...readings.flatMap(({ drafts }) => drafts.map(({ row }) => row)));
  return grid.rows
    .filter(({ number }) => number < top)
    .some(({ cells }) =>
      cells.some((cell) => {
        const [label = ''] = textOf(cell).split(/\s*[:：]|\s+(?=\S*\d)/);
        return cell?.value.is === 'text' && factLabelOf(label) === 'order_number';
      }),
    );
};

/** The first row of the headings right above a line. */
function topOf({ row, table }: UnnumberedLine): number {
  let top = Math.max(0, ...[...table.headerRows].filter((head) => head < row));
  while (table.headerRows.has(top - 1)) top -= 1;
  return top;
}

/** The last text alone in its row that names a place, in some rows: what stands above it is the letterhead. */
function titleAbove(grid: SheetReading['grid'], first: number, last: number): SourcedText | undefined {
  for (let row = last; row >= first; row -= 1) {
    const cells = grid.row(row)?.cells ?? [];
    const filled = [...cells.keys()].filter((column) => !isBlank(cells[column]));
    const [column] = filled;
    const text = textOf(cells[column ?? 0]);
    if (filled.length !== 1 || column === undefined || text.length > LONGEST || /[:：]/.test(text.replace(TO, '')))
      continue;
    if (!NAMED.test(text) && !ADDRESS.test(text)) continue;
    return { value: text.replace(TO, ' - '), source: 'file', from: grid.from(row, column), confidence: 0.75 };
  }
  return undefined;
}

function placesOf({ grid, tables }: SheetReading, inside: ReadonlySet<number>): Place[] {
  const heads = new Set(tables.flatMap(({ headerRows }) => [...headerRows]));
  return grid.rows.flatMap((row): Place[] => {
    if (inside.has(row.number) || heads.has(row.number)) return [];
    // above the headings stands where all of it goes
    const isBelow = row.number > Math.min(...heads);
    const found = labelled(row, isBelow) ?? alone(row);
    if (!found) return [];
    const from = grid.from(row.number, found.column);
    return [{ row: row.number, value: { value: found.text, source: 'file', from, confidence: 0.8 } }];
  });
}

function alone({ cells }: GridRow): { column: number; text: string } | undefined {
  const filled = [...cells.keys()].filter((column) => !isBlank(cells[column]));
  const [column] = filled;
  const text = textOf(cells[column ?? 0]);
  return filled.length === 1 && column !== undefined && text.length <= LONGEST && NAMED.test(text)
    ? { column, text }
    : undefined;
}

/**
 * `Plesso: | Primaria Fermi`, `Loja: Porto`, below the headings also `Lieferung an: Hotel Seerose`: a label of places
 * with a name beside it. Who orders is no place.
 */
function labelled({ cells }: GridRow, isBelow: boolean): { column: number; text: string } | undefined {
  for (const [column, cell] of cells.entries()) {
    if (cell?.value.is !== 'text') continue;
    const [label = '', inside = ''] = textOf(cell).split(/\s*[:：]\s*/);
    const fact = factLabelOf(label);
    const isAddress = isBelow && fact === 'delivery_address';
    if (fact && !isAddress && !isLoose(label)) continue;
    const isPlace = meaningOf(label).senses.some(({ sense, score }) => sense === 'destination' && score >= 0.9);
    if (!isPlace && !isAddress) continue;
    if (/^\p{L}/u.test(inside) && inside.length <= LONGEST) return { column, text: inside };
    const next = cells[column + 1];
    const text = inside === '' ? textOf(next) : '';
    if (next?.value.is === 'text' && /\p{L}/u.test(text) && text.length <= LONGEST) return { column: column + 1, text };
  }
  return undefined;
}
