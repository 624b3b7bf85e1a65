import type { OrderFacts, SourcedText } from '../../../schemas/order/order';
import type { Context } from './context';
import { asNumber } from './decimal';
import { marksOf, type Mark } from './facts';
import { textOf, type Grid } from './grid';
import type { UnnumberedLine, Found } from './line';
import { figureOf } from './profile';
import { isAddress, takeSharedDelivery } from './shared-delivery';
import type { SheetReading } from './sheet-reading';
import { plainWords } from './text';

/** Facts by which orders differ, the most telling first. */
const KEYS = ['order_number', 'customer', 'delivery_address'] as const;
type Key = (typeof KEYS)[number];

/** What one line says of its order. */
type Own = Partial<Record<Key | 'delivery_date', SourcedText>>;

export interface Orders {
  /** absent where only the addresses of single lines differ */
  orders?: { order: string; facts: OrderFacts; drafts: UnnumberedLine[] }[];
  found: Found[];
  /** the facts of the whole file, without those that differ from order to order */
  facts: OrderFacts;
}

const SHOWN = 10;

/**
 * The orders of a file: by a column of numbers, by the labels above each part of a sheet, by sheets. Each line is given
 * the number, the customer and the destination of its own order. `stated` are the facts around the lines, `beside` the
 * sheets that no line is read from, of which one may sum up the parts of an order.
 */
export function ordersIn(
  sheets: readonly SheetReading[],
  context: Context,
  stated: OrderFacts,
  beside: readonly Grid[] = [],
): Orders {
  const drafts = sheets.flatMap(({ readings }) => readings.flatMap((reading) => reading.drafts));
  const places = placesAbove(drafts);
  const own = ownFacts(sheets, context, places);
  inherit(drafts, own);
  const values = (key: keyof Own) => distinct(drafts.flatMap((draft) => own.get(draft)?.[key] ?? []));
  const differs = KEYS.find((each) => values(each).length > 1);
  // one number on every part, or one table of all of them, makes one order, for several places
  const isSummed =
    (differs === 'customer' || differs === 'delivery_address') &&
    beside.some((grid) => sumsUp(grid, partsBy(differs, drafts, own)));
  const isOne =
    isSummed ||
    (differs === 'delivery_address' &&
      (new Set(drafts.map(({ table }) => table)).size === 1 ||
        (values('order_number').length === 1 && drafts.every((draft) => own.get(draft)?.order_number))));
  const key = isOne ? undefined : differs;
  if (isOne) placeParts(drafts, own);
  if (!key) {
    const number = values('order_number')[0];
    for (const { line } of drafts) delete line.order_number;
    const customer = differs === 'customer' ? undefined : values('customer')[0];
    for (const { line } of drafts) delete line.customer;
    if (values('delivery_date').length > 1) dateLines(drafts, own);
    const delivery = takeSharedDelivery(drafts, stated);
    return {
      found: destinations(drafts),
      facts: {
        ...(number ? { order_number: number } : {}),
        ...(customer ? { customer } : {}),
        ...delivery,
        ...stated,
        ...(stated.customer && places.has(keyOf(stated.customer)) ? { customer } : {}),
        ...(isOne ? { delivery_address: undefined } : {}),
        ...(differs === 'customer' ? { customer: undefined } : {}),
      },
    };
  }
  if (key !== 'delivery_address') dropPlaces(drafts);
  const differing = [...KEYS, 'delivery_date' as const].filter((each) => values(each).length > 1);
  const orders = split(drafts, own, key, differing);
  if (key === 'delivery_address' && differing.includes('delivery_date')) dateLines(drafts, own);
  else
    for (const { facts, drafts: theirs } of orders)
      Object.assign(facts, { ...takeSharedDelivery(theirs, facts), ...facts });
  const first = orders.map(({ drafts: [draft] }) => own.get(draft as UnnumberedLine)?.[key]);
  const names = first.map((value) => value?.value ?? '–');
  const text = names.length > SHOWN ? `${names.slice(0, SHOWN).join(', ')}, …` : names.join(', ');
  return {
    orders,
    found: [
      {
        code: 'orders.several',
        evidence: first.slice(0, SHOWN).flatMap((value) => value?.from ?? []),
        words: { count: String(orders.length), text },
      },
    ],
    facts: Object.fromEntries(Object.entries(stated).filter(([name]) => !differing.includes(name as Key))),
  };
}

/** The lines by a fact of theirs. */
function partsBy(key: Key, drafts: readonly UnnumberedLine[], own: ReadonlyMap<UnnumberedLine, Own>) {
  const parts = new Map<string, UnnumberedLine[]>();
  for (const draft of drafts) {
    const name = plainWords(own.get(draft)?.[key]?.value ?? '');
    parts.set(name, [...(parts.get(name) ?? []), draft]);
  }
  return parts;
}

/**
 * Whether a sheet sums up the parts of an order: a column has the name of each, and beside it the number of its lines, of
 * its goods, or its amount.
 */
function sumsUp({ rows, width }: Grid, parts: ReadonlyMap<string, readonly UnnumberedLine[]>): boolean {
  const sumOf = (drafts: readonly UnnumberedLine[], figure: 'quantity' | 'amount') =>
    drafts.reduce((sum, draft) => sum + (draft[figure] ? asNumber(draft[figure]) : 0), 0);
  return Array.from({ length: width }, (_, at) => at + 1).some((column) =>
    [...parts].every(([name, drafts]) => {
      const row = rows.find(({ cells }) => plainWords(textOf(cells[column])) === name);
      const sums = [drafts.length, sumOf(drafts, 'quantity'), sumOf(drafts, 'amount')];
      return row?.cells.some((cell) => sums.some((sum) => sum > 0 && Math.abs(figureOf(cell) - sum) < 0.006)) ?? false;
    }),
  );
}

/** Gives the lines of each part of an order the place that stands above them. */
function placeParts(drafts: readonly UnnumberedLine[], own: ReadonlyMap<UnnumberedLine, Own>): void {
  for (const draft of drafts) {
    const { delivery_address, customer } = own.get(draft) ?? {};
    const place = delivery_address ?? customer;
    if (place) draft.line.destination ??= place;
  }
}

/** Takes from lines the place that a row above their block names: it is the address of their order. */
function dropPlaces(drafts: readonly UnnumberedLine[]): void {
  for (const { line, table, row } of drafts) {
    const at = Number(/\d+/.exec(line.destination?.from?.cell ?? '')?.[0]);
    const isAbove = !table.roles.has('destination') && table.layout === 'rows' && at < row;
    if (isAbove) delete line.destination;
  }
}

/** Gives lines the day of their own block, where blocks are delivered on several days. */
function dateLines(drafts: readonly UnnumberedLine[], own: ReadonlyMap<UnnumberedLine, Own>): void {
  for (const draft of drafts) {
    const day = own.get(draft)?.delivery_date;
    if (day) draft.line.delivery_date ??= day;
  }
}

const keyOf = ({ from }: SourcedText): string => `${from?.sheet ?? ''} ${from?.cell ?? ''}`;

/** Cells above lines that name their places, and so no customer: `Magasin : Namur`. */
const placesAbove = (drafts: readonly UnnumberedLine[]): Set<string> =>
  new Set(
    drafts.flatMap(({ line: { destination }, table }) =>
      destination && !table.roles.has('destination') ? [keyOf(destination)] : [],
    ),
  );

/** What each line says of its order: its own columns, else the labels above it on its sheet. */
function ownFacts(
  sheets: readonly SheetReading[],
  context: Context,
  places: ReadonlySet<string>,
): Map<UnnumberedLine, Own> {
  const own = new Map<UnnumberedLine, Own>();
  for (const sheet of sheets) {
    const drafts = sheet.readings.flatMap((reading) => reading.drafts).sort((a, b) => a.row - b.row);
    const all = sheet.tables.some((table) => table.grid.turned) ? [] : marksOf(sheet.grid, sheet.readings, context);
    const marks = all.filter(({ fact, value }) => fact !== 'customer' || !places.has(keyOf(value)));
    const heads = sheet.tables.flatMap(({ headerRows }) => [...headerRows]).sort((a, b) => a - b);
    const known = new Map<string, SourcedText | undefined>();
    for (const draft of drafts) {
      const { line, row, table } = draft;
      const above = (fact: Mark['fact']) => {
        const last = marks.findLastIndex((mark) => mark.fact === fact && mark.row < row);
        if (last < 0) return undefined;
        const key = `${fact} ${last} ${table.left}`;
        if (!known.has(key)) known.set(key, valueAbove(marks, fact, row, drafts, heads, table));
        return known.get(key);
      };
      own.set(draft, {
        order_number: line.order_number ?? above('order_number'),
        customer: line.customer ?? above('customer'),
        delivery_address: above('delivery_address'),
        delivery_date: above('delivery_date'),
      });
    }
  }
  return own;
}

/** The surest value of a label above a row, without a line or a heading row between the labels that compete. */
function valueAbove(
  marks: readonly Mark[],
  fact: Mark['fact'],
  row: number,
  drafts: readonly UnnumberedLine[],
  heads: readonly number[],
  { left, right }: UnnumberedLine['table'],
): SourcedText | undefined {
  const above = marks.filter((mark) => mark.fact === fact && mark.row < row);
  const beside = above.filter(({ column }) => column >= left - 1 && column <= right);
  const mine = beside.length > 0 ? beside : above;
  const last = mine.at(-1);
  if (!last) return undefined;
  const between = Math.max(
    drafts.findLast((draft) => draft.row < last.row)?.row ?? 0,
    heads.findLast((head) => head < last.row) ?? 0,
  );
  return mine
    .filter((mark) => mark.row > between)
    .reduce((best, mark) => (mark.value.confidence > best.value.confidence ? mark : best)).value;
}

/** Facts that stand on the first line of an order only hold for the lines below it too. */
function inherit(drafts: readonly UnnumberedLine[], own: Map<UnnumberedLine, Own>): void {
  let before: Own = {};
  for (const draft of drafts) {
    const mine = own.get(draft) ?? {};
    const number = mine.order_number ?? before.order_number;
    const same = before.order_number === undefined || number?.value === before.order_number.value;
    const facts: Own = same
      ? {
          order_number: number,
          customer: mine.customer ?? before.customer,
          delivery_address: mine.delivery_address ?? before.delivery_address,
          delivery_date: mine.delivery_date ?? before.delivery_date,
        }
      : mine;
    own.set(draft, facts);
    before = facts;
  }
}

function distinct(values: readonly SourcedText[]): SourcedText[] {
  const seen = new Map<string, SourcedText>();
  for (const value of values) {
    const key = plainWords(value.value);
    if (!seen.has(key)) seen.set(key, value);
  }
  return [...seen.values()];
}

/** Gives each line the name of its order, and what distinguishes that order. */
function split(
  drafts: readonly UnnumberedLine[],
  own: ReadonlyMap<UnnumberedLine, Own>,
  key: Key,
  differing: readonly (keyof Own)[],
): NonNullable<Orders['orders']> {
  const orders = new Map<string, NonNullable<Orders['orders']>[number]>();
  for (const draft of drafts) {
    const facts = own.get(draft) ?? {};
    const name = plainWords(facts[key]?.value ?? '');
    let order = orders.get(name);
    if (!order) {
      order = { order: `O${orders.size + 1}`, facts: {}, drafts: [] };
      orders.set(name, order);
    }
    order.drafts.push(draft);
    draft.line.order = order.order;
    for (const fact of differing) if (facts[fact]) order.facts[fact] ??= facts[fact];
    if (facts.order_number) draft.line.order_number = facts.order_number;
    if (facts.customer) draft.line.customer = facts.customer;
    if (key === 'delivery_address' && facts.delivery_address) draft.line.destination ??= facts.delivery_address;
  }
  return [...orders.values()];
}

/** Reports lines that go to several addresses, which no single address of the order may cover. */
function destinations(drafts: readonly UnnumberedLine[]): Found[] {
  const places = distinct(
    drafts.flatMap(({ line, table }) => (table.roles.has('destination') ? (line.destination ?? []) : [])),
  );
  const addresses = places.filter(({ value }) => isAddress(value));
  if (addresses.length < 2) return [];
  const text = addresses
    .slice(0, SHOWN)
    .map(({ value }) => value)
    .join(' | ');
  return [
    {
      code: 'delivery.several',
      evidence: addresses.slice(0, SHOWN).flatMap(({ from }) => from ?? []),
      words: { count: String(addresses.length), text },
      // what each line says of itself covers all of them
      severity: drafts.every(({ line }) => line.destination) ? 'warning' : 'blocking',
    },
  ];
}
