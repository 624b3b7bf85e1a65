import type { OrderFacts } from '../../../schemas/order/order';
import { factLabelOf } from './lexicon/facts';
import type { UnnumberedLine } from './line';
import { plainWords } from './text';

type Delivery = Pick<OrderFacts, 'delivery_address' | 'delivery_date'>;

/**
 * What all lines of one order say of its delivery, as exports repeat it in each row. The place becomes that of the
 * order and is taken from its lines, unless the order has another; the day is told of the order and of its lines.
 */
export function takeSharedDelivery(drafts: readonly UnnumberedLine[], { delivery_address }: OrderFacts): Delivery {
  const [first] = drafts;
  const { destination: place, delivery_date: day } = first?.line ?? {};
  const delivery: Delivery = {};
  if (day && drafts.every(({ line }) => line.delivery_date?.value === day.value)) delivery.delivery_date = day;
  if (!first || !place || !drafts.every(({ line }) => line.destination?.value === place.value)) return delivery;
  const isOther = delivery_address !== undefined && plainWords(delivery_address.value) !== plainWords(place.value);
  if (isOther || !(isAddress(place.value) || isAddressed(first))) return delivery;
  for (const { line } of drafts) delete line.destination;
  return { ...delivery, delivery_address: place };
}

/** Whether a text reads like an address rather than the name of a shop. */
export const isAddress = (text: string): boolean =>
  /\d/.test(text) && /\p{L}{3,}/u.test(text) && text.split(/[\s,]+/).length >= 3;

/** Whether the place of a line is a name, not a code, in a column whose heading says `Ship to`. */
function isAddressed({ table, line }: UnnumberedLine): boolean {
  const heading = table.header?.headings.get(table.roles.get('destination') ?? 0)?.text ?? '';
  return factLabelOf(heading) === 'delivery_address' && /\p{L}{3,}/u.test(line.destination?.value ?? '');
}
