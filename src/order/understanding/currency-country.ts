import { languageOf } from './context';
import { wordsBeside } from './grid';
import type { SheetReading } from './sheet-reading';

/** Words that stand on papers of the United States: companies, states with their ZIP, the name. */
const STATES =
  /(?<!\p{L})(?:USA|U\.S\.(?:A\.)?|United States|US(?: dollars?|\$)|USD|LLC|L\.L\.C\.|Corp\.?|Sales tax|(?:A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]),? \d{5}(?:-\d{4})?)(?!\p{L})/u;

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

/**
 * Whose dollars a bare `$` means where no other country is named: those of the United States if the file has words of
 * theirs, of Canada if its headings are French. Undefined if nothing says so.
 */
export function dollarsOf(sheets: readonly SheetReading[]): 'CAD' | 'USD' | undefined {
  if (sheets.some(({ grid }) => wordsBeside(grid).some((text) => STATES.test(text)))) return 'USD';
  return languageOf(sheets.flatMap(({ tables }) => tables)) === 'fr' ? 'CAD' : undefined;
}

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
