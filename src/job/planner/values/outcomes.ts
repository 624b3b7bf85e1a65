import type { Found, Input, ValueType } from '../grammar/input';
import type { Deed, Ref } from '../reading';

/** Participles by what was done. */
const DEEDS: { [language in Input['language']]: [RegExp, Deed][] } = {
  en: [
    [/^(joined|merged|combined|completed|enriched)$/, 'join'],
    [/^(filtered)$/, 'filter'],
    [/^(sorted|ordered)$/, 'sort'],
    [/^(grouped|aggregated)$/, 'group'],
    [/^(deduplicated|deduped)$/, 'distinct'],
  ],
  fr: [
    [/^(jointe?s?|fusionnee?s?|combinee?s?|croisee?s?|completee?s?|enrichie?s?|rapprochee?s?)$/, 'join'],
    [/^(filtree?s?)$/, 'filter'],
    [/^(triee?s?|classee?s?|ordonnee?s?)$/, 'sort'],
    [/^(groupee?s?|regroupee?s?|agregee?s?)$/, 'group'],
    [/^(dedoublonnee?s?|dedupliquee?s?)$/, 'distinct'],
  ],
};

/** "the merged list", "les commandes enrichies": what was made by what the participle says. */
export const outcome: ValueType = (input, at) => {
  const start = input.skip(at, 'the');
  if (start === at) return [];
  const isFrench = input.language === 'fr';
  const [noun, said] = isFrench ? [start, start + 1] : [start + 1, start];
  const deed = DEEDS[input.language].find(([words]) => words.test(input.tokens[said]?.folded ?? ''))?.[1];
  const { kind, text = '' } = input.tokens[noun] ?? {};
  if (deed === undefined || kind !== 'word' || input.is(noun, 'and', 'or', 'column', 'in', 'of', 'file', 'table'))
    return [];
  const label = input.is(noun, 'data', 'response') ? undefined : text;
  const value: Ref = {
    kind: 'current',
    many: true,
    deed,
    ...(label === undefined ? {} : { label }),
    at: [at, start + 2],
  };
  return [{ end: start + 2, value }] satisfies Found[];
};
