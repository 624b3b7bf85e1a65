import type { Bilingual } from '../../schemas/language';
import type { Anomaly, Order, OrderLine, Provenance } from '../../schemas/order/order';
import { aboutLines } from './about-lines';
import { plainWords } from './understanding/text';

/** Anomalies that the check finds itself, anew each time: a correction can mend them or bring them back. */
const FOUND_HERE: ReadonlySet<string> = new Set([
  ...['delivery.address_missing', 'delivery.date_missing', 'delivery.date_past', 'lines.none', 'file.refused'],
  ...['file.not_an_order', 'line.unnamed', 'delivery.date_differs', 'delivery.address_differs'],
  ...['delivery.address_proposed', 'delivery.date_proposed'],
]);

/**
 * Everything that is missing or odd in an order: unmended findings from its files, and gaps in the order as a whole.
 * Dates are compared with the day on which it was received, so that the same order always gives the same answer.
 */
export function check(order: Order): Anomaly[] {
  const all = [...orderAnomalies(order), ...order.anomalies.filter(({ code }) => !FOUND_HERE.has(code))];
  return all.map(repointTo(order.lines)).flatMap((anomaly) => withoutDismissed(anomaly, order.dismissed) ?? []);
}

/** The anomaly about the lines of which nobody has said that they have seen it. */
function withoutDismissed(anomaly: Anomaly, dismissed: Order['dismissed']): Anomaly | undefined {
  if (dismissed.some((one) => dismisses(one, anomaly))) return undefined;
  if (!anomaly.line_ids) return anomaly;
  const seen = new Set(dismissed.flatMap(({ code, line_id }) => (code === anomaly.code ? (line_id ?? []) : [])));
  return aboutLines(anomaly, (id) => !seen.has(id));
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
  for (const what of ['address', 'date'] as const) {
    const value = delivery[what];
    if (value?.source !== 'proposal') continue;
    const message = messages.proposed(what, value.value, value.from?.text ?? '');
    found.push(warning(`delivery.${what}_proposed`, `/delivery/${what}`, message, value.from ? [value.from] : []));
  }
  found.push(...conflicts(order));
  if (lines.length === 0) found.push(blocking('lines.none', '/lines', messages.noLines));
  found.push(...bareLineAnomalies(order));
  files.forEach(({ file, outcome, reason, set_aside }, i) => {
    if (outcome === 'order' || outcome === 'mail') return;
    const message = messages.notRead(file, reason?.message ?? { en: outcome, fr: outcome });
    const code = outcome === 'refused' ? 'file.refused' : 'file.not_an_order';
    const one = outcome === 'refused' ? blocking : warning;
    const told = one(code, `/files/${i}`, message, reason?.evidence ?? [{ file }]);
    found.push(set_aside ? { ...told, suggestion: messages.orderAllTheSame(file) } : told);
  });
  return found;
}

/** Words of the form that differ from those of a file. The form's count. */
function conflicts({ delivery: { address, date }, facts }: Order): Anomaly[] {
  const found: Anomaly[] = [];
  const other = facts.delivery_date;
  if (date?.source === 'form' && other && other.value !== date.value)
    found.push(
      warning('delivery.date_differs', '/delivery/date', messages.differs(date.value, other.value), at(other.from)),
    );
  const place = facts.delivery_address;
  if (address?.source === 'form' && place && !saysTheSame(address.value, place.value)) {
    const message = messages.differs(address.value, place.value);
    found.push(warning('delivery.address_differs', '/delivery/address', message, at(place.from)));
  }
  return found;
}

const at = (from: Provenance | undefined): Provenance[] => (from ? [from] : []);

/** Whether one address holds the words of the other. */
function saysTheSame(a: string, b: string): boolean {
  const [left, right] = [plainWords(a).split(' '), plainWords(b).split(' ')];
  return left.every((word) => right.includes(word)) || right.every((word) => left.includes(word));
}

/** Lines without a name or a quantity that the reading has not reported itself. */
function bareLineAnomalies({ lines, anomalies }: Order): Anomaly[] {
  const named = new Set(
    anomalies.flatMap(({ code, line_id, line_ids = [] }) =>
      [line_id, ...line_ids].map((id) => `${id} ${code.split('_')[0]}`),
    ),
  );
  return lines.flatMap(({ line_id, quantity, reference, ean, description }, i) => [
    ...(quantity || named.has(`${line_id} line.quantity`)
      ? []
      : [{ ...blocking('line.quantity_missing', `/lines/${i}/quantity`, messages.noQuantity), line_id }]),
    ...(reference || ean || description || named.has(`${line_id} line.reference`)
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
  differs: (form: string, file: string): Bilingual => ({
    en: `The form says ${form}, the file says ${file}.`,
    fr: `Le formulaire indique ${form}, le fichier indique ${file}.`,
  }),
  orderAllTheSame: (file: string): Bilingual => ({
    en: `If it is an order all the same, say so with “files”: its lines are taken. (${file})`,
    fr: `Si c'est une commande malgré tout, dites-le par « files » : ses lignes seront prises. (${file})`,
  }),
  proposed: (what: 'address' | 'date', value: string, words: string): Bilingual => {
    const said = words.replace(/\s+/g, ' ').slice(0, 200);
    return {
      en: `The ${what === 'date' ? 'delivery date' : 'delivery address'} ${value} is a proposal from the words of the mail: “${said}”.`,
      fr: `${what === 'date' ? 'La date' : "L'adresse"} de livraison ${value} est une proposition tirée du texte du courriel : « ${said} ».`,
    };
  },
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
