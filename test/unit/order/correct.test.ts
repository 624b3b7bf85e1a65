import * as fc from 'fast-check';
import type { Anomaly, Order } from '../../../schemas/order/order';
import { Order as OrderSchema } from '../../../schemas/order/order';
import { OrderCorrections } from '../../../schemas/order/run';
import { validatorFor } from '../../../src/contracts/validators';
import { correct } from '../../../src/order/correct';
import { totalsOf } from '../../../src/order/totals';
import { line, orderOf } from '../../support/orders';

const valid = validatorFor(OrderSchema);
const validCorrections = validatorFor(OrderCorrections);

/** The corrected order. */
function good(order: Order, corrections: OrderCorrections): Order {
  const result = correct(order, corrections, 'ann');
  if ('faults' in result) throw new Error(JSON.stringify(result.faults));
  return result.order;
}
const pointers = (order: Order, corrections: OrderCorrections) => {
  const result = correct(order, corrections, 'ann');
  return 'faults' in result ? result.faults.map(({ pointer }) => pointer) : [];
};
const anomaly = (code: string, more: Partial<Anomaly> = {}): Anomaly => ({
  ...{ code, severity: 'blocking', message: { en: 'x', fr: 'x' }, evidence: [], ...more },
});
const person = (value: string) => ({ value, source: 'person', confidence: 1 });

describe('corrections that say nothing', () => {
  it.each<OrderCorrections>([{}, { lines: [] }, { delivery: {} }, { facts: {}, dismiss: [] }])(
    'give the order as it is: %j',
    (nothing) => {
      const order = orderOf();
      expect(good(order, nothing)).toBe(order);
    },
  );
});

describe('the letter', () => {
  it('takes an address and a day, which mends their absence', () => {
    const order = orderOf({ delivery: {} });
    const next = good(order, { delivery: { address: '2 High St', date: '2026-05-06' } });
    expect(next.delivery).toEqual({ address: person('2 High St'), date: person('2026-05-06') });
    expect([next.version, next.anomalies]).toEqual([2, []]);
  });

  it('with one of them keeps the other', () => {
    const next = good(orderOf(), { delivery: { date: '2026-05-06' } });
    expect(next.delivery.address?.value).toBe('1 Main St');
  });

  it('takes facts', () => {
    const next = good(orderOf(), { facts: { order_number: 'PO-7', currency: 'EUR' } });
    expect(next.facts).toEqual({ order_number: person('PO-7'), currency: person('EUR') });
  });

  it('gets a warning for a day that was past when the order came', () => {
    expect(good(orderOf(), { delivery: { date: '2020-01-01' } }).anomalies).toMatchObject([
      { code: 'delivery.date_past' },
    ]);
  });
});

describe('lines', () => {
  it('take new values as a person’s, and the sums follow', () => {
    const next = good(orderOf(), { lines: [{ line_id: 'L1', quantity: 4, unit_price: '2.25', unit: 'kg' }] });
    expect(next.lines[0]).toMatchObject({ quantity: person('4'), unit_price: person('2.25'), unit: person('kg') });
    expect(next.totals).toMatchObject({ lines: 2, quantity: '14', amount: '9.5' });
  });

  it('drop an amount that was stated for other figures, unless it is given too', () => {
    expect(good(orderOf(), { lines: [{ line_id: 'L2', quantity: '20' }] }).lines[1]!.amount).toBeUndefined();
    const given = good(orderOf(), { lines: [{ line_id: 'L2', quantity: '20', amount: '0.9' }] });
    expect(given.lines[1]!.amount).toEqual(person('0.9'));
  });

  it('are added under a number that no line has had', () => {
    const next = good(orderOf(), {
      lines: [
        { reference: 'N', quantity: '1' },
        { ean: '9780000000002', quantity: '2' },
      ],
    });
    expect(next.lines.map(({ line_id }) => line_id)).toEqual(['L1', 'L2', 'L3', 'L4']);
  });

  it('are removed with their anomalies', () => {
    const anomalies = [
      anomaly('line.quantity_missing', { line_id: 'L1' }),
      anomaly('line.value_error', { line_id: 'L2', path: '/lines/1' }),
    ];
    const next = good(orderOf({ anomalies }), { lines: [{ line_id: 'L1', remove: true }] });
    expect(next.lines.map(({ line_id }) => line_id)).toEqual(['L2']);
    expect(next.anomalies).toMatchObject([{ line_id: 'L2', path: '/lines/0' }]);
  });

  it('leave a blocked order when all are removed', () => {
    const next = good(orderOf(), { lines: ['L1', 'L2'].map((line_id) => ({ line_id, remove: true })) });
    expect(next.anomalies).toMatchObject([{ code: 'lines.none', severity: 'blocking' }]);
    expect(next.totals).toEqual({ lines: 0, quantity: '0', stated: [] });
  });

  it.each<[string, string, object, boolean]>([
    ['a quantity that is given', 'line.quantity_missing', { quantity: '1' }, true],
    ['another value', 'line.quantity_missing', { note: 'x' }, false],
    ['an EAN instead of the reference', 'line.reference_damaged', { ean: '9780000000002' }, true],
    ['a reference that is taken away', 'line.reference_damaged', { reference: null }, false],
    ['a price that is taken away', 'line.price_unreadable', { unit_price: null }, true],
    ['a missing price that is taken away', 'line.price_missing', { unit_price: null }, false],
    ['a unit', 'line.unit_unknown', { unit: 'kg' }, true],
    ['a day', 'line.date_unreadable', { delivery_date: '2026-05-06' }, true],
    ['an amount', 'line.amount_mismatch', { amount: '3' }, true],
    ['anything, where the line as a whole is odd', 'line.value_error', { note: 'seen' }, true],
  ])('%s: %s', (_, code, values, mended) => {
    const order = orderOf({ anomalies: [anomaly(code, { line_id: 'L1' }), anomaly(code, { line_id: 'L2' })] });
    const left = good(order, { lines: [{ line_id: 'L1', ...values }] }).anomalies.filter((one) => one.code === code);
    expect(left.map(({ line_id }) => line_id)).toEqual(mended ? ['L2'] : ['L1', 'L2']);
  });

  it('are blocked without any value that names them', () => {
    const next = good(orderOf(), { lines: [{ line_id: 'L1', reference: null, description: null }] });
    expect(next.anomalies).toMatchObject([
      { code: 'line.unnamed', severity: 'blocking', line_id: 'L1', path: '/lines/0/reference' },
    ]);
    expect(pointers(next, { dismiss: [{ code: 'line.unnamed' }] })).toEqual(['/dismiss/0']);
    expect(good(next, { lines: [{ line_id: 'L1', description: 'Screw' }] }).anomalies).toEqual([]);
  });
});

describe('corrections with a fault change nothing, and each fault is reported', () => {
  it.each<[string, OrderCorrections, string[]]>([
    ['an unknown line', { lines: [{ line_id: 'L9', quantity: '1' }] }, ['/lines/0/line_id']],
    [
      'a line twice',
      {
        lines: [
          { line_id: 'L1', unit: 'a' },
          { line_id: 'L1', unit: 'b' },
        ],
      },
      ['/lines/1/line_id'],
    ],
    [
      'a line removed and changed',
      {
        lines: [
          { line_id: 'L1', remove: true },
          { line_id: 'L1', unit: 'b' },
        ],
      },
      ['/lines/1/line_id'],
    ],
    ['a removal with values', { lines: [{ line_id: 'L1', remove: true, unit: 'b' }] }, ['/lines/0/remove']],
    ['a removal without a line', { lines: [{ remove: true }] }, ['/lines/0/line_id']],
    ['a new line without a quantity', { lines: [{ reference: 'N' }] }, ['/lines/0/quantity']],
    ['a new line without a name', { lines: [{ quantity: '1', reference: null }] }, ['/lines/0/reference']],
    ['a quantity of zero', { lines: [{ line_id: 'L1', quantity: 0 }] }, ['/lines/0/quantity']],
    ['a negative quantity', { lines: [{ line_id: 'L1', quantity: '-1' }] }, ['/lines/0/quantity']],
    ['more digits than a figure has', { lines: [{ line_id: 'L1', quantity: 1e30 }] }, ['/lines/0/quantity']],
    ['decimals that would be rounded off', { lines: [{ line_id: 'L1', unit_price: 1e-12 }] }, ['/lines/0/unit_price']],
    ['an unknown anomaly', { dismiss: [{ code: 'line.nothing' }] }, ['/dismiss/0']],
    [
      'several at once',
      { lines: [{ line_id: 'L9' }, { quantity: '0' }], dismiss: [{ code: 'no.such' }] },
      ['/lines/0/line_id', '/lines/1/reference', '/lines/1/quantity', '/dismiss/0'],
    ],
  ])('%s', (_, corrections, found) => {
    const order = orderOf();
    const before = structuredClone(order);
    expect(pointers(order, { delivery: { address: 'elsewhere' }, ...corrections })).toEqual(found);
    expect(order).toEqual(before);
  });
});

describe('an anomaly that a person dismisses', () => {
  it('is left out from then on, with their name', () => {
    const order = orderOf({
      anomalies: [anomaly('file.refused'), anomaly('line.unit_unknown', { line_id: 'L1', severity: 'warning' })],
    });
    const next = good(order, { dismiss: [{ code: 'line.unit_unknown' }] });
    expect(next.dismissed).toEqual([{ code: 'line.unit_unknown', by: 'ann' }]);
    expect(good(next, { facts: { customer: 'x' } }).anomalies.map(({ code }) => code)).not.toContain(
      'line.unit_unknown',
    );
  });

  it.each([
    'delivery.address_missing',
    'delivery.date_missing',
    'lines.none',
    'line.quantity_missing',
    'line.reference_damaged',
  ])('cannot be %s: there would be nothing to export', (code) => {
    const order = orderOf({ anomalies: [anomaly(code, { line_id: 'L1' })] });
    expect(pointers(order, { dismiss: [{ code }] })).toEqual(['/dismiss/0']);
  });
});

describe('any correction', () => {
  const decimal = fc.oneof(
    fc.integer({ min: 1, max: 99_999 }).map(String),
    fc.integer({ min: 1, max: 99_999 }).map((n) => `${n}.25`),
    fc.integer({ min: -5, max: 1_000 }),
    fc.constantFrom(1e21, 1e-12, 0.1),
  );
  const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const text = fc.string({ minLength: 1, maxLength: 8 });
  const lineCorrection = fc.record({
    line_id: optional(fc.constantFrom('L1', 'L2', 'L3', 'L9')),
    remove: optional(fc.constant(true as const)),
    reference: optional(fc.oneof(text, fc.constant(null))),
    description: optional(fc.oneof(text, fc.constant(null))),
    quantity: optional(decimal),
    unit_price: optional(fc.oneof(decimal, fc.constant(null))),
    amount: optional(fc.oneof(decimal, fc.constant(null))),
  });
  const corrections = fc
    .record({
      delivery: optional(
        fc.record({
          address: optional(text.map((s) => `x${s}`)),
          date: optional(fc.constantFrom('2026-05-06', '2020-01-01')),
        }),
      ),
      lines: optional(fc.array(lineCorrection, { maxLength: 4 })),
      dismiss: optional(
        fc.array(fc.constantFrom({ code: 'line.unit_unknown' }, { code: 'lines.none' }), { maxLength: 1 }),
      ),
    })
    .map((made) => JSON.parse(JSON.stringify(made)) as OrderCorrections)
    .filter((made) => validCorrections(made).ok);
  const order = () =>
    orderOf({
      lines: [
        line('L1', { reference: 'A', quantity: '2', unit_price: '1.5' }),
        line('L2', { quantity: '3', amount: '7' }),
        line('L3', { reference: 'C' }),
      ],
      anomalies: [anomaly('line.unit_unknown', { severity: 'warning', line_id: 'L1' })],
    });

  it('the same input gives the same result and is not changed, and the order fits the contract with right sums', () => {
    let applied = 0;
    fc.assert(
      fc.property(corrections, (made) => {
        const given = order();
        const result = correct(given, made, 'ann');
        expect(correct(order(), structuredClone(made), 'ann')).toEqual(result);
        expect(given).toEqual(order());
        if ('faults' in result) return expect(result.faults.length).toBeGreaterThan(0);
        applied += 1;
        expect(valid(result.order)).toMatchObject({ ok: true });
        expect(result.order.totals).toEqual(totalsOf(result.order.lines, [], result.order.facts.currency?.value));
        const ids = result.order.lines.map(({ line_id }) => line_id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 1_000 },
    );
    expect(applied).toBeGreaterThan(50);
  });
});

describe('a file that says that it is no order', () => {
  const aside: Order = orderOf({
    lines: [],
    files: [
      {
        ...{ file: 'stock.xlsx', outcome: 'not_an_order', sheets: [], structures: [] },
        reason: { code: 'stock_list', message: { en: 'A list of stock', fr: 'Un état de stock' } },
        set_aside: {
          lines: [line('L1', { reference: 'A-1', quantity: '34' }), line('L2', { reference: 'A-2', quantity: '28' })],
          facts: { customer: { value: 'Arcades', source: 'file', confidence: 0.9 } },
          totals: [],
          anomalies: [anomaly('line.noted', { severity: 'warning', line_id: 'L2' })],
        },
      },
    ],
  });

  it('is one all the same if a person says so: its lines are taken, with what is odd about them', () => {
    const next = good(aside, { files: [{ file: 'stock.xlsx', is_order: true }] });
    expect(next.lines.map(({ line_id, quantity }) => [line_id, quantity?.value])).toEqual([
      ['L1', '34'],
      ['L2', '28'],
    ]);
    expect(next.files[0]).toEqual({ file: 'stock.xlsx', outcome: 'order', sheets: [], structures: [] });
    expect(next.facts.customer?.value).toBe('Arcades');
    expect(next.anomalies.map(({ code, line_id }) => [code, line_id])).toEqual([['line.noted', 'L2']]);
    expect(valid(next).ok).toBe(true);
  });

  it('has to be in the order, and to have lines', () => {
    expect(pointers(aside, { files: [{ file: 'other.xlsx', is_order: true }] })).toEqual(['/files/0/file']);
    const taken = good(aside, { files: [{ file: 'stock.xlsx', is_order: true }] });
    expect(pointers(taken, { files: [{ file: 'stock.xlsx', is_order: true }] })).toEqual(['/files/0/file']);
  });
});

describe('an anomaly of several lines', () => {
  it('stays for the lines that nobody has corrected', () => {
    const order = orderOf({
      lines: [line('L1', { reference: 'A', quantity: '1' }), line('L2', { reference: 'B', quantity: '1' })],
      anomalies: [anomaly('line.held', { line_ids: ['L1', 'L2'] })],
    });
    const once = good(order, { lines: [{ line_id: 'L1', remove: true }] });
    expect(once.anomalies.map(({ code, line_ids }) => [code, line_ids])).toEqual([['line.held', ['L2']]]);
    const twice = good(once, { dismiss: [{ code: 'line.held' }] });
    expect(twice.anomalies).toEqual([]);
  });
});
