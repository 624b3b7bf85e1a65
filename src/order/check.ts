import type { Bilingual } from '../../schemas/language';
import type { Anomaly, Order, OrderLine, Provenance } from '../../schemas/order/order';

/** Anomalies that the check finds itself, anew each time: a correction can mend them or bring them back. */
const FOUND_HERE: ReadonlySet<string> = new Set([
  ...['delivery.address_missing', 'delivery.date_missing', 'delivery.date_past', 'lines.none', 'file.refused'],
  ...['file.not_an_order', 'line.unnamed'],
]);

/**
 * Everything that is missing or odd in an order: unmended findings from its files, and gaps in the order as a whole.
 * Dates are compared with the day on which it was received, so that the same order always gives the same answer.
 */
export function check(order: Order): Anomaly[] {
  const all = [...orderAnomalies(order), ...order.anomalies.filter(({ code }) => !FOUND_HERE.has(code))];
  return all.map(repointTo(order.lines)).filter((anomaly) => !order.dismissed.some((one) => dismisses(one, anomaly)));
}

/** Points anomalies to the present places of their lines, which move when lines are removed or files are joined. */
function repointTo(lines: OrderLine[]): (anomaly: Anomaly) => Anomaly {
  const places = new Map(lines.map(({ line_id }, i) => [line_id, i]));
  return (anomaly) => {
    const place = anomaly.line_id === undefined ? undefined : places.get(anomaly.line_id);
    if (place === undefined) return anomaly;
    const { path = '/lines/0' } = anomaly;
    return { ...anomaly, path: path.replace(/^\/lines\/\d+/, `/lines/${place}`) };
  };
}

/** Whether a dismissal covers an anomaly; without a line and a path it covers all anomalies of its code. */
export const dismisses = (
  dismissed: { code: string; line_id?: string; path?: string },
  { code, line_id, path }: Anomaly,
): boolean =>
  dismissed.code === code &&
  (dismissed.line_id === undefined || dismissed.line_id === line_id) &&
  (dismissed.path === undefined || dismissed.path === path);

export const blockingOf = (anomalies: Anomaly[]): Anomaly[] =>
  anomalies.filter(({ severity }) => severity === 'blocking');

function orderAnomalies(order: Order): Anomaly[] {
  const { delivery, lines, files, received_at } = order;
  const found: Anomaly[] = [];
  if (!delivery.address) found.push(blocking('delivery.address_missing', '/delivery/address', messages.address));
  if (!delivery.date) found.push(blocking('delivery.date_missing', '/delivery/date', messages.date));
  else if (delivery.date.value < received_at.slice(0, 10)) {
    const evidence = delivery.date.from ? [delivery.date.from] : [];
    found.push(warning('delivery.date_past', '/delivery/date', messages.past(delivery.date.value), evidence));
  }
  if (lines.length === 0) found.push(blocking('lines.none', '/lines', messages.noLines));
  found.push(...bareLineAnomalies(order));
  files.forEach(({ file, outcome, reason }, i) => {
    if (outcome === 'order') return;
    const message = messages.notRead(file, reason?.message ?? { en: outcome, fr: outcome });
    const code = outcome === 'refused' ? 'file.refused' : 'file.not_an_order';
    const one = outcome === 'refused' ? blocking : warning;
    found.push(one(code, `/files/${i}`, message, [{ file }]));
  });
  return found;
}

/** Lines without a name or a quantity that the reading has not reported itself. */
function bareLineAnomalies({ lines, anomalies }: Order): Anomaly[] {
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
