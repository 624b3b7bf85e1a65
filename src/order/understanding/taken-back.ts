import { decimal, decimalText } from './decimal';
import type { LeftOut, UnnumberedLine } from './line';
import { stateIn } from './lexicon/states';
import { OF_LINE } from './replacements';
import { plainWords } from './text';
import type { Provenance } from '../../../schemas/order/order';

/** Words before the figure that no longer counts: `4 btls instead of 2`. */
const INSTEAD =
  /(?<!\p{L})(?:instead of|in place of|rather than|not|and not|nicht|anstatt|statt|anstelle von|au lieu d[e']?|et non|pas|plutot que|invece di|anziche|e non|y no|en niet|niet|e nao|a nie|och inte|og ikke|nikoliv|ne|al posto di|en vez de|en lugar de|in plaats van|i p v|ipv|em vez de|zamiast|misto|i stallet for|istallet for|i stedet for)\s+(?:the |les |die |de |le |los |gli |of |von )?(\d{1,4})(?!\d)/u;
const FIGURE = /(?<![\p{L}\d.,/-])\d{1,4}(?![\p{L}\d.,/-])/gu;
/** Words by which a message takes an article back, at its beginning. */
const BACK =
  /^(?:(?:please|pls|ok|and|oh|actually|sorry|bitte|s il (?:vous|te) plait|svp|por favor|per favore|graag|prosze|oder|doch|finalement|en fait|ah)\s+)*(?:scrap|cancel|forget|drop|skip|leave out|no need for|annule[rz]?|laisse[rz]? tomber|oublie[rz]?|enleve[rz]?|streich\p{L}*|storniere\p{L}*|vergiss|ohne die|anula\p{L}*|olvida\p{L}*|quita\p{L}*|annulla\p{L}*|lascia(?:te)? (?:stare|perdere)|togli\p{L}*|schrap\p{L}*|vergeet|cancela\p{L}*|tira\p{L}*|rezygnuj\p{L}*|anuluj\p{L}*|stryk|drop)(?: |$)/u;

/** The figure of a message that no longer counts, beside another one; undefined if it puts none in the place of one. */
export function figureBefore(text: string): string | undefined {
  const plain = plainWords(text);
  const [instead, before] = INSTEAD.exec(plain) ?? [];
  return instead !== undefined && /(?<![\p{L}\d])\d/u.test(plain.replace(instead, ' ')) ? before : undefined;
}

/** Whether a message takes back what it names by its number, wherever it says so: `Pos. 3 bitte streichen`, `annuler la ligne 2`. */
export const takesBackLine = (plain: string): boolean => {
  const rest = plain.replace(OF_LINE, ' ').replace(/\s+/g, ' ').trim();
  return rest !== plain && (BACK.test(rest) || stateIn(rest)?.state === 'cancelled');
};

/**
 * Takes what a later message says of the one line that it names: another quantity in place of the one it had, which it
 * repeats, or that it is not wanted. Undefined if the message says something else, or not clearly so.
 */
export function takeBack(text: string, draft: UnnumberedLine, from: Provenance): 'changed' | LeftOut | undefined {
  const plain = plainWords(text);
  const [instead, before] = INSTEAD.exec(plain) ?? [];
  if (instead === undefined) return BACK.test(plain) ? { draft, why: 'cancelled', from } : undefined;
  const figures = [...plain.replace(instead, ' ').matchAll(FIGURE)].map(([figure]) => figure);
  const [now] = figures;
  if (figures.length !== 1 || now === undefined || before !== draft.line.quantity?.value) return undefined;
  const quantity = decimal(now);
  const value = quantity && decimalText(quantity);
  if (!quantity || value === undefined) return undefined;
  draft.quantity = quantity;
  draft.line.quantity = { value, source: 'file', from, confidence: 0.7 };
  return 'changed';
}
