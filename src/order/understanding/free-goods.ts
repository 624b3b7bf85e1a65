import { isBlank } from './grid';
import type { UnnumberedLine } from './line';
import { figureOf, type Profile } from './profile';
import { plainWords } from './text';
import type { HeaderBlock } from './types';

/** Headings of pieces that cost nothing, beside those that are ordered. */
const FREE =
  /(?<!\p{L})(?:free|foc|f o c|bonus|gratuits?|gratuites?|gratis|offerts?|ug|naturalrabatt|draufgabe|zugabe|omaggi?o?|sconto merce|sin cargo|sin coste|bonif\p{L}*|regalo|oferta|ofertas|sem custo|za darmo|zdarma|kostenlos\p{L}*|kosteloos|utan kostnad|uden beregning)(?!\p{L})/u;
/** Free stock is what is left, and free text is no piece. */
const OTHER = /(?<!\p{L})(?:stock|lager|text|texte|field|ship\p{L}*|delivery|port|franco)(?!\p{L})/u;

/** Whether a text in place of a price says that the goods cost nothing: `OMAGGIO`, `free of charge`. */
export const isFreeOfCharge = (text: string): boolean => {
  const plain = plainWords(text);
  return (
    !/\d/.test(plain) &&
    plain.split(' ').length <= 4 &&
    (FREE.test(plain) || NO_CHARGE.test(plain)) &&
    !OTHER.test(plain)
  );
};

/** Names of pieces that are given away to be tried. */
const SAMPLE =
  /(?<!\p{L})(?:samples?|testers?|echantillons?|muster|warenproben?|probepackung|campion[ei]|campioncin[oi]|muestras?|monsters?|staal|staaltjes?|stalen|amostras?|probk\p{L}*|vzor\p{L}*|varuprov\p{L}*|vareprove\p{L}*)(?!\p{L})/u;

/** Whether a part of a text says that the goods of a price of nothing cost nothing: `Crema 10 ml (sin cargo)`, `Tester`. */
export const speaksOfFree = (text: string): boolean =>
  SAMPLE.test(plainWords(text)) || text.split(/[()[\],;:–—]|\s-\s/).some((part) => isFreeOfCharge(part));

const NO_CHARGE =
  /^(?:no charge|n c|nc|without charge|complimentary|ohne berechnung|o b|sans frais|non facture|senza addebito|sin cargo|sin costo|sem custos?|bez oplaty|utan kostnad|uden beregning)$/;

/** The column of free pieces of a table. */
export const freeColumn = (
  header: HeaderBlock | undefined,
  profiles: ReadonlyMap<number, Profile>,
  taken: ReadonlySet<number>,
): number | undefined =>
  [...(header?.headings.values() ?? [])].find(({ column, text, explained }) => {
    const plain = plainWords(explained ?? text);
    return FREE.test(plain) && !OTHER.test(plain) && !taken.has(column) && (profiles.get(column)?.numbers ?? 0) > 0;
  })?.column;

/** Warns of free pieces beside the quantity of a line: nothing says whether the quantity has them in it. */
export function reportFree({ table, row, line, issues }: UnnumberedLine): void {
  const { free, grid } = table;
  if (free === undefined || isBlank(grid.cell(row, free)) || !(figureOf(grid.cell(row, free)) > 0)) return;
  const evidence = [...(line.quantity?.from ? [line.quantity.from] : []), grid.from(row, free)];
  issues.push({ code: 'line.quantity_free', evidence, words: { text: grid.text(row, free) } });
}
