import type { Anomaly, Bilingual, Order, Provenance } from '../../schemas/order';

/** What the check itself finds; found anew each time, so that a correction mends it and can break it. */
const FOUND_HERE: ReadonlySet<string> = new Set([
  ...['delivery.address_missing', 'delivery.date_missing', 'delivery.date_past', 'lines.none', 'file.refused'],
  ...['file.not_an_order'],
]);

/**
 * Everything that is missing or odd in an order: what reading its files has found and nobody has mended, and what the
 * order as a whole lacks. Dates are held against the day on which it was received, so that the same order always gives
 * the same answer.
 */
export function check(order: Order): Anomaly[] {
  const all = [...wholeOrder(order), ...order.anomalies.filter(({ code }) => !FOUND_HERE.has(code))];
  return all.filter((anomaly) => !order.dismissed.some((one) => isSame(one, anomaly)));
}

/** Whether a dismissal means this anomaly; without a path it means all of its code. */
export const isSame = (dismissed: { code: string; path?: string }, { code, path }: Anomaly): boolean =>
  dismissed.code === code && (dismissed.path === undefined || dismissed.path === path);

export const blockingOf = (anomalies: Anomaly[]): Anomaly[] =>
  anomalies.filter(({ severity }) => severity === 'blocking');

function wholeOrder({ delivery, lines, files, received_at }: Order): Anomaly[] {
  const found: Anomaly[] = [];
  if (!delivery.address) found.push(blocking('delivery.address_missing', '/delivery/address', messages.address));
  if (!delivery.date) found.push(blocking('delivery.date_missing', '/delivery/date', messages.date));
  else if (delivery.date.value < received_at.slice(0, 10)) {
    const evidence = delivery.date.from ? [delivery.date.from] : [];
    found.push(warning('delivery.date_past', '/delivery/date', messages.past(delivery.date.value), evidence));
  }
  if (lines.length === 0) found.push(blocking('lines.none', '/lines', messages.noLines));
  files.forEach(({ file, outcome, reason }, i) => {
    if (outcome === 'order') return;
    const message = messages.notRead(file, reason?.message ?? { en: outcome, fr: outcome });
    const code = outcome === 'refused' ? 'file.refused' : 'file.not_an_order';
    const one = outcome === 'refused' ? blocking : warning;
    found.push(one(code, `/files/${i}`, message, [{ file }]));
  });
  return found;
}

type Make = (code: string, path: string, message: Bilingual, evidence?: Provenance[]) => Anomaly;
const blocking: Make = (code, path, message, evidence = []) => ({
  ...{ code, severity: 'blocking', message, path, evidence },
});
const warning: Make = (code, path, message, evidence = []) => ({
  ...{ code, severity: 'warning', message, path, evidence },
});

const messages = {
  address: { en: 'The delivery address is missing.', fr: "L'adresse de livraison manque." },
  date: { en: 'The delivery date is missing.', fr: 'La date de livraison manque.' },
  past: (day: string): Bilingual => ({
    en: `The delivery date ${day} is in the past.`,
    fr: `La date de livraison ${day} est passée.`,
  }),
  noLines: { en: 'The order has no lines.', fr: "La commande n'a aucune ligne." },
  notRead: (file: string, why: Bilingual): Bilingual => ({
    en: `${file} is not part of the order: ${why.en}`,
    fr: `${file} ne fait pas partie de la commande : ${why.fr}`,
  }),
};
