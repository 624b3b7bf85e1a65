import type { Flag, FlagCode } from '../../schemas/audit/deliverables';
import type { Language } from '../../schemas/language';
import type { WorkContext } from '../../schemas/audit/work-context';
import { exactly } from './fraction';
import { formatIn, oneLine, shorten } from './format';
import { sayIn } from './language';
import { MICROS, readMinutes } from './minutes';

/** Minutes in a day: the most that one row can take on one day. */
export const MINUTES_OF_A_DAY = 1440;
/** Longer texts get a flag; evidence is read from their first characters only. */
export const LONG_TEXT = 1000;
export const READ_CHARACTERS = 2000;

/** A row of the input, numbered from 1, with exact minutes. `micros` is 0 if the row is not counted. */
export interface WorkedRow {
  row: number;
  /** category as people see it, and the key that its spellings share */
  category: string;
  categoryKey: string;
  text: string;
  given: string;
  micros: bigint;
  counted: boolean;
}

/** The input with exact minutes: rows, counted rows, and flags that say why a row is set aside. */
export interface Work {
  rows: WorkedRow[];
  counted: WorkedRow[];
  flags: Flag[];
  total: bigint;
}

/**
 * Makes the input exact. Rows with negative, huge, missing or unreadable minutes are set aside: they keep their number
 * and text but add nothing. Zero is counted as zero. Minutes written as text are counted if they have one meaning.
 */
export function normalise(context: WorkContext, language: Language): Work {
  const say = sayIn(language);
  const limit = hugeLimit(context);
  const flags: Flag[] = [];
  const spellings = new Map<string, string>();
  const rows = (context.rows ?? []).map((given: unknown, index): WorkedRow => {
    const row = index + 1;
    const readable = typeof given === 'object' && given !== null && !Array.isArray(given);
    const source = (readable ? given : {}) as { category?: unknown; estimated_minutes?: unknown; text?: unknown };
    const flag = (code: FlagCode, message: string, counted: boolean) => flags.push({ row, code, message, counted });
    if (!readable) flag('row_unreadable', say('The row is not an object.', 'La ligne n’est pas un objet.'), false);
    const minutes = countMinutes(source.estimated_minutes, limit, language);
    if (readable && minutes.flag) flag(minutes.flag.code, minutes.flag.message, minutes.counted);

    const named = typeof source.category === 'string' ? oneLine(source.category.normalize('NFC')) : '';
    if (named === '') flag('category_empty', say('The category is empty.', 'La catégorie est vide.'), minutes.counted);
    const key = named.toLowerCase();
    if (!spellings.has(key)) spellings.set(key, named || say('(no category)', '(sans catégorie)'));

    const text = typeof source.text === 'string' ? source.text.toWellFormed() : '';
    if (text.trim() === '') flag('text_empty', say('The text is empty.', 'Le texte est vide.'), minutes.counted);
    else if (text.length > LONG_TEXT) flag('text_long', longText(text.length, language), minutes.counted);
    return {
      row,
      category: spellings.get(key)!,
      categoryKey: key,
      text,
      given: showGiven(source.estimated_minutes, 100),
      micros: minutes.micros,
      counted: minutes.counted,
    };
  });
  const counted = rows.filter((row) => row.counted);
  return { rows, counted, flags, total: counted.reduce((sum, row) => sum + row.micros, 0n) };
}

/** Millionths of a minute above which a row exceeds the work of one person in the time that the rows cover. */
function hugeLimit(context: WorkContext): bigint {
  const days = context.rows_cover === 'period' ? exactly(Math.max(1, context.period?.working_days ?? 366)) : undefined;
  return days ? (BigInt(MINUTES_OF_A_DAY) * MICROS * days.n) / days.d : BigInt(MINUTES_OF_A_DAY) * MICROS;
}

interface Counted {
  micros: bigint;
  counted: boolean;
  flag?: { code: FlagCode; message: string };
}

function countMinutes(given: unknown, limit: bigint, language: Language): Counted {
  const say = sayIn(language);
  const reading = readMinutes(given);
  const setAside = (code: FlagCode, message: string): Counted => ({
    micros: 0n,
    counted: false,
    flag: { code, message },
  });
  const shown = showGiven(given, 60);
  if (reading.kind === 'missing')
    return setAside('minutes_missing', say('Minutes are missing: not counted.', 'Minutes absentes : non comptée.'));
  if (reading.kind === 'unreadable')
    return setAside(
      'minutes_unreadable',
      say(`“${shown}” cannot be read as minutes: not counted.`, `« ${shown} » ne se lit pas en minutes : non comptée.`),
    );
  if (reading.micros < 0n)
    return setAside(
      'minutes_negative',
      say(`${shown} minutes is negative: not counted.`, `${shown} : durée négative, non comptée.`),
    );
  if (reading.micros > limit) {
    const bound = formatIn(language).number(Number(limit / MICROS));
    return setAside(
      'minutes_huge',
      say(
        `${shown} is above ${bound} minutes, more than one person can work in the time covered: not counted. If it is right, give it as one row per person.`,
        `${shown} dépasse ${bound} minutes, plus qu’une personne ne peut faire dans le temps couvert : non comptée. Si le chiffre est juste, donner une ligne par personne.`,
      ),
    );
  }
  const micros = reading.micros;
  if (micros === 0n)
    return {
      micros,
      counted: true,
      flag: {
        code: 'minutes_zero',
        message: say('Zero minutes: counted as zero.', 'Zéro minute : comptée pour zéro.'),
      },
    };
  if (reading.kind === 'text') {
    const read = formatIn(language).number(Number(micros) / Number(MICROS), 6);
    return {
      micros,
      counted: true,
      flag: {
        code: 'minutes_from_text',
        message: say(`“${shown}” is read as ${read} minutes.`, `« ${shown} » est lu comme ${read} minutes.`),
      },
    };
  }
  return { micros, counted: true };
}

function longText(length: number, language: Language): string {
  const { number } = formatIn(language);
  return sayIn(language)(
    `The text has ${number(length)} characters; evidence is read from the first ${number(READ_CHARACTERS)}.`,
    `Le texte compte ${number(length)} caractères ; les indices sont lus dans les ${number(READ_CHARACTERS)} premiers.`,
  );
}

/** A value of the input as people gave it, on one line. */
function showGiven(given: unknown, most: number): string {
  if (given === undefined || given === null) return '';
  const written = typeof given === 'number' || typeof given === 'string' ? String(given) : JSON.stringify(given);
  return shorten(oneLine(written), most);
}
