import type { Anomaly, OrderFacts, Provenance } from '../../../schemas/order/order';
import type { Language } from '../../../schemas/language';
import { dateIn } from '../understanding/dates';
import { isDeliveryToCome, namesDelivery } from '../understanding/lexicon/deliveries';
import { plainWords } from '../understanding/text';
import { ownWords } from './own-words';
import type { Mail } from './types';

/** Day and address of delivery as the words of a mail propose them, and what speaks against a proposal. */
export interface Proposals {
  facts: Pick<OrderFacts, 'delivery_date' | 'delivery_address'>;
  anomalies: Anomaly[];
}

const DAYS: readonly RegExp[] = [
  /\b\d{4}-\d{1,2}-\d{1,2}\b/g,
  /\b\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})\b/g,
  /\b\d{1,2}(?:st|nd|rd|th|er|\.)?\s(?:de\s|of\s)?\p{L}{3,10}\.?(?:,?\s(?:de\s)?\d{4})?(?![\p{L}\d])/gu,
  /\b\p{L}{3,10}\.?\s\d{1,2}(?:st|nd|rd|th)?(?:,?\s\d{4})?(?![\d\p{L}])/gu,
];

const LABEL =
  /^\W*(adresse de livraison|lieu de livraison|livrer (?:a|au|chez)|a livrer (?:a|au|chez)|delivery address|shipping address|deliver(?:y)? to|ship to|lieferadresse|lieferanschrift|liefern an|direccion de entrega|indirizzo di consegna|afleveradres|leveringsadres|endereco de entrega|adres dostawy)\b/;
const IN_WORDS = [
  /\b(?:deliver(?:ed)?|ship(?:ped)?)\b(?:\s\w+){0,3}\sto\s(.+)$/i,
  /\b(?:livrer|livraison|expédier|expédition)\b(?:\s\p{L}+){0,2}?\s(?:au|à|chez|à l['’]adresse(?: suivante)?)\s*:?\s(.+)$/iu,
];

/** Words that end a mail. */
const CLOSING =
  /^(cordialement|bien cordialement|merci|salutations|bien a vous|best|kind|regards|thank|thanks|sincerely|mit freundlichen|viele grusse|saludos|cordiali|met vriendelijke)\b/;

const ADDRESS_LINES = 5;
const LONGEST = 500;
const CONFIDENCE = 0.5;

/** Reads what the mail's own words propose. Nothing is proposed where they name several days or places. */
export function proposalsOf(mail: Mail, file: string, language: Language): Proposals {
  const lines = joinLabels(ownWords(mail));
  const days = found(lines.flatMap((line) => daysIn(line, mail.sent, language)));
  const addresses = found(lines.flatMap((_, index) => addressAt(lines, index)));
  const from = (text: string): Provenance => ({ file, text: text.slice(0, LONGEST) });
  const proposal = ({ value, text }: Found) => ({
    ...{ value, source: 'proposal' as const, from: from(text), confidence: CONFIDENCE },
  });
  const [day, ...otherDays] = days;
  const [address, ...otherAddresses] = addresses;
  return {
    facts: {
      ...(day && otherDays.length === 0 ? { delivery_date: proposal(day) } : {}),
      ...(address && otherAddresses.length === 0 ? { delivery_address: proposal(address) } : {}),
    },
    anomalies: [
      ...(otherDays.length > 0 ? [several('delivery.dates_several', '/delivery/date', days, from)] : []),
      ...(otherAddresses.length > 0
        ? [several('delivery.addresses_several', '/delivery/address', addresses, from)]
        : []),
    ],
  };
}

interface Found {
  value: string;
  /** the words that say so */
  text: string;
}

/** Each value once, with the first words that say so. */
const found = (all: Found[]): Found[] =>
  all.filter((one, at) => all.findIndex(({ value }) => value === one.value) === at);

function several(code: string, path: string, values: Found[], from: (text: string) => Provenance): Anomaly {
  const list = values.map(({ value }) => value).join(' / ');
  const what = code.includes('date')
    ? { en: 'days of delivery', fr: 'jours de livraison' }
    : { en: 'addresses of delivery', fr: 'adresses de livraison' };
  return {
    ...{ code, severity: 'warning', path, evidence: values.map(({ text }) => from(text)).slice(0, 10) },
    message: {
      en: `The mail names several ${what.en}, so none is proposed: ${list}.`,
      fr: `Le courriel nomme plusieurs ${what.fr}, aucun choix n'est proposé : ${list}.`,
    },
  };
}

/** A label that ends with a colon and the line after it are one. */
function joinLabels(lines: string[]): string[] {
  return lines.flatMap((line, index) => {
    const before = lines[index - 1] ?? '';
    const isValue = /:\s*$/.test(before) && namesDelivery(before) && !LABEL.test(plainWords(before));
    return [isValue ? `${before.trim()} ${line.trim()}` : line];
  });
}

function daysIn(line: string, sent: string | undefined, language: Language): Found[] {
  // a sentence at a time: another one may name the day of another document
  return line.split(/(?<=\p{L}{3}[.!?;]|\d{4}[.!?;])\s+/u).flatMap((sentence) => {
    if (!isDeliveryToCome(sentence)) return [];
    return DAYS.flatMap((pattern) => sentence.match(pattern) ?? []).flatMap((written) => {
      const day = dayOf(written, sent, language);
      return day === undefined ? [] : [{ value: day, text: sentence.trim() }];
    });
  });
}

/** A day; without a year the next such day after the mail was sent. One that may be two days is none. */
function dayOf(written: string, sent: string | undefined, language: Language): string | undefined {
  const order = language === 'fr' ? 'day_first' : undefined;
  const exact = dateIn(written, order);
  if (exact) return exact.other === undefined ? exact.day : undefined;
  if (sent === undefined || !/\p{L}/u.test(written)) return undefined;
  const year = Number(sent.slice(0, 4));
  for (const next of [year, year + 1]) {
    const day = dateIn(`${written} ${next}`, order)?.day;
    if (day !== undefined && day >= sent) return day;
  }
  return undefined;
}

function addressAt(lines: string[], index: number): Found[] {
  const line = lines[index] ?? '';
  if (LABEL.test(plainWords(line))) return labelled(lines, index);
  for (const pattern of IN_WORDS) {
    const value = pattern
      .exec(line)?.[1]
      ?.replace(/\s(?:by|before|on|no later than|avant|le|pour le|d'ici)\s.*\d.*$/i, '');
    const whole = value?.split(/[.!?]\s/)[0]?.replace(/[.!?,;\s]+$/, '');
    if (whole !== undefined && isAddress(whole)) return [{ value: whole, text: line.trim() }];
  }
  return [];
}

/** The rest of a line with a label, and the lines below it until one that is of something else. */
function labelled(lines: string[], index: number): Found[] {
  const line = lines[index] ?? '';
  const colon = line.search(/[:：]/);
  const rest = colon >= 0 ? line.slice(colon + 1) : line.replace(/^.*?(?:livraison|address|to|à|au|chez|an)\s/iu, '');
  const parts = [rest.trim()].filter((part) => part !== '');
  for (const next of lines.slice(index + 1, index + 1 + ADDRESS_LINES)) {
    const text = next.trim();
    if (text === '' && parts.length === 0) continue;
    if (text === '' || /[:：]/.test(text) || CLOSING.test(plainWords(text)) || parts.length >= ADDRESS_LINES) break;
    // an address on the line of its label is whole once it has a post code
    if (rest.trim() !== '' && /\b\d{4,5}\b/.test(rest)) break;
    parts.push(text);
  }
  const value = parts
    .join(', ')
    .replace(/,{2,}/g, ',')
    .replace(/[.;,\s]+$/, '');
  return isAddress(value)
    ? [{ value, text: [line.trim(), ...parts.slice(rest.trim() === '' ? 0 : 1)].join(' / ') }]
    : [];
}

/** A place has a number and a name, and is no sentence. */
const isAddress = (text: string): boolean =>
  text.length >= 8 && text.length <= 300 && /\d/.test(text) && /\p{L}{3}/u.test(text) && !/[?!]/.test(text);
