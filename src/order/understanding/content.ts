import { share, type Profile } from './profile';
import type { ColumnRole } from './types';

/** Score of a column's content for a role, without its heading: about -2 to 1; 0 for an empty column. */
export function contentScore(role: ColumnRole, profile: Profile): number {
  if (profile.seen === 0) return 0;
  const numbers = share(profile, 'numbers');
  const average = profile.letters / profile.seen;
  const eans = share(profile, 'eans');
  const dates = share(profile, 'dates');
  const strange = (eans > 0.5 && profile.largest > 1e7 ? 2 : 0) + (dates > 0.5 ? 1.5 : 0);
  switch (role) {
    case 'quantity':
      return (
        (numbers >= 0.6 ? 0.3 : numbers >= 0.3 ? -0.2 : -0.8) +
        (profile.whole >= 0.9 * profile.numbers ? 0.2 : share(profile, 'money') > 0.5 ? -0.4 : 0) -
        (share(profile, 'percents') > 0.5 ? 0.8 : 0) -
        (isSequence(profile) ? 0.4 : 0) -
        (isIdentity(profile) && profile.first >= 100 ? 0.3 : 0) -
        strange
      );
    case 'unit_price':
    case 'amount':
      return (
        (numbers >= 0.6 ? 0.3 : numbers >= 0.3 ? -0.2 : -0.8) +
        (share(profile, 'money') > 0.4 ? 0.3 : 0) -
        (share(profile, 'percents') > 0.5 ? 1 : 0) -
        strange
      );
    case 'discount_percent':
      return (
        (share(profile, 'percents') > 0.5 ? 0.5 : 0) +
        (numbers >= 0.6 ? 0.2 : -0.5) -
        (profile.largest > 100 ? 0.8 : 0) -
        strange
      );
    case 'reference':
      return (
        (share(profile, 'codes') > 0.6 ? 0.4 : 0) +
        (share(profile, 'distinct') > 0.7 ? 0.2 : share(profile, 'distinct') < 0.3 ? -0.2 : 0) -
        (average > 30 ? 0.5 : 0) -
        (share(profile, 'money') > 0.5 ? 0.6 : 0) -
        (dates > 0.5 ? 0.5 : 0)
      );
    case 'ean':
      return eans > 0.6 ? 1 : eans > 0.2 ? 0.3 : -0.2;
    case 'description':
      return (
        (average > 8 ? 0.3 : 0) +
        (share(profile, 'texts') > 0.7 ? 0.3 : 0) -
        (numbers > 0.7 ? 0.8 : 0) -
        (eans > 0.5 ? 1 : 0)
      );
    case 'unit':
      return (
        (share(profile, 'units') > 0.5 ? 0.6 : 0) -
        (numbers > 0.7 ? 1 : 0) -
        (average > 15 ? 0.6 : 0) -
        (dates > 0.5 ? 1 : 0)
      );
    case 'delivery_date':
      return dates > 0.5 ? 0.6 : dates > 0.1 ? 0 : -0.5;
    case 'order_number':
      return (
        (share(profile, 'codes') > 0.6 ? 0.3 : 0) - (share(profile, 'money') > 0.3 ? 1 : 0) - (dates > 0.5 ? 1 : 0)
      );
    case 'customer':
      return (share(profile, 'texts') > 0.6 ? 0.3 : -0.3) - (share(profile, 'money') > 0.3 ? 1 : 0);
    case 'currency':
      return share(profile, 'texts') > 0.8 && average <= 8 ? 0.4 : -0.6;
    case 'status':
      return share(profile, 'texts') > 0.6 && average <= 30 ? 0.3 : -0.4;
    case 'line_number':
      return isSequence(profile) || isPosition(profile) ? 0.5 : numbers > 0.9 ? 0 : -0.3;
    case 'variant':
    case 'destination':
      return share(profile, 'money') > 0.5 || dates > 0.5 ? -0.6 : isSequence(profile) ? -0.6 : 0;
    case 'note':
      return share(profile, 'money') > 0.5 ? -0.3 : 0;
    case 'ignore':
      return 0;
  }
}

/** Whole numbers that name rather than count: they rise from line to line, or come back in groups. */
export const isIdentity = (profile: Profile): boolean =>
  profile.seen >= 2 &&
  profile.whole === profile.seen &&
  profile.rises === profile.seen - 1 &&
  ((profile.first >= 100 && profile.largest < 3 * profile.first) ||
    (profile.steps + profile.same === profile.seen - 1 && profile.steps > 0));

/** Whether every number is a year of our time. */
export const areYears = (profile: Profile): boolean =>
  profile.numbers > 1 && profile.whole === profile.numbers && profile.smallest >= 1_950 && profile.largest <= 2_060;

/** Whether numbers count lines from the first: 1, 2, 3 or 10, 20, 30. */
export const isPosition = (profile: Profile): boolean =>
  (profile.seen >= 3 && profile.positions === profile.seen) ||
  (profile.seen >= 1 &&
    profile.whole === profile.seen &&
    profile.padded === 0 &&
    ((profile.first === 1 && (profile.seen === 1 || profile.even === 1)) ||
      (profile.seen > 1 && [5, 10, 100].includes(profile.first) && profile.even === profile.first)));

/** 001, 002, 003 from the first line on, which number the lines where other codes name the goods. */
export const isNumbering = (profile: Profile): boolean =>
  profile.seen >= 2 &&
  profile.whole >= 0.8 * profile.seen &&
  profile.first > 0 &&
  ((profile.first === 1 && profile.steps >= 0.6 * (profile.seen - 1)) || profile.even === profile.first);

/** 1, 2, 3 … are numbers of lines; 00120, 00121 are references, because nobody counts with leading zeros. */
export const isSequence = (profile: Profile): boolean =>
  profile.seen >= 3 &&
  profile.padded < profile.seen * 0.5 &&
  profile.whole === profile.seen &&
  profile.steps >= 0.7 * (profile.seen - 1);

/** Whether a column says where parts go on a circuit board, which names no part: `C1-C8, C11`, `U1`. */
export const arePlaces = (profile: Profile): boolean => profile.several > 0 && profile.places >= 0.7 * profile.seen;

/** Whether most figures of a column are small and have a point, and do not rise from 1.1 on as positions do: 6.1, 7.43. */
export const areFractions = (profile: Profile): boolean =>
  profile.seen >= 3 &&
  profile.numbers >= 0.8 * profile.seen &&
  profile.numbers - profile.whole >= 0.6 * profile.seen &&
  profile.largest < 100 &&
  (profile.first >= 2 || profile.rises < profile.seen - 1);

/** Codes, of which most differ from line to line; `figures` is the share of them that may be numbers. */
export const holdsCodes = (profile: Profile, figures = 1): boolean =>
  profile.numbers <= figures * profile.seen &&
  share(profile, 'codes') > 0.6 &&
  share(profile, 'distinct') > 0.5 &&
  share(profile, 'dates') === 0;
