/** Headings that say of money only whether it is with tax, and lists of goods of the same names. */
import { codes, column, read, shown, type Written } from './book';

const priced = (heads: [string, string], quantities: Written[]) =>
  read([
    ['Part no.', 'Item', 'Kvax', ...heads, 'ORDER'],
    ['VQ-12', 'Chain', '126 links', shown(899, '899.00'), shown(520, '520.00'), quantities[0] ?? null],
    ['VQ-BM', 'Brake pads', 'metal', shown(349, '349.00'), shown(196, '196.00'), quantities[1] ?? null],
    ['VQ-BR', 'Brake pads', 'resin', shown(299, '299.00'), shown(168, '168.00'), quantities[2] ?? null],
    ['VQ-R1', 'Rotor', '160 mm', shown(499, '499.00'), shown(285, '285.00'), quantities[3] ?? null],
    ['VQ-R2', 'Rotor', '180 mm', shown(549, '549.00'), shown(312, '312.00'), quantities[4] ?? null],
  ]);

describe('money that only says that it is without tax', () => {
  it.each<[string, string]>([
    ['RRP incl.', 'Dealer excl.'],
    ['UVP inkl.', 'Händler exkl.'],
    ['RRP', 'Ex GST'],
    ['PVP', 'sin IVA'],
    ['Adviesprijs', 'excl. BTW'],
    ['Prix public', 'hors TVA'],
  ])('is the price below the list price: %s, %s', (list, net) => {
    const reading = priced([list, net], [10, 20, 30, null, null]);
    expect(column(reading, 'unit_price')).toEqual(['520', '196', '168']);
    expect(column(reading, 'amount').filter(Boolean)).toEqual([]);
    const stops = reading.anomalies.filter(({ severity }) => severity === 'blocking');
    expect(stops).toEqual([]);
  });

  it('is asked about where each line has it and it may be for all of them', () => {
    const reading = read([
      ['Code', 'Item', 'Qty', 'Ex GST'],
      ['VS-221', 'Gloves', 20, shown(40, '$40.00')],
      ['VS-224', 'Catheter', 2, shown(64, '$64.00')],
    ]);
    expect(codes(reading)).toContain('columns.uncertain');
  });
});

it.each(['Spec', 'Kvax', 'Odmiana', 'Ausführung 2', 'Zeta'])(
  'goods of the same names and other codes differ in their variants: %s',
  (heading) => {
    const reading = read([
      ['Part no.', 'Item', heading, 'Qty'],
      ['VQ-BM', 'Brake pads', 'metal', 4],
      ['VQ-BR', 'Brake pads', 'resin', 2],
      ['VQ-R1', 'Rotor', '160 mm', 6],
      ['VQ-R2', 'Rotor', '180 mm', 1],
    ]);
    expect(column(reading, 'variant')).toEqual(['metal', 'resin', '160 mm', '180 mm']);
  },
);
