/** Endings of English and French words without accents, the longest first. */
const ENDINGS = (
  'issements issement ations ements ation ement ments euses euse trice trices ment ings ives ifs ants ante antes ents ente ' +
  'eurs eur ions ion ing ies ied ees ive ant ent aux ers est er ed es ez ee ly al if e s x y i'
)
  .split(' ')
  .sort((a, b) => b.length - a.length);

/** Letters of a word that always stay. */
const LEAST = 4;

/** A word, folded, without its endings, so that forms of it are alike: `invoices`, `invoiced` and `invoice`. */
export function stem(word: string): string {
  let rest = word;
  for (let rounds = 0; rounds < 2; rounds++) {
    const ending = ENDINGS.find((one) => rest.endsWith(one) && rest.length - one.length >= LEAST);
    if (ending === undefined) break;
    rest = rest.slice(0, -ending.length);
  }
  return rest;
}
