import { plainWords } from '../text';

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

/** The week of each language, from Monday on. */
const WEEKS = [
  'monday tuesday wednesday thursday friday saturday sunday',
  'lundi mardi mercredi jeudi vendredi samedi dimanche',
  'montag dienstag mittwoch donnerstag freitag samstag sonntag',
  'lunes martes miercoles jueves viernes sabado domingo',
  'lunedi martedi mercoledi giovedi venerdi sabato domenica',
  'maandag dinsdag woensdag donderdag vrijdag zaterdag zondag',
  'segunda terca quarta quinta sexta sabado domingo',
  'mandag tisdag onsdag torsdag fredag lordag sondag',
  'mandag tirsdag onsdag torsdag fredag lordag sondag',
  'maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai',
  'poniedzialek wtorek sroda czwartek piatek sobota niedziela',
  'pondeli utery streda ctvrtek patek sobota nedele',
  'pondelok utorok streda stvrtok piatok sobota nedela',
  'hetfo kedd szerda csutortok pentek szombat vasarnap',
  'luni marti miercuri joi vineri sambata duminica',
].map((week) => week.split(' '));
const SHORTEST = 2;
const LEAST = 3;

/**
 * Days of the week that headings side by side name by the first letters of their names, one after the other, in the
 * language that has them all: `Lu | Ma | Me | Je`. By their words in the form of `plainWords`; empty without such a run.
 */
export function weekdaysInRun(headings: readonly string[]): Map<string, number> {
  const words = headings.map(plainWords);
  const runs = WEEKS.flatMap((week) =>
    words.map((_, from) => {
      const start = week.findIndex((day) => isBeginning(words[from] ?? '', day));
      let length = 0;
      while (start >= 0 && isBeginning(words[from + length] ?? '', week[start + length] ?? '')) length += 1;
      return words.slice(from, from + length).map((word, at): [string, number] => [word, start + at]);
    }),
  );
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), []);
  return new Map(longest.length >= LEAST ? longest : []);
}

const isBeginning = (word: string, day: string): boolean => word.length >= SHORTEST && day.startsWith(word);
