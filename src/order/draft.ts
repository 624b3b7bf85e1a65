import type {
  FileReading,
  Order,
  OrderFacts,
  OrderLine,
  SourcedDay,
  SourcedText,
  StatedTotal,
  Anomaly,
} from '../../schemas/order/order';
import type { OrderInput } from '../../schemas/order/run';
import { check } from './check';
import { recheck } from './recheck';
import { totalsOf } from './totals';

/** Words of the sender, besides the files. */
export type Letter = Pick<OrderInput, 'order_id' | 'from_email' | 'subject' | 'language' | 'received_at' | 'delivery'>;

/**
 * Puts the readings of the files together: the lines of all files, renumbered; the facts of the first file that states
 * them; and everything that is missing or odd. The sender's own words go before those of a file.
 */
export function draftOf(letter: Letter, readings: FileReading[]): Order {
  const { order_id, from_email, subject, language, received_at } = letter;
  const parts = readings.map(numbered(readings));
  const facts = joined(readings.map((reading) => reading.facts));
  const lines = parts.flatMap((part) => part.lines);
  const stated = parts.flatMap((part) => part.totals);
  const found = parts.flatMap((part) => part.anomalies);
  const order: Order = {
    ...{ order_id, version: 1, from_email, subject, language, received_at },
    delivery: deliveryOf(letter, facts),
    facts,
    files: readings.map(({ file, outcome, reason, sheets, structures }) => ({
      ...{ file, outcome, sheets, structures },
      ...(reason ? { reason } : {}),
    })),
    lines,
    totals: totalsOf(lines, stated),
    anomalies: readings.length > 1 ? recheck(lines, stated, found, new Set()) : found,
    dismissed: [],
  };
  return { ...order, anomalies: check(order) };
}

interface Part {
  lines: OrderLine[];
  totals: StatedTotal[];
  anomalies: Anomaly[];
}

/** Line numbers restart per file; an order renumbers them. */
function numbered(readings: FileReading[]): (reading: FileReading, index: number) => Part {
  return ({ lines, totals, anomalies }, index) => {
    const before = readings.slice(0, index).reduce((sum, reading) => sum + reading.lines.length, 0);
    const names = new Map(lines.map(({ line_id }, i) => [line_id, `L${before + i + 1}`]));
    const name = (id: string) => names.get(id) ?? id;
    return {
      lines: lines.map((line) => ({ ...line, line_id: name(line.line_id) })),
      totals: totals.map((total) => ({ ...total, covers: total.covers.map(name) })),
      anomalies: anomalies.map((anomaly) => ({
        ...anomaly,
        ...(anomaly.line_id === undefined ? {} : { line_id: name(anomaly.line_id) }),
      })),
    };
  };
}

function joined(all: OrderFacts[]): OrderFacts {
  return all.reduceRight<OrderFacts>((later, earlier) => ({ ...later, ...earlier }), {});
}

function deliveryOf({ delivery }: Letter, facts: OrderFacts): Order['delivery'] {
  const said = (value: string): SourcedText => ({ value, source: 'form', confidence: 1 });
  const address = delivery.address === undefined ? facts.delivery_address : said(delivery.address);
  const date: SourcedDay | undefined = delivery.date === undefined ? facts.delivery_date : said(delivery.date);
  return { ...(address ? { address } : {}), ...(date ? { date } : {}) };
}
