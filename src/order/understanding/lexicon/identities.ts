import { plainWords } from '../text';
import type { Composed } from './composed';
import { FILLERS } from './fillers';
import type { Sense } from './headings/sense';
import { ownerOf } from './owners';

/** Nouns whose number or code a column may hold, by what such a number is. */
const numbered: [Sense, ReadonlySet<string>][] = (
  [
    [
      'order_number',
      'order|orders|commande|commandes|cde|bestellung|auftrag|auftrags|bestell|pedido|pedidos|encomenda|ordine|ordini|bestelling|zamowienia|zamowienie|po|bestallning|ordre|siparis|purchase|basket|cart',
    ],
    ['line_number', 'line|ligne|zeile|pos|position|linea|riga|regel|linha|rad|linje|row|seq|sequence'],
    [
      'reference',
      'product|produit|produkt|produto|prodotto|producto|item|article|artikel|articulo|articolo|artigo|sku|part|stock|material|mat|goods|ware|waren|model|modell|modele|modelo|modello|style|variant|vare|vara|urun|towaru',
    ],
    [
      'other',
      'customer|client|clients|kunde|kunden|cliente|klant|klient|account|compte|konto|conta|cuenta|user|buyer|invoice|facture|rechnung|fattura|factura|factuur|fatura|delivery|shipment|batch|lot|serial|serie|contract|contrat|project|projet|tax|vat|phone|page|catalogue|catalog|warehouse|store|shop|payment|employee|member|agency|room|drawing|dwg|dessin|zeichnung|disegno|tekening|desenho|rysunek|tegning|ritning',
    ],
  ] as const
).map(([sense, words]) => [sense, new Set(words.split('|'))]);
const NUMBER = new Set(
  'id|ids|no|nr|num|number|nummer|numero|numer|code|codigo|codice|kod|key|ref|reference|referencia|#|uuid|guid|n|nro|identifier|identifiant|kennung'.split(
    '|',
  ),
);
/** `No of units` counts, and names nothing. */
const COUNTED = /\b(?:no|number|numero|num|nr|nombre|nb) (?:of|de|d|di|von|van|av|af)\b/;

/** Whether a word only says whose number it is, which is asked where several stand side by side. */
const isOwner = (word: string): boolean =>
  ownerOf(word) !== 'any' && !NUMBER.has(word) && !numbered.some(([, nouns]) => nouns.has(word));

/** Meaning of `order.id`, `Product Code`, `N° client`: the number of a thing is never a count of it. */
export function identityOf(text: string): Composed | undefined {
  const plain = plainWords(text);
  const said = plain.split(' ').filter((word) => !FILLERS.has(word));
  const words = said.filter((word) => !isOwner(word));
  if (said.length > 4 || (COUNTED.test(plain) && !/[°º№#]/.test(text))) return undefined;
  const things = words.filter((word) => !NUMBER.has(word));
  // `Article fourn.`: an article has a number where it is said whose
  const isOwned = words.length < said.length && things.length === 1;
  if (things.length === 0 || (things.length === words.length && !isOwned)) return undefined;
  // `Order item id` is an item's: the last noun is what the number names
  const senses = things.map((word) => numbered.find(([, nouns]) => nouns.has(word))?.[0]);
  const sense = senses.findLast((each) => each !== undefined);
  if (!sense || senses.includes(undefined)) return undefined;
  if (things.length === words.length && sense !== 'reference') return undefined;
  return { sense, score: 0.9 };
}
