/** A number of things in English: `1 file`, `2 files`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** A number of things in French, where none and one are singular: `0 ligne`, `2 lignes`. */
export const countedInFrench = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count < 2 ? one : many}`;

/** A time span for people: `12 s`, `4 min`, `3 h`, `2 d`. */
export function formatAge(seconds: number): string {
  if (seconds < 100) return `${Math.round(seconds)} s`;
  if (seconds < 6_000) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}

/** Words that say nothing about a text's subject, in English and French, in lower case and without accents. */
export const smallWords: ReadonlySet<string> = new Set(
  (
    'a an and are as at be been but by can could did do does for from had has have he her his how i if in is it its may me my no ' +
    'not of on only or our she should so than that the their them then there these they this to was we were what when where which ' +
    'who why will with would you your ' +
    'au aux avec ce ces cet cette combien comment d dans de des du elle elles en est et etait il ils j je l la le les leur leurs lui ' +
    'm ma mais me mes n ne nos notre nous on ou par pas plus pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa se ' +
    'ses son sont sur t ta te tes toi ton tu un une va vos votre vous y'
  ).split(' '),
);
