/** Variants by what their column holds and how its heading reads. */
import { column, read } from './book';

it.each([
  ['Déclinaison', ['Pot 220 g', 'Pot 500 g', 'Bouteille 70 cl']],
  ['Variante', ['Glas 250 ml', 'Flasche 1 l', 'Eimer 5 kg']],
  ['Variant', ['Jar 340 g', 'Tub 2 kg', 'Bottle 75 cl']],
  ['Variante', ['Barattolo 212 ml', 'Latta 5 kg', 'Bottiglia 75 cl']],
  ['Wariant', ['Słoik 900 ml', 'Butelka 250 ml', 'Worek 1 kg']],
])('packs with their measures under a heading of variants are variants: %s', (heading, [a, b, c]) => {
  const reading = read([
    ['Ref', 'Produit', heading, 'Qty', 'Price'],
    ['CONF-1', 'Confiture abricot', a ?? '', 24, 2.6],
    ['MIEL-2', 'Miel acacia', b ?? '', 12, 6.8],
    ['SIR-3', 'Sirop menthe', c ?? '', 6, 4.1],
  ]);
  expect(column(reading, 'variant')).toEqual([a, b, c]);
  expect(column(reading, 'unit')).toEqual([undefined, undefined, undefined]);
});
