/** Characters of a name. */
const LONGEST = 200;

/** A name in the one form that is used everywhere; undefined for one that is empty, too long, or not well-formed. */
export function plainName(given: string): string | undefined {
  const name = given.trim().normalize('NFC');
  return name === '' || name.length > LONGEST || !name.isWellFormed() ? undefined : name;
}
