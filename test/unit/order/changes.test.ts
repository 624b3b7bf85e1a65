import type { OrderCorrections } from '../../../schemas/order/run';
import { OrderCorrections as CorrectionsSchema } from '../../../schemas/order/run';
import { validatorFor } from '../../../src/contracts/validators';
import { changesBetween } from '../../../src/order/changes';
import { check } from '../../../src/order/check';
import { correct } from '../../../src/order/correct';
import { fixesOf } from '../../../src/order/fixes';
import { orderOf, read } from '../../support/orders';

function corrected(order: ReturnType<typeof orderOf>, corrections: OrderCorrections) {
  const result = correct(order, corrections, 'ann');
  if ('faults' in result) throw new Error(JSON.stringify(result.faults));
  return result.order;
}

it('the changes of a correction say what was read, with its cell, and what stands there since', () => {
  const order = orderOf();
  const next = corrected(order, {
    delivery: { date: '2026-03-01' },
    lines: [
      { line_id: 'L1', remove: true },
      { line_id: 'L2', reference: '008', amount: null },
      { reference: 'N', quantity: 1 },
    ],
  });
  expect(changesBetween(order, next)).toEqual([
    { kind: 'value', path: '/delivery/date', read: read('2026-02-01'), corrected: '2026-03-01' },
    { kind: 'value', path: '/lines/0/reference', line_id: 'L2', read: read('007'), corrected: '008' },
    { kind: 'value', path: '/lines/0/amount', line_id: 'L2', read: read('0.5') },
    { kind: 'line_added', path: '/lines/1', line_id: 'L3' },
    { kind: 'value', path: '/lines/1/reference', line_id: 'L3', corrected: 'N' },
    { kind: 'value', path: '/lines/1/quantity', line_id: 'L3', corrected: '1' },
    { kind: 'line_removed', path: '/lines/0', line_id: 'L1' },
  ]);
});

it('an anomaly that needs no typing comes with the correction that mends it, and what blocks is never waved through', () => {
  const proposal = { ...read('2026-05-01'), source: 'proposal' as const };
  const order = orderOf({ delivery: { date: proposal } });
  const asked = { ...order, anomalies: check(order) };
  const fixes = fixesOf(asked, 0);
  expect(fixes.map(({ path, corrections }) => [path, corrections])).toEqual([
    ['/anomalies/1', { delivery: { date: '2026-05-01' } }],
    ['/anomalies/1', { dismiss: [{ code: 'delivery.date_proposed', path: '/delivery/date' }] }],
  ]);
  expect(asked.anomalies.map(({ code }) => code)).toEqual(['delivery.address_missing', 'delivery.date_proposed']);
  expect(fixes.every(({ corrections }) => validatorFor(CorrectionsSchema)(corrections).ok)).toBe(true);
  const mended = corrected(asked, fixes[0]!.corrections);
  expect(mended.anomalies.map(({ code }) => code)).toEqual(['delivery.address_missing']);
});

it('a warning may be accepted as it is', () => {
  const order = orderOf({ delivery: { address: read('1 Main St'), date: read('2020-01-01') } });
  const asked = { ...order, anomalies: check(order) };
  const [fix] = fixesOf(asked, 1_000);
  expect(fix).toMatchObject({ path: '/anomalies/1000', corrections: { dismiss: [{ code: 'delivery.date_past' }] } });
  expect(corrected(asked, fix!.corrections).anomalies).toEqual([]);
});
