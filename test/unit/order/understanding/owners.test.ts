/** Whose numbers stand side by side. */
import { column, read } from './book';

it.each([
  ['ASIN', 'Model Number'],
  ['Our item no.', 'Model No'],
  ['Interne Nr.', 'Modell Nr.'],
  ['Réf. interne', 'Modèle n°'],
  ['Código interno', 'Modelo número'],
])('a number of the model names the goods before one of the writer: %s, %s', (own, model) => {
  const reading = read([
    [own, model, 'Title', 'Quantity'],
    ['B0XXAAA001', 'MUG-350-W', 'Stoneware mug 350 ml white', 96],
    ['B0XXAAA002', 'MUG-350-B', 'Stoneware mug 350 ml blue', 60],
    ['B0XXAAA010', 'BWL-18-W', 'Stoneware bowl 18 cm white', 48],
  ]);
  expect(column(reading, 'reference')).toEqual(['MUG-350-W', 'MUG-350-B', 'BWL-18-W']);
});

it.each(['External ID', 'Kvax', 'UPC', 'Zeta', 'Identifiant externe'])(
  'twelve digits on every line are barcodes beside codes, whatever their check digits: %s',
  (heading) => {
    const reading = read([
      ['Model Number', heading, 'Title', 'Quantity'],
      ['MUG-350-W', '081999900017', 'Stoneware mug 350 ml white', 96],
      ['MUG-350-B', '081999900024', 'Stoneware mug 350 ml blue', 60],
      ['BWL-18-W', '081999900109', 'Stoneware bowl 18 cm white', 48],
    ]);
    expect(column(reading, 'ean')).toEqual(['081999900017', '081999900024', '081999900109']);
    expect(column(reading, 'reference')[0]).toBe('MUG-350-W');
  },
);
