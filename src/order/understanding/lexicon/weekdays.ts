const WEEKDAYS: readonly string[] = [
  'monday|mon|mo|lundi|lun|montag|lunes|lunedi|maandag|ma|segunda|segunda feira|seg|mandag|mandag|man|poniedzialek|pon|pn|pondeli|po',
  'tuesday|tue|tues|tu|mardi|mar|dienstag|di|martes|martedi|dinsdag|terca|terca feira|ter|tisdag|tis|tirsdag|tir|wtorek|wt|utery|ut',
  'wednesday|wed|weds|we|mercredi|mer|mittwoch|mi|miercoles|mie|mercoledi|woensdag|wo|quarta|quarta feira|qua|onsdag|ons|sroda|sr|streda|st',
  'thursday|thu|thur|thurs|th|jeudi|jeu|donnerstag|do|jueves|jue|giovedi|gio|donderdag|quinta|quinta feira|qui|torsdag|tors|tor|czwartek|czw|cz|ctvrtek|ct',
  'friday|fri|fr|vendredi|ven|freitag|viernes|vie|venerdi|vrijdag|vr|sexta|sexta feira|sex|fredag|fre|piatek|pt|patek|pa',
  'saturday|sat|sa|samedi|sam|samstag|sonnabend|sabado|sab|sabato|zaterdag|za|lordag|lor|sobota|sob|so',
  'sunday|sun|su|dimanche|dim|sonntag|domingo|dom|domenica|zondag|zo|sondag|son|niedziela|nd|nedele|ne',
];
/** Days of the week by their names in the form of `plainWords`; Monday is 0. */
export const weekdays: ReadonlyMap<string, number> = new Map(
  WEEKDAYS.flatMap((names, index) => names.split('|').map((name): [string, number] => [name, index])),
);
