import type { FileReading } from '../../schemas/order/order';
import { MOST_LINES } from '../../schemas/order/run';
import type { Bilingual } from '../../schemas/language';

/** A reading that has found no lines, with its reason. */
export function refusedReading(file: string, code: string, message: Bilingual): FileReading {
  return {
    file,
    outcome: 'refused',
    reason: { code, message },
    sheets: [],
    structures: [],
    lines: [],
    facts: {},
    totals: [],
    anomalies: [],
    sketch: [],
  };
}

/** A file on which the agent has failed for good. */
export const unreadFile = (file: string): FileReading =>
  refusedReading(file, 'unread', {
    en: 'it could not be read; the steps of the run say why',
    fr: "il n'a pas pu être lu ; les étapes de l'exécution disent pourquoi",
  });

/** The readings; those with which an order would have more lines than it may are refused, and say so. */
export function withinLines(readings: FileReading[], most = MOST_LINES): FileReading[] {
  let lines = 0;
  return readings.map((reading) => {
    if (lines + reading.lines.length > most) return tooManyLines(reading.file, most);
    lines += reading.lines.length;
    return reading;
  });
}

const tooManyLines = (file: string, most: number): FileReading =>
  refusedReading(file, 'too_many_lines', {
    en: `with it the order has more than ${most} lines; send it as several orders`,
    fr: `avec lui la commande a plus de ${most} lignes ; envoyez-la en plusieurs commandes`,
  });
