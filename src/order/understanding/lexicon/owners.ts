/** Whose numbers a column of references holds: of the reader, of the writer, of who makes the goods, or of nobody said. */
export type Owner = 'reader' | 'writer' | 'maker' | 'any';

const READERS =
  /^(?:idnlf|your|votre|vos|v ref|vs|ihre?|uw|su|sua|vostr\p{L}|vossa|vase|panstwa|er|ert|deres|din)(?! ?\d)(?: |$)|(?:^| )(?:suppliers?|vendors?|sellers?|fournisseurs?|fourn|frn|frs|titulaire|lieferanten?\p{L}*|lief|proveedor(?:es)?|fornitor[ei]|leveranciers?|fornecedor|dostawc\p{L}+|dodavatel\p{L}*|leverandor\p{L}*|leverantor\p{L}*)(?: |$)/u;
const WRITERS =
  /^(?:kdmat|asin|fnsku|our|notre|nos|ns|n ref|nuestr\p{L}+|nostr\p{L}|ons|onze|unsere?|nasz\p{L}?|vores|var|nosso|nossa|nase)(?: |$)|(?:^| )(?:internes?|interni|interno|interna|intern|internal|int|eigene|own|propio|buyers?|customers?|clients?|cliente|kunden?|klant|klient\p{L}*|store|shop|magasin|acheteur|ref ch)(?: |$)/u;
const MAKERS =
  /^model(?:e|l|o|lo)? (?:no|nr|num|number|nummer|numero|code|ref)(?: |$)|(?:^| )(?:manufacturers?|mfr|mfg|mpn|maker|oem|fabricant|constructeur|hersteller\p{L}*|fabricante|produttore|costruttore|fabrikant|producent\p{L}*|vyrobce|tillverkare\p{L}*)(?: |$)/u;

/** Whose number words in the form of `plainWords` speak of. */
export function ownerOf(plain: string): Owner {
  if (READERS.test(plain)) return 'reader';
  if (WRITERS.test(plain)) return 'writer';
  return MAKERS.test(plain) ? 'maker' : 'any';
}
