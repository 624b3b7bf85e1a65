import { plainWords } from '../text';

const LISTS: readonly [number, string][] = [
  [0.25, '¼|quarter|quart|viertel|cuarto|quarto|kwart'],
  [
    0.5,
    '½|half|half a|half an|a half|demi|une demi|un demi|demie|une demie|halbe|halber|halbes|ein halbes|eine halbe|media|medio|mezzo|mezza|halve|half|meia|meio|pol|halv|halvt|pul',
  ],
  [0.75, '¾'],
  [1, 'a|an|one|un|une|ein|eine|einen|uno|una|een|um|uma|jeden|jedna|en|ett|et|jedno'],
  [2, 'two|deux|zwei|dos|due|twee|dois|duas|dwa|dwie|tva|to|dva|a couple|a couple of|une paire|ein paar|un par'],
  [3, 'three|trois|drei|tres|tre|drie|trzy|tri'],
  [4, 'four|quatre|vier|cuatro|quattro|quatro|cztery|fyra|fire|ctyri'],
  [5, 'five|cinq|funf|cinco|cinque|vijf|piec|fem|pet'],
  [6, 'six|sechs|seis|sei|zes|szesc|sex|seks|sest'],
  [7, 'seven|sept|sieben|siete|sette|zeven|sete|siedem|sju|syv|sedm'],
  [8, 'eight|huit|acht|ocho|otto|oito|osiem|atta|otte|osm'],
  [9, 'nine|neuf|neun|nueve|nove|negen|dziewiec|nio|ni|devet'],
  [10, 'ten|dix|zehn|diez|dieci|tien|dez|dziesiec|tio|ti|deset'],
  [11, 'eleven|onze|elf|once|undici'],
  [12, 'twelve|douze|zwolf|doce|dodici|twaalf|doze|dwanascie'],
  [15, 'fifteen|quinze|funfzehn|quince|quindici|vijftien'],
  [20, 'twenty|vingt|zwanzig|veinte|venti|twintig|vinte'],
  [24, 'twenty four|vingt quatre|vierundzwanzig|veinticuatro|ventiquattro|vierentwintig'],
  [25, 'twenty five|vingt cinq|funfundzwanzig|veinticinco|venticinque|vijfentwintig'],
  [30, 'thirty|trente|dreissig|treinta|trenta|dertig|trinta'],
  [40, 'forty|quarante|vierzig|cuarenta|quaranta|veertig|quarenta'],
  [50, 'fifty|cinquante|funfzig|cincuenta|cinquanta|vijftig|cinquenta'],
  [60, 'sixty|soixante|sechzig|sesenta|sessanta|zestig|sessenta'],
  [100, 'hundred|a hundred|one hundred|cent|hundert|einhundert|cien|ciento|cento|honderd|cem'],
  [200, 'two hundred|deux cents|zweihundert|doscientos|duecento|tweehonderd|duzentos'],
  [1_000, 'thousand|a thousand|one thousand|mille|tausend|mil|duizend'],
];

const numbers = new Map(
  LISTS.flatMap(([value, words]) => words.split('|').map((word): [string, number] => [word, value])),
);

/** Number that a word stands for: 50 for `fifty`, 0.5 for `½`; undefined if it is none. */
export const wordNumber = (text: string): number | undefined =>
  numbers.get(text.trim()) ?? numbers.get(plainWords(text));

/** The longest beginning of words that is a number, with the number of words it takes. */
export function leadingNumber(words: readonly string[]): { value: number; words: number } | undefined {
  for (let count = Math.min(3, words.length); count > 0; count -= 1) {
    const value = wordNumber(words.slice(0, count).join(' '));
    if (value !== undefined) return { value, words: count };
  }
  return undefined;
}
