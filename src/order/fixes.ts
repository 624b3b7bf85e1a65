import type { Anomaly, Order } from '../../schemas/order/order';
import type { OrderFix } from '../../schemas/order/api';
import type { Bilingual } from '../../schemas/language';
import type { OrderCorrections } from '../../schemas/order/run';
import { dismisses } from './check';
import { isDismissible } from './correct';

/**
 * Corrections that mend an anomaly of a draft as they are: a person may send them without typing. Values are those that
 * stand in the draft already; none is guessed. `from`: the number of the first anomaly in the whole.
 */
export function fixesOf(order: Order, from: number): OrderFix[] {
  return order.anomalies.flatMap((anomaly, i) => {
    const path = `/anomalies/${from + i}`;
    return [...valueFixes(anomaly, order), ...dismissal(anomaly, order.anomalies)].map(([label, corrections]) => ({
      path,
      label,
      corrections,
    }));
  });
}

type Fix = [label: Bilingual, corrections: OrderCorrections];

function valueFixes({ code, path }: Anomaly, { delivery, facts, files }: Order): Fix[] {
  switch (code) {
    case 'delivery.address_proposed':
      return delivery.address
        ? [[take(delivery.address.value), { delivery: { address: delivery.address.value } }]]
        : [];
    case 'delivery.date_proposed':
      return delivery.date ? [[take(delivery.date.value), { delivery: { date: delivery.date.value } }]] : [];
    case 'delivery.address_differs':
      return facts.delivery_address
        ? [[take(facts.delivery_address.value), { delivery: { address: facts.delivery_address.value } }]]
        : [];
    case 'delivery.date_differs':
      return facts.delivery_date
        ? [[take(facts.delivery_date.value), { delivery: { date: facts.delivery_date.value } }]]
        : [];
    case 'file.not_an_order': {
      const file = files[Number(path?.split('/')[2])];
      return file?.set_aside ? [[isOrder(file.file), { files: [{ file: file.file, is_order: true }] }]] : [];
    }
    default:
      return [];
  }
}

/** The acceptance of an anomaly as it is, where the order may go out with it. */
function dismissal({ code, line_id, path }: Anomaly, anomalies: Anomaly[]): Fix[] {
  const one = { code, line_id, path };
  if (!isDismissible(one, anomalies)) return [];
  const several = anomalies.filter((other) => dismisses(one, other)).length > 1;
  return [[several ? acceptAll : accept, { dismiss: [one] }]];
}

const take = (value: string): Bilingual => ({ en: `Take ${value}`, fr: `Prendre ${value}` });
const isOrder = (file: string): Bilingual => ({ en: `Take the lines of ${file}`, fr: `Prendre les lignes de ${file}` });
const accept: Bilingual = { en: 'Accept it as it is', fr: 'Accepter tel quel' };
const acceptAll: Bilingual = { en: 'Accept all of this kind as they are', fr: 'Accepter tous ceux de ce genre' };
