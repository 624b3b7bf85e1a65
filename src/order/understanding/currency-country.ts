import { languageOf } from './context';
import { wordsBeside } from './grid';
import type { SheetReading } from './sheet-reading';

/** Places, and taxes that one country alone has: both together tell whose dollars they are. */
const DOLLARS: readonly { code: string; place: RegExp; tax: RegExp }[] = [
  {
    code: 'CAD',
    place:
      /\b(?:Canada|Ontario|Qu[eé]bec|\(?QC\)?|\(?ON\)?|Toronto|Montr[eé]al|Vancouver|Calgary)\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b/,
    tax: /\b(?:TPS|TVQ|GST|HST|PST|QST)\b/,
  },
  {
    code: 'AUD',
    place: /\b(?:Pty\.? Ltd|ABN|Australia|(?:NSW|VIC|QLD|TAS|WA|SA|NT|ACT) \d{4})\b/,
    tax: /\b(?:GST|WET)\b/i,
  },
  { code: 'NZD', place: /\b(?:New Zealand|Auckland|Wellington|Christchurch)\b/, tax: /\bGST\b/i },
];
/** Words that Norwegian writes otherwise than Danish. */
const NORWEGIAN = /(?<!\p{L})(?:antall|bel[øo]p|mva|orgnr|org\.? ?nr|nok)(?!\p{L})/iu;

/** The currency that a sign of several countries means here, by the country that the file's own words show. */
export function currencyOfCountry(sign: string, sheets: readonly SheetReading[]): string | undefined {
  const words = sheets.flatMap(({ grid, tables }) => [
    ...wordsBeside(grid),
    ...tables.flatMap(({ header }) => [...(header?.headings.values() ?? [])].map(({ text }) => text)),
  ]);
  const some = (pattern: RegExp) => words.some((text) => pattern.test(text));
  if (/^\$$/.test(sign)) return DOLLARS.find(({ place, tax }) => some(place) && some(tax))?.code;
  if (!/^kr\.?$/i.test(sign) || some(NORWEGIAN)) return undefined;
  const language = languageOf(sheets.flatMap(({ tables }) => tables));
  return language === 'sv' ? 'SEK' : language === 'da' ? 'DKK' : undefined;
}
