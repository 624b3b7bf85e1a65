import type { Bilingual } from '../../schemas/language';
import type { Anomaly, Order, OrderLine, Provenance } from '../../schemas/order/order';

/** What the check itself finds; found anew each time, so that a correction mends it and can break it. */
const FOUND_HERE: ReadonlySet<string> = new Set([
  ...['delivery.address_missing', 'delivery.date_missing', 'delivery.date_past', 'lines.none', 'file.refused'],
  ...['file.not_an_order', 'line.unnamed'],
]);

/**
 * Everything that is missing or odd in an order: what reading its files has found and nobody has mended, and what the
 * order as a whole lacks. Dates are held against the day on which it was received, so that the same order always gives
 * the same answer.
 */
export function check(order: Order): Anomaly[] {
  const all = [...wholeOrder(order), ...order.anomalies.filter(({ code }) => !FOUND_HERE.has(code))];
  return all.map(placed(order.lines)).filter((anomaly) => !order.dismissed.some((one) => isSame(one, anomaly)));
}

/** Points to where a line stands now: lines move up when others are removed, and down behind those of other files. */
function placed(lines: OrderLine[]): (anomaly: Anomaly) => Anomaly {
  const places = new Map(lines.map(({ line_id }, i) => [line_id, i]));
  return (anomaly) => {
    const place = anomaly.line_id === undefined ? undefined : places.get(anomaly.line_id);
    if (place === undefined) return anomaly;
    const { path = '/lines/0' } = anomaly;
    return { ...anomaly, path: path.replace(/^\/lines\/\d+/, `/lines/${place}`) };
  };
}

/** Whether a dismissal means this anomaly; without a line and a path it means all of its code. */
export const isSame = (
  dismissed: { code: string; line_id?: string; path?: string },
  { code, line_id, path }: Anomaly,
): boolean =>
  dismissed.code === code &&
  (dismissed.line_id === undefined || dismissed.line_id === line_id) &&
  (dismissed.path === undefined || dismissed.path === path);

export const blockingOf = (anomalies: Anomaly[]): Anomaly[] =>
  anomalies.filter(({ severity }) => severity === 'blocking');

function wholeOrder(order: Order): Anomaly[] {
  const { delivery, lines, files, received_at } = order;
  const found: Anomaly[] = [];
  if (!delivery.address) found.push(blocking('delivery.address_missing', '/delivery/address', messages.address));
  if (!delivery.date) found.push(blocking('delivery.date_missing', '/delivery/date', messages.date));
  else if (delivery.date.value < received_at.slice(0, 10)) {
    const evidence = delivery.date.from ? [delivery.date.from] : [];
    found.push(warning('delivery.date_past', '/delivery/date', messages.past(delivery.date.value), evidence));
  }
  if (lines.length === 0) found.push(blocking('lines.none', '/lines', messages.noLines));
  found.push(...bareLines(order));
  files.forEach(({ file, outcome, reason }, i) => {
    if (outcome === 'order') return;
    const message = messages.notRead(file, reason?.message ?? { en: outcome, fr: outcome });
    const code = outcome === 'refused' ? 'file.refused' : 'file.not_an_order';
    const one = outcome === 'refused' ? blocking : warning;
    found.push(one(code, `/files/${i}`, message, [{ file }]));
  });
  return found;
}

/** Lines of which nobody could say what or how many to deliver, where the reading has not said so itself. */
function bareLines({ lines, anomalies }: Order): Anomaly[] {
  const named = new Set(anomalies.map(({ code, line_id }) => `${line_id} ${code.split('_')[0]}`));
  return lines.flatMap(({ line_id, quantity, reference, ean, description }, i) => [
    ...(quantity || named.has(`${line_id} line.quantity`)
      ? []
      : [{ ...blocking('line.quantity_missing', `/lines/${i}/quantity`, messages.noQuantity), line_id }]),
    ...(reference || ean || description
      ? []
      : [{ ...blocking('line.unnamed', `/lines/${i}/reference`, messages.unnamed), line_id }]),
  ]);
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
  noQuantity: { en: 'The quantity is missing.', fr: 'La quantité manque.' },
  unnamed: {
    en: 'Neither a reference nor a description says what this line orders.',
    fr: 'Ni référence ni désignation ne dit ce que cette ligne commande.',
  },
  noLines: { en: 'The order has no lines.', fr: "La commande n'a aucune ligne." },
  notRead: (file: string, why: Bilingual): Bilingual => ({
    en: `${file} is not part of the order: ${why.en}`,
    fr: `${file} ne fait pas partie de la commande : ${why.fr}`,
  }),
};
