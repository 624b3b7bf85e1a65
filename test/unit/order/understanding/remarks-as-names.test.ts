/** Columns that are something else than their headings say. */
import { codes, column, read, type Written } from './book';

const exported = (heading: string, first: Written[] = []): Written[][] => [
  ['Document', 'Item', heading, 'Quantity', 'Rate', 'Amount'],
  ...(first.length > 0 ? [first] : []),
  ['PO30951', 'CMP-02', 'Camp stove 2-burner', 9, 74.5, 670.5],
  ['PO30951', 'CMP-16', 'Propane cylinder, case of 12', 12, 46, 552],
  ['PO30951', 'LNT-40', 'LED lantern 400 lm', 18, 22, 396],
];

describe('remarks of a table without names', () => {
  it.each(['Memo', 'Remarks', 'Bemerkung', 'Remarque', 'Opmerking', 'Note'])('are its names: %s', (heading) => {
    const reading = read(exported(heading));
    expect(column(reading, 'description')).toEqual([
      'Camp stove 2-burner',
      'Propane cylinder, case of 12',
      'LED lantern 400 lm',
    ]);
    expect(codes(reading)).toContain('columns.uncertain');
  });

  it('stay remarks where only some lines have one, or all the same', () => {
    const some = read([
      ['Item', 'Remarks', 'Quantity'],
      ['CMP-02', 'urgent, for the new shop', 9],
      ['CMP-16', null, 12],
      ['LNT-40', null, 18],
    ]);
    expect(column(some, 'description').filter(Boolean)).toEqual([]);
  });
});

it.each(['Spring reorder', 'Nachbestellung Frühling', 'Réassort printemps', 'Riordino', 'Voorjaar'])(
  'the row of an order before its lines is none where its amount is theirs: %s',
  (name) => {
    const reading = read(exported('Memo', ['PO30951', null, name, null, null, 1618.5]));
    expect(column(reading, 'quantity')).toEqual(['9', '12', '18']);
    const other = read(exported('Memo', ['PO30951', null, name, null, null, 1700]));
    expect(codes(other)).toContain('line.quantity_missing');
  },
);

it.each([
  ['Cases', 'Pack', 'Price/case'],
  ['Kartons', 'Inhalt', 'Preis/Karton'],
  ['Cartons', 'Contenance', 'Prix/carton'],
  ['Cajas', 'Formato', 'Precio/caja'],
  ['Dozen', 'Verpakking', 'Prijs/doos'],
])('what a pack contains is no variant where packs are counted: %s', (count, pack, price) => {
  const reading = read([
    ['Code', 'Product', pack, count, price],
    ['HB-1', 'Espresso beans', '6 x 1kg', 8, 64.5],
    ['OAT', 'Oat drink', '12 x 1L', 15, 17.4],
    ['CUP', 'Paper cup', '500', 6, 41],
  ]);
  expect(column(reading, 'variant').filter(Boolean)).toEqual([]);
  expect(column(reading, 'quantity')).toEqual(['8', '15', '6']);
});
