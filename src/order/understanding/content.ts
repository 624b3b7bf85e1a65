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
    case 'line_number':
      return isSequence(profile) ? 0.5 : numbers > 0.9 ? 0 : -0.3;
    case 'variant':
    case 'destination':
      return share(profile, 'money') > 0.5 || dates > 0.5 ? -0.6 : isSequence(profile) ? -0.6 : 0;
    case 'note':
      return share(profile, 'money') > 0.5 ? -0.3 : 0;
    case 'ignore':
      return 0;
  }
}

/** 1, 2, 3 … are numbers of lines; 00120, 00121 are references, because nobody counts with leading zeros. */
export const isSequence = (profile: Profile): boolean =>
  profile.seen >= 3 &&
  profile.padded < profile.seen * 0.5 &&
  profile.whole === profile.seen &&
  profile.steps >= 0.7 * (profile.seen - 1);
