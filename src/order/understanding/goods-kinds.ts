import { share, type Profile } from './profile';
import { plainWords } from './text';
import type { ColumnRole, HeaderBlock } from './types';

/** Words for what grows, which name the article where they stand over names. */
export const VARIETY = /^(?:variety|varieties|cultivar|cultivars|variete|varietes|sorte|sorten|variedad|varieta)$/;

/** Words that head kinds of goods, and some of them references. */
const KIND =
  /^(?:art|tipo|type|typ|kind|soort|genus|species|gattung|genre|espece|especie|genere|gatunek|rodzaj|druh|plant|plante|pflanze|flower|fleur|blume|fiore|flor|bloem)$/;

/** Whether a column holds kinds of goods: words without a figure that come again and again, as no reference does. */
export const areKinds = (heading: string, profile: Profile): boolean =>
  profile.seen >= 5 &&
  share(profile, 'texts') > 0.9 &&
  share(profile, 'codes') === 0 &&
  share(profile, 'distinct') <= 0.8 &&
  KIND.test(plainWords(heading));

/** The column of kinds beside names that are varieties: `Rose` before `Red Naomi`. */
export function kindsColumn(
  header: HeaderBlock | undefined,
  profiles: ReadonlyMap<number, Profile>,
  roles: ReadonlyMap<ColumnRole, number>,
): number | undefined {
  const named = header?.headings.get(roles.get('description') ?? 0)?.text ?? '';
  if (!VARIETY.test(plainWords(named))) return undefined;
  const taken = new Set(roles.values());
  return [...(header?.headings.values() ?? [])].find(({ column, text }) => {
    const profile = profiles.get(column);
    return !taken.has(column) && profile !== undefined && areKinds(text, profile);
  })?.column;
}
