/** Columns of counts side by side, of which one adds up the others, or none does. */
import { codes, column, day, linesOf, read, type Written } from './book';

describe('the sum of a row is no line, under whatever heading', () => {
  it.each<[string, Written[], Written[][], string[], boolean]>([
    [
      'of a week, beside days',
      ['Item', day('2026-03-16'), day('2026-03-17'), day('2026-03-18'), 'Week'],
      [
        ['Milk 2L', 12, 8, 8, 28],
        ['Yoghurt 5kg', 1, null, 1, 2],
        ['Buns x48', null, null, 3, 3],
      ],
      ['12', '8', '8', '1', '1', '3'],
      false,
    ],
    [
      'of a chain, beside shops',
      ['Artikel', 'Nordstadt', 'Südring', 'Hafen', 'Kette'],
      [
        ['Roggenbrot 1 kg', 20, 15, 10, 45],
        ['Dinkelbrot 750 g', 6, 4, null, 10],
        ['Laugenstange', null, 30, 20, 50],
      ],
      ['20', '15', '10', '6', '4', '30', '20'],
      true,
    ],
    [
      'before its parts',
      ['Producto', 'Global', 'Triana', 'Nervión', 'Macarena'],
      [
        ['Aceite 5 L', 9, 4, 3, 2],
        ['Harina 25 kg', 5, null, 5, null],
        ['Azúcar 1 kg', 14, 6, 4, 4],
      ],
      ['4', '3', '2', '5', '6', '4', '4'],
      true,
    ],
    [
      'of weekdays',
      ['Prodotto', 'lun', 'mer', 'ven', 'Settimana'],
      [
        ['Pane casereccio', 10, 12, 15, 37],
        ['Focaccia', 4, null, 6, 10],
      ],
      ['10', '12', '15', '4', '6'],
      false,
    ],
    [
      'of pupils’ houses',
      ['Vare', 'Egebo', 'Bøgely', 'Birkehus', 'Skolen'],
      [
        ['Hæfter A5', 30, 25, 28, 83],
        ['Blyanter', 60, 50, 56, 166],
        ['Linealer', 15, null, 14, 29],
      ],
      ['30', '25', '28', '60', '50', '56', '15', '14'],
      true,
    ],
  ])('%s', (_, heads, rows, quantities, isAsked) => {
    const reading = read([heads, ...rows]);
    expect(column(reading, 'quantity')).toEqual(quantities);
    expect(codes(reading).includes('columns.uncertain')).toBe(isAsked);
  });

  it('nor is a shop the sum of others where a total stands beside', () => {
    const reading = read([
      ['Item', 'Leeds', 'York', 'Hull', 'Total'],
      ['Day cream', 12, 6, 6, 24],
      ['Cleanser', 24, 12, 12, 48],
    ]);
    expect(column(reading, 'destination').slice(0, 3)).toEqual(['Leeds', 'York', 'Hull']);
  });

  it('but the last of sizes is a size, though it adds up', () => {
    const reading = read([
      ['Ref', 'Item', 'S', 'M', 'L'],
      ['A-1', 'Shirt', 1, 2, 3],
      ['A-2', 'Polo', 2, 2, 4],
    ]);
    expect(linesOf(reading)).toHaveLength(6);
  });
});

describe('columns that add up to what is ordered in half of the rows only are no shops', () => {
  it.each<[string, Written[]]>([
    ['a year of school and its pupils', ['ISBN', 'Titel', 'Leerjaar', 'Leerlingen', 'Te bestellen']],
    ['a class and its children', ['Code', 'Titre', 'Niveau', 'Effectif', 'Quantité']],
    ['a floor and its rooms', ['Kod', 'Nazwa', 'Piętro', 'Pokoje', 'Ilość']],
    ['a group and its guests', ['Nr.', 'Bezeichnung', 'Gruppe', 'Gäste', 'Bestellmenge']],
    ['a storey and its flats', ['Ref', 'Artículo', 'Planta', 'Pisos', 'Cantidad']],
  ])('%s', (_, heads) => {
    const reading = read([
      heads,
      ['WB-201', 'Werkboek twee', 2, 118, 120],
      ['WB-301', 'Werkboek drie', 3, 97, 100],
      ['LB-210', 'Leerboek geo', 2, 118, 30],
      ['LB-311', 'Leerboek chemie', 3, 64, 65],
    ]);
    expect(column(reading, 'quantity')).toEqual(['120', '100', '30', '65']);
  });
});
