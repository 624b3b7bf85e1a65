import { mondayOfWeekIn } from './day-labels';
import { dateIn, type DateText, type DayOrder } from './dates';
import { isDeliveryToCome } from './lexicon/deliveries';
import { plainWords } from './text';

/** A whole day in a longer text. */
const WHOLE =
  /(?<![\d./-])(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\s?\d{1,2}[-/.]\s?(?:\d{4}|\d{2}))(?![\d./-]*\d)|(?<![\d./-])\d{1,2}\.?(?:st|nd|rd|th|er)?\s(?:de\s|of\s)?\p{L}{3,10}\.?,?\s(?:de\s|del\s)?20\d\d(?!\d)|(?<!\p{L})\p{L}{3,10}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s20\d\d(?!\d)/giu;
/** Words by which a day is the first of several, or one on which nothing is to come, or of something else. */
const OTHERWISE =
  /(?<!\p{L})(?:cancel\p{L}*|annul\p{L}*|storn\p{L}*|anul\p{L}*|not|no|never|pas|sans|nicht|kein\p{L}*|non|senza|sin|geen|niet|nao|sem|nie|inte|ikke|ferm\p{L}*|closed|shut|geschlossen|chius\p{L}*|cerrad\p{L}*|gesloten|fechad\p{L}*|after|from|earliest|apres|a partir|au plus tot|ab|fruhestens|nach dem|dopo|dal|dall|desde|despues|vanaf|vroegst|depois|od|po|fran|efter|fra|tidligst|instead|statt|au lieu|invece|en lugar)(?!\p{L})/u;
const ORDERED =
  /(?<!\p{L})(?:order\p{L}*|command\p{L}*|cde|bestell\p{L}*|auftrag\p{L}*|ordin\p{L}*|pedid\p{L}*|encomend\p{L}*|zamow\p{L}*|offert?\p{L}*|angebot\p{L}*|devis|quot\p{L}*|tel|fax|valid\p{L}*|valable\p{L}*|gultig\p{L}*|geldig\p{L}*|wazn\p{L}*|gyldig\p{L}*|giltig\p{L}*)(?!\p{L})/u;
/** Words of deliveries that are none: suppliers, their papers and how long they take. */
const NO_DELIVERY =
  /(?<!\p{L})(?:lieferant\p{L}*|lieferschein\p{L}*|lieferzeit\p{L}*|lieferbar\p{L}*|lieferfrist\p{L}*|leverancier\p{L}*|leverantor\p{L}*|leverandor\p{L}*|delivery (?:notes?|charges?|costs?|terms)|bons? de livraison|frais de livraison|delai\p{L}* de livraison|shipping (?:costs?|charges?))(?!\p{L})/gu;
/** Words by which only a part of the order is meant. */
const PARTLY =
  /(?<!\p{L})(?:pos\p{L}*|lignes?|lines?|zeilen?|rig[ah]e?|lineas?|regels?|linhas?|items?|articles?|artikel\p{L}*|articol\p{L}*|rest|reste|restant\p{L}*|solde|remain\p{L}*|balance|teil\p{L}*|part\p{L}*|parz\p{L}*|parc\p{L}*|deel\p{L}*|first|second|premi\p{L}*|deuxieme|erste\p{L}*|zweite\p{L}*|prim[ao]|second[ao]|segund[ao]|eerste|tweede|tranche|batch|lots?)(?!\p{L})/u;
const LONGEST = 300;

/** The one whole day that a sentence about a delivery to come names: `à livrer mardi 24 mars 2026 entre 6 h et 7 h`. */
export function dayOfDelivery(text: string, order?: DayOrder): DateText | undefined {
  if (text.length > LONGEST || !isDeliveryToCome(text) || PARTLY.test(plainWords(text))) return undefined;
  // `Data ordine 17/11/2025 - consegna entro il 28/11/2025`: of several parts, the one of the delivery
  const [part, ...others] = text.split(/\s+[-–—|]\s+|\s*;\s*/).filter(speaksBeforeDay);
  return part !== undefined && others.length === 0 ? onlyDayIn(part, order) : undefined;
}

/** Whether the words before the first day of a text speak of a delivery to come. */
function speaksBeforeDay(text: string): boolean {
  const at = text.search(WHOLE);
  return at > 0 && isDeliveryToCome(plainWords(text.slice(0, at)).replace(NO_DELIVERY, ' '));
}

/** A text without the days in it. */
export const withoutDays = (text: string): string => text.replace(WHOLE, ' ');

/** The only whole day in a text, where no word before it says that it is something else than a day of delivery. */
export function onlyDayIn(text: string, order?: DayOrder): DateText | undefined {
  const days = [...text.matchAll(WHOLE)].flatMap(({ 0: written, index }) => {
    const day = dateIn(written, order);
    return day ? [{ ...day, before: plainWords(text.slice(0, index)) }] : [];
  });
  const [first] = days;
  if (!first || text.includes('?') || days.some(({ day }) => day !== first.day)) return undefined;
  if (OTHERWISE.test(first.before) || ORDERED.test(first.before)) return undefined;
  const monday = mondayOfWeekIn(text, first.day);
  const gap = monday === undefined ? 0 : (Date.parse(first.day) - Date.parse(monday)) / 86_400_000;
  if (gap < 0 || gap > 6) return undefined;
  return { day: first.day, other: first.other, evidence: first.evidence };
}
