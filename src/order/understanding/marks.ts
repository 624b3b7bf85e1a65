import { saysNothing, textOf, type GridRow } from './grid';
import { KNOWN } from './header-rows';
import { isCancelledCount } from './lexicon/cancelled';
import { bestScore } from './lexicon/match';
import { stateIn } from './lexicon/states';
import { figureOf } from './profile';
import { plainWords } from './text';
import type { HeaderBlock, Remark, Table } from './types';

/** Headings of a column that marks rows as cancelled, by a letter or a day. */
const MARKS =
  /^(?:lo ?kz|loekz|abgru|loschkz|loschkennz|loschkennzeichen|loschvormerkung|deletion (?:flag|mark|indicator|code)|del flag|deleted|is deleted|cancelled|canceled|is cancelled|cancelled at|canceled at|cancelled on|annule|annulee|annule le|supprime|storniert|storniert am|storno|anul|annul|cancel|canc|storn|borr|borrado|ind borrado|marca de borrado|petr|supp|suppr|annullato|annullato il|anulado|anulado el|cancelado|geannuleerd|geannuleerd op)$/;
/** Whether a heading says that its column marks rows as cancelled. */
export const isMarkHeading = (text: string): boolean => MARKS.test(plainWords(text));

const UNMARKED = /^(?:0|no|n|non|nein|nee|nao|nie|nej|ne|false|faux|falsch|falso|open|none|null)$/i;

/** A mark in a column that says which rows are cancelled. A column headed by a letter has to hold nothing else. */
export function markIn({ header, grid, profiles }: Table, { number, cells }: GridRow): Remark | undefined {
  for (const { column, text } of header?.headings.values() ?? []) {
    const cell = cells[column];
    if (cell === undefined || saysNothing(cell) || UNMARKED.test(textOf(cell))) continue;
    const flag = text.trim();
    const isFlag = /^\p{L}$/u.test(flag) && flag === textOf(cell) && profiles.get(column)?.distinct === 1;
    if (isFlag || isMarkHeading(text)) return { why: 'cancelled', sure: true, from: grid.from(number, column) };
  }
  return undefined;
}

/**
 * A row of which a column counts what is cancelled: all of it, or a part, so that somebody has to say what is left. Where
 * all say 0 or 1, they are marks.
 */
export function cancelledIn({ header, grid, profiles, roles }: Table, { number, cells }: GridRow): Remark | undefined {
  const quantity = figureOf(cells[roles.get('quantity') ?? 0]);
  for (const { column, text } of header?.headings.values() ?? []) {
    const profile = profiles.get(column);
    const cancelled = figureOf(cells[column]);
    if (column === roles.get('quantity') || !profile || profile.numbers < profile.filled || profile.largest <= 1)
      continue;
    if (!(quantity > 0 && cancelled > 0) || !isCancelledCount(plainWords(text))) continue;
    return { why: 'cancelled', sure: cancelled >= quantity, from: grid.from(number, column) };
  }
  return undefined;
}

/** A letter or a cross that stands on few lines, under a heading that says nothing: somebody has to tell what it means. */
export function loneMarks({ header, profiles, used, known, wanted }: Table): number[] {
  return [...(header?.headings.values() ?? [])].flatMap(({ column, meaning }) => {
    const profile = profiles.get(column);
    const most = Math.max(0, ...[...profiles.values()].map(({ filled }) => filled));
    if (!profile || used.has(column) || known.has(column) || column === wanted || bestScore(meaning) >= KNOWN)
      return [];
    const isMark = profile.distinct === 1 && profile.letters === profile.seen && profile.numbers === 0;
    return isMark && profile.filled < 0.5 * most ? [column] : [];
  });
}

/** Headings of a column that says by yes and no which rows are ordered, beside their quantities. */
const WANTED =
  /^(?:order|orders|to order|ordered|buy|wanted|needed|commander|a commander|commande|bestellen|bestellung|bestellt|pedir|pedido|ordinare|da ordinare|ordine|bestellen|bestelling|encomendar|encomenda|zamowic|zamowienie|objednat|bestall|bestil)$/;
const YES = /^(?:x|✓|✔|yes|y|oui|o|ja|j|si|sí|sì|s|sim|tak|t|ano|a|1|true|vrai|wahr)$/i;

/** The column that says by yes and no which of the rows with a quantity are ordered; undefined without one. */
export function wantedColumn(
  header: HeaderBlock | undefined,
  roles: Table['roles'],
  rows: readonly GridRow[],
): number | undefined {
  const quantity = roles.get('quantity');
  return [...(header?.headings.values() ?? [])].find(({ column, text }) => {
    if (quantity === undefined || column === quantity || !WANTED.test(plainWords(text))) return false;
    const texts = rows.flatMap(({ cells }) =>
      saysNothing(cells[column]) || saysNothing(cells[quantity]) ? [] : [textOf(cells[column])],
    );
    const isYes = (word: string) => YES.test(word);
    return texts.some(isYes) && texts.every((word) => isYes(word) || UNMARKED.test(word));
  })?.column;
}

/** A row that such a column says is not wanted; a row without a word, where others have one, is asked about. */
export function unwantedIn({ wanted, grid }: Table, { number, cells }: GridRow): Remark | undefined {
  const text = wanted === undefined ? undefined : textOf(cells[wanted]);
  if (wanted === undefined || text === undefined || YES.test(text)) return undefined;
  return { why: 'cancelled', sure: UNMARKED.test(text), from: grid.from(number, wanted) };
}

/** A negative quantity in a row that speaks of a return, as of empties. */
export function returnIn({ roles, grid }: Table, { number, cells }: GridRow): Remark | undefined {
  if (!(figureOf(cells[roles.get('quantity') ?? 0]) < 0)) return undefined;
  const column = cells.findIndex((cell) => {
    const text = cell?.value.is === 'text' ? textOf(cell) : '';
    return text !== '' && (stateIn(text)?.state === 'returned' || EMPTIES.test(plainWords(text)));
  });
  return column < 0 ? undefined : { why: 'returned', sure: true, from: grid.from(number, column) };
}

const EMPTIES =
  /(?<!\p{L})(?:empties|empty kegs?|vides|deconsigne|deconsignation|leergut|leergutruckgabe|vuoti|vacios|envases|statiegeld|emballage retour|vasilhame|zwrot|returpant)(?!\p{L})/u;
