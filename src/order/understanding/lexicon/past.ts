import { plainWords } from '../text';

/** Words, in the form of `plainWords`, by which a paper says that it was carried out before. */
const CARRIED_OUT =
  /^(?:already |bereits |schon |deja |gia |ya |al |reeds |ja |juz )(?:delivered|shipped|invoiced|ordered|received|sent|geliefert|bestellt|berechnet|fakturiert|ausgeliefert|livre(?:e|es|s)?|facture(?:e|es|s)?|command(?:e|ee|es|ees)|recu(?:e|es|s)?|consegnat[oaie]|fatturat[oaie]|evas[oaie]|ordinat[oaie]|entregad[oa]s?|facturad[oa]s?|servid[oa]s?|pedid[oa]s?|geleverd|gefactureerd|besteld|entregues?|faturad[oa]s?|encomendad[oa]s?|dostarczon\p{L}*|zafakturowan\p{L}*|zrealizowan\p{L}*)(?: |$)/u;
/** Words by which a paper is there to be looked at. */
const TO_LOOK_AT =
  /^(?:(?:only |just )?for (?:information|info|reference|comparison|your records)(?: only)?|(?:seulement |uniquement )?pour (?:info(?:rmation)?|memoire|rappel|archives?|consultation)(?: (?:seulement|uniquement))?|(?:nur )?zu[rm] (?:info(?:rmation)?|ansicht|vergleich|nachschlagen)|(?:solo )?per (?:consultazione|informazione|memoria|confronto|archivio)|(?:solo |so )?para (?:consulta|informacion|informacao|referencia|comparar|archivo|arquivo)|(?:alleen )?ter (?:info(?:rmatie)?|inzage|vergelijking|referentie)|(?:tylko )?do (?:wgladu|wiadomosci|porownania)|archiv\p{L}*|nur archiv)$/u;
/** Endings of a sheet's name: `KW08 erledigt`. */
const NAMED_DONE =
  /(?:^| )(?:done|delivered|closed|archived?|erledigt|geliefert|abgeschlossen|archiv|livree?s?|terminee?s?|archives?|consegnat[oaie]|evas[oaie]|archivio|entregad[oa]s?|cerrad[oa]s?|archivo|geleverd|afgehandeld|archief|entregues?|concluid[oa]s?|arquivo|zrealizowan\p{L}*|archiwum)$/u;

/** Whether a part of a title says that its paper is of the past: `Order 2025 — already delivered (for reference only)`. */
export const isPast = (text: string): boolean =>
  text.length <= 120 &&
  text
    .split(/\s+[-–—|·]\s*|\s*[–—|·;,()[\]]\s*/)
    .map(plainWords)
    .some((part) => CARRIED_OUT.test(part) || TO_LOOK_AT.test(part));

/** Words by which figures bind nobody, or of what binds behind a word that denies it; not those of a price that is only recommended. */
const UNBINDING =
  /(?<!\p{L})(?:unverbindlich(?:e[rs]?)?|sans engagement|vrijblijvend|niezobowiazuj\p{L}*|nezavazn\p{L}*|(?:not|non|no|nao|nicht|ej|inte|icke|ikke|ikkje|niet|nie|ne|nem|ei|nu)(?: \p{L}+)? (?:binding|contractu\p{L}*|vincolant[ei]|vinculant\p{L}*|vinculativ[ao]|bindend\p{L}*|bindande|verbindlich\p{L}*|wiazac\p{L}*|zavazn\p{L}*|zavazujuc\p{L}*|kotelezo\p{L}*|sitova))(?!\p{L})/u;
const PRICE =
  /(?<!\p{L})(?:preis\p{L}*|price\p{L}*|prix|prezz\p{L}*|precio\p{L}*|prijs\p{L}*|preco\p{L}*|cen[ay]|pvp|rrp|uvp)(?!\p{L})/u;

/** Words of a day or a delivery, which may bind nobody although the order does. */
const WHEN =
  /(?<!\p{L})(?:dat\p{L}*|dagen?|jour|day|giorno|dia|\p{L}*termin\p{L}*|deliver\p{L}*|livr\p{L}*|liefer\p{L}*|consegn\p{L}*|entreg\p{L}*|lever\p{L}*|dostaw\p{L}*|dodan\p{L}*|dodav\p{L}*|szallit\p{L}*|toimitus\p{L}*|delai|frist|plazo|prazo)(?!\p{L})/u;

export const speaksOfPrices = (text: string): boolean => PRICE.test(plainWords(text));

/** Whether a title says that what stands below binds nobody. */
export function isUnbinding(text: string): boolean {
  const parts = text.split(/\s+[-–—|·]\s*|\s*[–—|·;,()[\]]\s*/).filter((part) => part.length <= 80);
  return !speaksOfPrices(text) && parts.map(plainWords).some((part) => UNBINDING.test(part) && !WHEN.test(part));
}

/** Whether the name of a sheet says so. */
export const isNamedPast = (name: string): boolean => NAMED_DONE.test(plainWords(name)) || isPast(name);
