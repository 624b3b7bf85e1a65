import { codes, column, read } from './book';

describe('prices by ranges of sizes', () => {
  it('are those of the sizes that their headings name', () => {
    const reading = read([
      ['Réf', 'Modèle', '36', '38', '40', '42', '44', 'Total', 'PU 36-40', 'PU à partir de 42', 'Montant'],
      ['R1', 'Jupe', 1, 2, 1, 1, null, 5, 10, 12, 52],
      ['R2', 'Robe', null, 1, 1, 1, 1, 4, 20, 25, 90],
    ]);
    expect(column(reading, 'unit_price')).toEqual(['10', '10', '10', '12', '20', '20', '25', '25']);
    expect(codes(reading)).toEqual([]);
  });

  it('may stand before the sizes, and reach beyond them', () => {
    const reading = read([
      ['Art.-Nr.', 'Bezeichnung', 'Preis bis XL', 'Preis 2XL-5XL', 'L', 'XL', '2XL', 'Summe', 'Betrag'],
      ['R1', 'Hemd', 10, 12, 1, 2, 1, 4, 42],
      ['R2', 'Polo', 20, 25, 1, null, 1, 2, 45],
    ]);
    expect(column(reading, 'unit_price')).toEqual(['10', '10', '12', '20', '25']);
    expect(codes(reading)).toEqual([]);
  });

  it('that leave a size out are asked about', () => {
    const reading = read([
      ['Code', 'Item', 'S', 'M', 'L', 'XL', 'Total', 'Price S-M', 'Price XL'],
      ['R1', 'Shirt', 1, 2, 1, 1, 5, 10, 12],
      ['R2', 'Polo', null, 1, 1, 1, 3, 20, 25],
    ]);
    expect(codes(reading)).toContain('columns.uncertain');
  });
});

it('discounts one after the other prove which column counts what the price is for', () => {
  const reading = read([
    ['Codice', 'Vino', 'Cartoni', 'Bt/ct', 'Bottiglie', 'Prezzo bt', 'Sconto', 'Importo'],
    ['SG-021', 'Sangiovese', 5, 6, 30, 6.4, '10+5', 164.16],
    ['AL-008', 'Albana', 3, 6, 18, 7.2, '10+5', 110.81],
    ['LM-004', 'Lambrusco', 4, 6, 24, 5.5, '10', 118.8],
  ]);
  expect(column(reading, 'quantity')).toEqual(['30', '18', '24']);
  expect(column(reading, 'discount_percent')).toEqual(['14.5', '14.5', '10']);
  expect(codes(reading)).toEqual([]);
});
