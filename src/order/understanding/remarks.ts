import { alternativeTo } from './alternatives';
import { colouredRow } from './coloured-rows';
import { isBlank, textOf, type GridCell, type GridRow } from './grid';
import { speaksOfPrices } from './lexicon/past';
import { stateIn, type RowState } from './lexicon/states';
import { titleOf } from './lexicon/titles';
import { cancelledIn, markIn, returnIn, unwantedIn } from './marks';
import { partOf } from './parts';
import { share } from './profile';
import { OF_LINE, rowNamedIn } from './replacements';
import { plainWords } from './text';
import type { Remark, Table } from './types';

/** States by which a row is not ordered. */
const NOT_ORDERED: ReadonlySet<RowState> = new Set([
  ...(['cancelled', 'returned', 'example', 'superseded', 'unavailable', 'suspended'] as const),
]);
const NAMES = ['reference', 'ean', 'description', 'quantity'] as const;
const FIGURES = ['unit_price', 'amount', 'discount_percent', 'delivery_date'] as const;

/** A strike or a remark in a row of a table by which it is not, or not surely, ordered. */
export function remarkOn(table: Table, row: GridRow): Remark | undefined {
  return (
    colouredRow(table, row) ??
    strikeIn(table, row) ??
    alternativeTo(table, row) ??
    cancelledIn(table, row) ??
    markIn(table, row) ??
    unwantedIn(table, row) ??
    returnIn(table, row) ??
    wordsIn(table, row) ??
    partOf(table, row)
  );
}

/** A row of which the quantity or the name is struck through. Where only a part of a cell is, somebody has to look. */
function strikeIn({ roles, labels, grid }: Table, { number, cells }: GridRow): Remark | undefined {
  const columns = [...NAMES.flatMap((role) => roles.get(role) ?? []), ...labels.map(({ column }) => column)];
  const struck = columns.filter((column) => cells[column]?.struck);
  const [first] = struck;
  if (first === undefined) return undefined;
  const whole = struck.every((column) => !isPartly(cells[column]));
  const named = columns.filter((column) => !isBlank(cells[column]));
  const all = struck.length === named.length || (whole && struck.includes(roles.get('quantity') ?? first));
  return { why: 'struck', sure: whole && all, from: grid.from(number, first) };
}

/** Whether only some letters of a cell are struck through, as in an old figure beside the new one. */
const isPartly = (cell: GridCell | undefined): boolean =>
  cell?.value.is === 'text' && cell.value.kept !== undefined && cell.value.kept.trim() !== '';

function wordsIn(table: Table, row: GridRow): Remark | undefined {
  const { roles, labels, grid, left, right } = table;
  const figures = new Set([...FIGURES.map((role) => roles.get(role)), ...labels.map(({ column }) => column)]);
  for (const [column, cell] of row.cells.entries()) {
    if (cell?.value.is !== 'text' || figures.has(column)) continue;
    const text = textOf(cell);
    if (text.length > 120 || text.length < 2) continue;
    const found = stateOfCell(table, column, text, row);
    if (!found) continue;
    if (column < left - 1 || column > right + 2) continue;
    const isReplaced = found.state === 'superseded' && rowNamedIn(table, text, row.number) !== undefined;
    const isSure = isReplaced || (found.sure && (NOT_ORDERED.has(found.state) || column === roles.get('quantity')));
    return { why: found.state, sure: isSure, from: grid.from(row.number, column) };
  }
  return undefined;
}

/** Words of a remark that puts another figure in the place of one. */
const CHANGED =
  /(?<!\p{L})(?:au lieu de?|plutot que|instead of|rather than|change to|changed to|statt|anstatt|anstelle|invece di|al posto di|en vez de|en lugar de|in plaats van|i p v|ipv|em vez de|zamiast|misto|istallet for|i stedet for)(?!\p{L})/u;

/** A row that shows how to fill the form in: `e.g. X-1`, `z. B. Rohr`. */
const EXAMPLE =
  /^(?:\(\s*)?(?:e\.\s?g\.|ex\.?\s?:|p\.\s?ex\.|z\.\s?b\.|bijv\.|bv\.|np\.|ad\s?es\.|p\.\s?es\.|p\.\s?ej\.|f\.\s?eks\.|t\.\s?ex\.)\s*\S/iu;

/** How programs shorten that a line is cancelled. */
const SHORT = /^(?:ann|anl|anul|canc|cncl|cxl|cxld|can|stor|sto|del|supp|rej)$/;

const LEAST = 3;

/** State by the text of a cell, as far as its column lets it speak of the row. */
function stateOfCell(
  { roles, usual, profiles }: Table,
  column: number,
  text: string,
  { cells }: GridRow,
): { state: RowState; sure: boolean } | undefined {
  const of = (role: 'status' | 'reference' | 'ean' | 'description' | 'quantity' | 'line_number') =>
    roles.get(role) === column;
  if (of('reference') || of('ean')) {
    if (EXAMPLE.test(text)) return { state: 'example', sure: true };
    // no code is called an example
    const [first = '', second] = text.split(/\s*[:–]\s*/);
    const isExample = stateIn(first)?.state === 'example' && (second !== undefined || !/\d/.test(text));
    return isExample ? { state: 'example', sure: true } : undefined;
  }
  if (of('description')) return EXAMPLE.test(text) ? { state: 'example', sure: true } : stateInName(text);
  if (of('status') && SHORT.test(plainWords(text))) return { state: 'cancelled', sure: true };
  if (CHANGED.test(plainWords(text)) && /\d/.test(text) && !OF_LINE.test(plainWords(text)))
    return { state: 'held', sure: false };
  const found = stateInPart(text) ?? stateIn(text);
  if (!found) return undefined;
  const count = plainWords(text).split(' ').length;
  // `tbc` in place of a quantity orders nothing yet if nothing is computed for it, and else leaves the quantity open
  const isCounted = () =>
    ![...profiles.values()].some(
      (each) => each.filled >= LEAST && share(each, 'numbers') > 0.8 && isBlank(cells[each.column]),
    );
  if (of('quantity'))
    return found.begins && (NOT_ORDERED.has(found.state) || count <= 3)
      ? { ...found, sure: found.state !== 'held' || !isCounted() }
      : undefined;
  if (usual.get(column) === text) return undefined;
  if (of('status')) return { state: found.state, sure: found.begins };
  if (found.state === 'unavailable' || found.state === 'suspended')
    return { state: found.state, sure: found.begins && (shortest(text) <= 3 || isCalledOff(text)) };
  if (found.state === 'done' || found.state === 'held')
    return found.begins && shortest(text) <= 2 ? { ...found, sure: false } : undefined;
  if (found.state === 'example') return found.begins && count <= 2 ? { ...found, sure: true } : undefined;
  if (found.begins) return { state: found.state, sure: found.state === 'cancelled' || count <= 3 };
  return count <= 8 ? { state: found.state, sure: false } : undefined;
}

/** Words of a remark up to the first stop: 1 for `SOSPESA - cliente richiama`. */
const shortest = (text: string): number => plainWords(text.split(PARTS, 1)[0] ?? text).split(' ').length;

/** Whether a later part of a remark says that nothing is to come: `niet leverbaar volgens uw mail - niet naleveren`. */
const isCalledOff = (text: string): boolean =>
  text
    .split(PARTS)
    .slice(1)
    .some((part) => NOTHING_TO_COME.test(plainWords(part)));

const NOTHING_TO_COME =
  /^(?:niet (?:na)?leveren|ne pas (?:livrer|mettre en reliquat|garder en reliquat)|pas de reliquat|nicht (?:nach)?liefern|kein(?:e)? (?:nachlieferung|ruckstand)|no back ?orders?|do not back ?order|don t back ?order|do not (?:send|deliver|supply)|non (?:evadere|consegnare|spedire)|no (?:servir|enviar|pendiente)|nao (?:enviar|entregar)|nie (?:dosylac|wysylac|dostarczac))(?: |$)/;

const PARTS = /\s+[-–—]\s*|\s*[,;:(]\s*/;

/** That a row is cancelled, in a part of a longer remark: `Out of stock until June – do not deliver`. */
const stateInPart = (text: string): ReturnType<typeof stateIn> =>
  text
    .split(PARTS)
    .slice(1)
    .map((part) => stateIn(part))
    .find((found) => found?.begins && found.state === 'cancelled');

/** State in a product's name: `ANNULÉ - Vis`, `Nail (cancelled)`, `Exemple : Vis`, not `Return spring`. */
function stateInName(text: string): { state: RowState; sure: boolean } | undefined {
  const parts = text.split(/\s+[-–—/|]\s*|\s*[-–—/|]\s+|[()[\]*:]+/).filter((part) => plainWords(part) !== '');
  if (parts.length < 2 && text !== text.toUpperCase()) return undefined;
  for (const part of parts) {
    const found = stateIn(part);
    const short = plainWords(part).split(' ').length <= 4;
    if (!found?.begins || !short) continue;
    if (found.state === 'cancelled') return { state: 'cancelled', sure: true };
    if (found.state === 'unavailable' && parts.length > 1) return { state: 'unavailable', sure: true };
    if (found.state === 'suspended' && part !== parts[0]) return { state: 'suspended', sure: true };
    if (part === parts[0] && parts.length > 1 && OPTION.test(plainWords(part))) return { state: 'held', sure: false };
    if (found.state === 'example' && part === parts[0] && plainWords(part).split(' ').length === 1)
      return { state: 'example', sure: true };
    if (found.state === 'superseded') return { state: 'superseded', sure: false };
  }
  return undefined;
}

/** A name that begins with it: `OPTION – Store`, `Eventualposition: Kran`. */
const OPTION =
  /^(?:options?|optional|optionnel(?:le)?|eventualposition|bedarfsposition|alternativ(?:e|position)?|variante|opzione|opcion|optie|opcao|opcja)(?: |$)/;
const OPTIONS =
  /(?<!\p{L})(?:options?|alternativ\p{L}*|variantes?|eventual\p{L}*|opzion[ei]|opcion(?:es)?|opties?|opcoes|opcje)(?!\p{L})/u;
const UNCOUNTED =
  /(?<!\p{L})(?:non compris\p{L}*|non inclus\p{L}*|hors total|hors devis|not (?:included|in total)|excluded|nicht (?:enthalten|inbegriffen|im gesamt\p{L}*)|non (?:compres|inclus)\p{L}*|no (?:incluid|comprendid)\p{L}*|niet inbegrepen|nao incluid\p{L}*)(?!\p{L})/u;
/** What is to be fetched from the customer, not brought. */
const FETCHED =
  /(?<!\p{L})(?:vidanges?|zur (?:abholung|entsorgung|rucknahme)|leergut|to be (?:collected|picked up|disposed of)|for (?:collection|disposal)|empties|a (?:enlever|reprendre|recuperer)|reprise d\p{L}*|vides a rendre|da (?:ritirare|smaltire)|para (?:recoger|retirar)|op te halen|ter afvoer|para recolha|do odbioru|k odvozu)(?!\p{L})/u;
/** What binds nobody yet. */
const UNBINDING =
  /(?<!\p{L})(?:unverbindlich\p{L}*|non binding|not binding|non[- ]?contractuel\p{L}*|sans engagement|a titre indicatif|for information only|non vincolant\p{L}*|no vinculant\p{L}*|vrijblijvend|niezobowiazuj\p{L}*|nezavazn\p{L}*|vorschau|outlook|forecast|previsionnel\p{L}*|prevision\p{L}*|prognos\p{L}*)(?!\p{L})/u;

/** What a heading inside a table makes of the rows below it: `RETOURS (à reprendre)`, `Cancelled items`. */
export function stateOfSection(text: string): { why: RowState | 'section'; sure: boolean } | undefined {
  const whole = plainWords(text);
  if (OPTIONS.test(whole) && UNCOUNTED.test(whole)) return { why: 'section', sure: true };
  if (FETCHED.test(whole) && whole.split(' ').length <= 8) return { why: 'returned', sure: true };
  if (UNBINDING.test(whole) && whole.split(' ').length <= 8 && !speaksOfPrices(text))
    return { why: 'section', sure: true };
  const bare = text.replace(/[([][^)\]]*[)\]]/g, ' ');
  const part = bare
    .split(/\s+[-–—]\s+|\s*:\s*/)
    .slice(1)
    .map((each) => stateIn(each))
    .find((state) => state?.begins);
  if (part && plainWords(bare).split(' ').length <= 12) return { why: part.state, sure: true };
  if (plainWords(bare).split(' ').length > 5) return undefined;
  const found = stateIn(bare.replace(/[:：]\s*$/, ''));
  if (found?.begins) return { why: found.state, sure: true };
  if (found && NOT_ORDERED.has(found.state)) return { why: found.state, sure: true };
  const title = titleOf(bare);
  if (title && ['return', 'history', 'stock_list', 'forecast', 'credit_note'].includes(title.kind))
    return { why: 'section', sure: true };
  return undefined;
}
