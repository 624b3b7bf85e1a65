import type { Letter } from './letter';
import type {
  FileReading,
  Order,
  OrderFacts,
  OrderFound,
  OrderLine,
  SourcedDay,
  SourcedText,
  Anomaly,
} from '../../schemas/order/order';
import { check } from './check';
import { contradictions } from './mail/contradictions';
import { renumbered, type Numbered } from './numbering';
import { recheck } from './recheck';
import { billedAmountOf, totalsOf } from './totals';
import { decimalText } from './understanding/decimal';
import { anomaly } from './understanding/anomaly';

/**
 * Puts the readings of the files together: the lines of all files, renumbered; the facts of the first file that states
 * them; and everything that is missing or odd. The sender's own words go before those of a file.
 */
export function draftOf(letter: Letter, readings: FileReading[]): Order {
  const { order_id, from_email, subject, language, received_at } = letter;
  const apart = haveDifferingFacts(readings);
  const parts = numberedThrough(readings, apart);
  const facts = joined(readings, apart);
  const currency = facts.currency?.value;
  const lines = parts.flatMap((part) => part.lines).map((line) => withRoundedAmount(line, currency));
  const stated = parts.flatMap((part) => part.totals);
  const found = [...parts.flatMap((part) => part.anomalies), ...contradictions(letter, facts, readings)];
  const orders = parts.flatMap((part) => part.orders);
  if (orders.length > 1 && !readings.some((reading) => (reading.orders?.length ?? 0) === orders.length))
    found.push(severalOrders(orders));
  const order: Order = {
    ...{ order_id, version: 1, from_email, subject, language, received_at },
    delivery: deliveryOf(letter, facts),
    facts,
    files: readings.map(({ file, outcome, reason, sheets, structures, set_aside, remarks }) => ({
      ...{ file, outcome, sheets, structures },
      ...(reason ? { reason } : {}),
      ...(set_aside ? { set_aside } : {}),
      ...(remarks ? { remarks } : {}),
    })),
    lines,
    ...(orders.length > 1 ? { orders } : {}),
    totals: totalsOf(lines, stated, currency),
    anomalies: readings.length > 1 ? recheck(lines, stated, found, new Set()) : found,
    dismissed: [],
  };
  return { ...order, anomalies: check(order) };
}

/** Line numbers restart per file, and so do the names of several orders; a draft numbers both through. */
function numberedThrough(readings: FileReading[], apart: boolean): (Numbered & { orders: OrderFound[] })[] {
  let [lines, orders] = [0, 0];
  return readings.map((reading) => {
    const found = apart ? asOneOfSeveral(reading) : reading;
    const part = renumbered(found, { lines, orders });
    lines += reading.lines.length;
    orders += part.orders.length;
    return withPlaces(part);
  });
}

/** Gives the lines of several orders the address of their own, so that none of them goes to another's. */
function withPlaces(part: Required<Numbered>): Required<Numbered> {
  if (part.orders.length < 2) return part;
  const places = new Map(part.orders.map(({ order, facts }) => [order, facts.delivery_address]));
  const lines = part.lines.map((line): OrderLine => {
    const destination = line.destination ?? places.get(line.order ?? '');
    return destination ? { ...line, destination } : line;
  });
  return { ...part, lines };
}

/** A file with one order, as one of several that differ: its lines and its facts are of the order `O1`. */
function asOneOfSeveral(reading: FileReading): FileReading {
  const { lines, facts, orders = [] } = reading;
  if (orders.length > 0 || lines.length === 0) return reading;
  const { order_number, customer, delivery_address } = facts;
  return {
    ...reading,
    lines: lines.map((line): OrderLine => ({
      ...line,
      order: 'O1',
      ...(order_number ? { order_number } : {}),
      ...(customer ? { customer } : {}),
      ...(delivery_address && !line.destination ? { destination: delivery_address } : {}),
    })),
    orders: [{ order: 'O1', facts, lines: lines.map(({ line_id }) => line_id) }],
  };
}

/** An amount that was computed from other cells has no more digits than its currency. */
function withRoundedAmount(line: OrderLine, currency: string | undefined): OrderLine {
  if (line.amount?.source !== 'computed') return line;
  const amount = billedAmountOf(line, currency);
  const value = amount && decimalText(amount);
  return value === undefined ? line : { ...line, amount: { ...line.amount, value } };
}

/** Whether files name different orders, or different addresses to deliver to. */
function haveDifferingFacts(readings: FileReading[]): boolean {
  const ordering = readings.filter(({ lines }) => lines.length > 0);
  return (['order_number', 'delivery_address'] as const).some((name) => {
    const values = ordering.flatMap(({ facts }) => facts[name]?.value.toLowerCase().trim() ?? []);
    return new Set(values).size > 1;
  });
}

/** The files hold several orders, which no file alone says. */
function severalOrders(orders: OrderFound[]): Anomaly {
  const values = orders.map(
    ({ facts, order }) => facts.order_number ?? facts.customer ?? facts.delivery_address ?? { value: order },
  );
  const words = {
    count: String(orders.length),
    text: values
      .map(({ value }) => value)
      .join(', ')
      .slice(0, 200),
  };
  const evidence = values.flatMap((value) => ('from' in value && value.from ? [value.from] : [])).slice(0, 10);
  return anomaly({ code: 'orders.several', evidence, words });
}

/**
 * Facts of the first file that states them, without those that would cover orders of other files; what the words of a
 * mail propose comes last.
 */
function joined(readings: FileReading[], apart: boolean): OrderFacts {
  const isMail = ({ outcome }: FileReading) => outcome === 'mail';
  const all = [...readings.filter((one) => !isMail(one)), ...readings.filter(isMail)].map(({ facts }) => facts);
  const facts = all.reduceRight<OrderFacts>((later, earlier) => ({ ...later, ...earlier }), {});
  if (!apart) return facts;
  const { order_number: _, customer: __, delivery_address: ___, ...shared } = facts;
  return shared;
}

function deliveryOf({ delivery }: Letter, facts: OrderFacts): Order['delivery'] {
  const said = (value: string): SourcedText => ({ value, source: 'form', confidence: 1 });
  const address = delivery.address === undefined ? facts.delivery_address : said(delivery.address);
  const date: SourcedDay | undefined = delivery.date === undefined ? facts.delivery_date : said(delivery.date);
  return { ...(address ? { address } : {}), ...(date ? { date } : {}) };
}
