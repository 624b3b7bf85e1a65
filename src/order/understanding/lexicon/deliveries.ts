import { plainWords } from '../text';

/** Words about a delivery that is to come, and about one that was, or about another document. */
const DELIVERY =
  /\b(livr\w*|anliefer\w*|deliver\w*|ship(?:ped|ment|ping)?|receive|reception|recevoir|recues?|expedi\w*|liefer\w*|zustell\w*|entreg\w*|consegn\w*|lever\w*|geleverd|dostaw\w*)\b/;
const PAST =
  /\b((was|were|been) (delivered|shipped)|(avez|avait|ont|a ete|ont ete) livre\w*|livree?s? le|geliefert (wurde|am)|invoice|facture|rechnung|fattura|factura)\b/;

/** Whether a text speaks of a delivery. */
export const namesDelivery = (text: string): boolean => DELIVERY.test(plainWords(text));

/** Whether it speaks of one that is to come. */
export const isDeliveryToCome = (text: string): boolean => namesDelivery(text) && !PAST.test(plainWords(text));
