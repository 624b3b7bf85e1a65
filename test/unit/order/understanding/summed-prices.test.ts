/** Prices of which the figure below says that they are amounts, and prices for all of a line. */
import { codes, column, read, type Written } from './book';

const goods: [string, number, number][] = [
  ['Cards with envelopes', 600, 342.5],
  ['Posters', 40, 96],
  ['Pads of 50 leaves', 20, 158],
];

describe('prices', () => {
  it.each<[string, Written[], string]>([
    ['French', ['Imprimé', 'Format X', 'Exemplaires', 'Prix HT'], 'Total HT'],
    ['German', ['Artikel', 'Zeta', 'Menge', 'Preis netto'], 'Summe'],
    ['Italian', ['Descrizione', 'Zeta', 'Quantità', 'Prezzo'], 'Totale'],
    ['Dutch', ['Omschrijving', 'Zeta', 'Aantal', 'Prijs excl. btw'], 'Totaal'],
    ['English', ['Description', 'Zeta', 'Qty', 'Price'], 'Total'],
    ['Spanish', ['Descripción', 'Zeta', 'Cantidad', 'Precio'], 'Total'],
  ])('of which the figure below is the sum are amounts: %s', (_, heads, label) => {
    const reading = read([
      heads,
      ...goods.map(([name, count, price]) => [name, null, count, price]),
      [null, null, label, 596.5],
    ]);
    expect([column(reading, 'amount'), column(reading, 'unit_price')]).toEqual([
      ['342.5', '96', '158'],
      [undefined, undefined, undefined],
    ]);
    expect(codes(reading)).not.toContain('total.mismatch');
  });

  it('are prices where the quantities × these are the sum, or no sum stands below', () => {
    const rows = goods.map(([name, count, price]) => [name, count, price]);
    const total = goods.reduce((sum, [, count, price]) => sum + count * price, 0);
    for (const below of [[[null, 'Total', total]], []]) {
      const reading = read([['Description', 'Qty', 'Price'], ...rows, ...below]);
      expect(column(reading, 'unit_price')).toEqual(['342.5', '96', '158']);
    }
  });

  it('are asked about where one line would be worth more than a million', () => {
    const { anomalies } = read([
      ['Description', 'Qty', 'Price'],
      ['Leaflet', 8500, 2310.5],
      ['Poster', 150, 88],
    ]);
    expect(anomalies.map(({ code, severity }) => [code, severity])).toContainEqual(['columns.uncertain', 'blocking']);
  });
});
