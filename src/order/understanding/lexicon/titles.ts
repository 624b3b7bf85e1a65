import { plainWords } from '../text';
import { titles, type DocumentKind } from './kinds';

interface Title {
  kind: DocumentKind | 'order';
  words: string[];
}

/** Titles by their first word, longer ones first. */
const byFirst = new Map<string, Title[]>();
for (const [kind, list] of Object.entries(titles) as [Title['kind'], string][]) {
  for (const phrase of new Set(list.split('|'))) {
    const words = phrase.split(' ');
    byFirst.set(words[0] ?? '', [...(byFirst.get(words[0] ?? '') ?? []), { kind, words }]);
  }
}
for (const list of byFirst.values()) list.sort((a, b) => b.words.length - a.words.length);

/** Words after which a title is a label or a sentence: `Invoice to`, `Facture à`, `Rechnung an`. */
const NO_TITLE = new Set(
  'to a an adresse address anschrift indirizzo direccion adres morada endereco date datum data fecha conditions terms email mail contact by van und y ed e et and is are was will has please ci dessus dessous attached is ist sera sont est qui que'.split(
    ' ',
  ),
);
/** Words that may stand before a title. */
const BEFORE = new Set(
  'the our your notre votre nos vos le la les l un une der die das unser unsere unserer ihr ihre il lo i gli nostro nostra vostro el los las nuestro nuestra su het de onze uw o os as nosso nossa seu nasz nasze var vores final finale new nouveau nouvelle'.split(
    ' ',
  ),
);
/** Words that are a title alone or with a number or a day, and else begin sentences: `Preise in EUR`, `Retours sous 14 jours`. */
const ALONE = new Set(
  'prices preise prezzi precios prijzen precos ceny priser sales ventes umsatz vendite ventas vendas stock stocks bestand offre offer rates inquiry enquiry return returns retour retours reso resi planning budget consultation gastos expenses bill tender bid proposal claim statement releve order orders commande commandes bestellung pedido pedidos ordine ordini bestelling encomenda avoir abono packing arc bl bc wz bestallning ordre bestilling recu receipt recibo reprise reprises recept recette recipe rezept ricetta receta opdracht auftrag statistiques dump'.split(
    ' ',
  ),
);
const NUMBER =
  /\d|^(?:no|nr|n|num|numero|du|vom|del|of|van|de|au|le|am|per|al|as|at|on|to|dal|dd|ref|client|fournisseur|supplier|customer|annual|week|semaine|kw|woche|jan\p{L}*|feb\p{L}*|fev\p{L}*|mar\p{L}*|apr\p{L}*|avr\p{L}*|ma[iy]\p{L}*|ju[nil]\p{L}*|aug\p{L}*|ao\p{L}*|sep\p{L}*|o[ck]t\p{L}*|nov\p{L}*|de[cz]\p{L}*)$/u;
/** Words between an order and who gives it: `Order from The Fox`. */
const FROM = new Set(
  'from by for pour von fur di da de du para van voor per por od dla till til fra fran week semaine'.split(' '),
);
/** Words of a form before what it is about: `Hoja de devolución`, `Demande d’autorisation de retour`. */
const FORM =
  /^(?:hoja|impreso|formulario|solicitud|parte|demande|fiche|feuille|formulaire|bordereau|etat|tableau|tabla|relacion|listado|modulo|scheda|foglio|richiesta|elenco|formulier|folha|mapa|pedido|form|list|sheet|report) (?:de|d|di|du|des|del|della|da|do|of|for) (?:l |la |le |el )?/;
/** Words that make what follows something that a text only speaks of: `as per price list`. */
const SPOKEN_OF =
  /(?<!\p{L})(?:per|as|see|with|against|our|your|my|from|to|of|on|in|and|or|please|send|no|not|selon|voir|suivant|laut|gemass|siehe|mit|aus|und|segun|secondo|volgens|zie|conforme|wg|enligt|ifolge|dle)(?!\p{L})/u;
const LONGEST = 12;
/** Words of a title that ends with what it is: `Weekly free stock report`. */
const LONGEST_COMPOUND = 6;

/** What a text makes of its document as a title; undefined if it is none. `whole`: nothing but the title and a number. */
export function titleOf(text: string): { kind: Title['kind']; whole: boolean } | undefined {
  for (const part of text.split(/\s+[-–—|·•:/]\s*|\s*[–—|·•:(]\s*/)) {
    const found = titleIn(wordsOf(part));
    if (found) return found;
  }
  return undefined;
}

/** Words of a title; `D.D.T.` is one. */
const wordsOf = (text: string): string[] =>
  plainWords(text.replace(/\b(?:\p{L}\.){2,5}/gu, (letters) => `${letters.replaceAll('.', '')} `)).split(' ');

function titleIn(all: readonly string[]): { kind: Title['kind']; whole: boolean } | undefined {
  if (all.length > LONGEST) return undefined;
  let at = 0;
  while (BEFORE.has(all[at] ?? '')) at += 1;
  const words = all.slice(at);
  const text = words.join(' ');
  const about = text.replace(FORM, '');
  return titleAt(words) ?? (about === text ? undefined : titleAt(about.split(' '))) ?? titleAtEnd(words);
}

/** Title of several words at the end of a short text. */
function titleAtEnd(words: readonly string[]): { kind: Title['kind']; whole: boolean } | undefined {
  const end = words.findLastIndex((word) => !NUMBER.test(word)) + 1;
  if (end < 3 || end > LONGEST_COMPOUND) return undefined;
  for (let at = 1; at <= end - 2; at += 1) {
    const rest = words.slice(at, end);
    const title = (byFirst.get(rest[0] ?? '') ?? []).find((each) => each.words.join(' ') === rest.join(' '));
    if (title && !SPOKEN_OF.test(words.slice(0, at).join(' '))) return { kind: title.kind, whole: end < words.length };
  }
  return undefined;
}

/** Title at the begin of a text. */
function titleAt(words: readonly string[]): { kind: Title['kind']; whole: boolean } | undefined {
  const own = words[0] ?? '';
  const title = (byFirst.get(own) ?? []).find((each) => each.words.every((word, index) => words[index] === word));
  if (!title) return undefined;
  const rest = words.slice(title.words.length);
  if (NO_TITLE.has(rest[0] ?? '') && !/^\d/.test(rest[1] ?? '')) return undefined;
  const numbered =
    /^(?:no|nr|n|num|numero|#)$/.test(rest[0] ?? '') && rest.length <= 5 && rest.some((word) => /\d/.test(word));
  const whole = numbered || rest.every((word) => NUMBER.test(word));
  const addressed = title.kind === 'order' && FROM.has(rest[0] ?? '');
  if (!whole && !addressed && ALONE.has(title.words.join(' '))) return undefined;
  return { kind: title.kind, whole };
}
