import { currencyCode } from '../numbers';
import { unitCode } from '../units';
import type { Sense } from './headings/sense';

/** A meaning that the words of a heading make together. */
export interface Composed {
  sense: Sense;
  score: number;
}

const COUNT =
  /^(?:anzahl|stuckzahl|zahl(?: der)?|nombre|nbre|nbr|nb|number of|no of|nr of|num of|antal|aantal|liczba|ilosc|cantidad de|cant de|quantita(?: di)?|qta(?: di)?|numero (?:di|de|d)|nro de|qtd de|quantidade de|pocet) (?:of |de |des |d |di |der |von |van |av |af )?(.+)$/u;
/** A sign that numbers things as often as it counts them: the figures decide. */
const NUMBER = /^(?:n|no|nr|num|nro) (.+)$/u;
/** Packs that are no units of their own. */
const PACK = /^(?:ve|vpe|ves|uvc|uv|gebinde|einheiten|unites|bultos|units|lots|umverpackungen|confezioni|imballi)$/;
/** Words by which a count is the content of something: `Anzahl je VE`, `Nb par carton`. */
const PER = /(?<!\p{L})(?:per|par|pro|je|por|a|à|in|im|i|en|w|v|na|dans|zu|each)(?!\p{L})/u;
/** What is counted, but not ordered. */
const ELSEWHERE =
  /(?<!\p{L})(?:stock|lager\p{L}*|geliefert\p{L}*|delivered|livre\p{L}*|received|recu\p{L}*|client\p{L}*|kunden?|customer\p{L}*|cliente|pages?|seiten|jours?|tage|days|personnes?|personen|people|persons|repas|meals|mahlzeiten|coperti|pasti|lignes?|lines|zeilen|articles|artikel|positionen|lot|commande|order|bon|bc|facture|invoice|serie|serial|compte|account|tva|vat)(?!\p{L})/u;

/**
 * Meaning of a heading that counts packs or things: `Anzahl VE`, `Nb de colis`, `N. lenti`. A number of something that
 * nobody knows counts less surely.
 */
export function countedThing(plain: string, isKnown: (phrase: string) => boolean): Composed | undefined {
  const strong = COUNT.exec(plain)?.[1];
  const rest = strong ?? NUMBER.exec(plain)?.[1];
  if (rest === undefined || PER.test(rest) || ELSEWHERE.test(rest)) return undefined;
  const words = rest.split(' ');
  if (words.length > 3 || words.some((word) => /\d/.test(word))) return undefined;
  const isPack = unitCode(rest) !== undefined || words.every((word) => PACK.test(word) || unitCode(word) !== undefined);
  if (isPack) return { sense: 'quantity', score: 0.9 };
  if (words.length > 2 || words.some((word) => word.length < 3 || isKnown(word))) return undefined;
  return { sense: 'quantity', score: strong === undefined ? 0.62 : 0.75 };
}

const STOCK =
  /^(?:stock|stocks|stk|voorraad|lager|lagerbestand|bestand|giacenza|giac|scorta|scorte|existencias|estoque|zapas|zasoba|lagersaldo|beholdning|inventory|soh|dispo|disponible|disponibile)(?: |$)/;
const LEAST_OR_MOST =
  /(?<!\p{L})(?:min|mini|minimum|minima|minimo|minimal|minimale|minimales|mindest\p{L}*|minst|minste|max|maxi|maximum|maxima|massima|massimo|maximal|maximo)(?!\p{L})/u;
const MONEY =
  /(?<!\p{L})(?:price|prix|preis|prezzo|precio|prijs|pris|cena|preco|value|valeur|wert|valore|valor|waarde|amount|montant|cost|cout|date|datum|data|fecha|code|no|nr|ref|name|nom|artikel|article|item|rabatt|discount|remise)(?!\p{L})/u;

/** Meaning of a quantity in store, or of the least or most of it, in whatever place: `Voorraad DC`, `Sc. minima`. */
export function storedThing(plain: string): Composed | undefined {
  const words = plain.split(' ');
  if (words.length > 4 || MONEY.test(plain) || words.some((word) => currencyCode(word) !== undefined)) return undefined;
  return STOCK.test(plain) || LEAST_OR_MOST.test(plain) ? { sense: 'other_quantity', score: 0.85 } : undefined;
}

/** Last parts of words that are written together, by what they make of the whole: `EPREIS`, `Abgabepreis`. */
const ENDINGS: readonly [RegExp, Sense][] = [
  [
    /^(?:vk|evk|uvp|listen|katalog|laden|verkaufs|brutto|winkel|advies|catalogus|consumenten).*(?:preis|prijs|pris)$/,
    'list_price',
  ],
  [/(?:preis|prijs|pris|prezzo|precio|price|prix)$/, 'unit_price'],
  [/(?:bezeichnung|benennung|omschrijving|benamning|beskrivelse|betegnelse|description|designation)$/, 'description'],
  [/(?:betrag|bedrag|belopp|belob|amount|montant|zeilenwert|positionswert|regelwaarde)$/, 'amount'],
];

/** Meaning of one long word by its last part. */
export function writtenTogether(plain: string): Composed | undefined {
  if (plain.includes(' ') || plain.length < 6 || plain.length > 30) return undefined;
  const sense = ENDINGS.find(([ending]) => ending.test(plain))?.[1];
  return sense && { sense, score: 0.7 };
}
