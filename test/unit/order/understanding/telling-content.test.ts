/** Columns under headings that nobody knows, of which the texts say what they are. */
import { codes, column, read, type Written } from './book';

const order = (heading: string, texts: Written[], references = ['A-1', 'A-2', 'A-3', 'A-4']) =>
  read([
    ['Code', 'Item', heading, 'Qty'],
    ...references.map((code, at) => [code, `Thing ${code}`, texts[at] ?? null, 10 + at]),
  ]);

describe('a column under a heading that nobody knows', () => {
  it.each([
    ['Formátum', ['70x100 cm', '70x100 cm', '72x102 cm', '50 x 70 cm']],
    ['Zeta', ['2,50 x 1,20 m', '3 x 1,20 m', '2,50 x 0,60 m', '2 x 1 m']],
    ['Kvax', ['600 x 400 mm', '600 × 300 mm', '400x300 mm', '400 x 200 mm']],
    ['Omega', ['40x40x200 cm', '30x30x200 cm', '40x40x100 cm', '30x30x100 cm']],
    ['Zeta', ['noir', 'bleu marine', 'rouge', 'gris clair']],
    ['Kvax', ['schwarz', 'weiß', 'rot', 'grün']],
  ])('holds variants by their formats or colours: %s', (heading, texts) => {
    const reading = order(heading, texts);
    expect(column(reading, 'variant')).toEqual(texts);
    expect(codes(reading)).toContain('columns.uncertain');
  });

  it.each([
    ['Zeta / lieu', ['École Prévert, 2 rue du Lavoir', 'Médiathèque, place de l’Église', 'Mairie, 1 place Foch']],
    ['Kvax', ['Lager 2, 48155 Münster', 'Werk Nord, 48143 Münster', 'Bauhof, 48153 Münster']],
    ['Omega', ['Gym, 4 Mill Road, York', 'Pool, 19 Park Lane, York', 'Hall, 2 High Street, York']],
    ['Zeta', ['Plesso Fermi, via Roma 4', 'Plesso Dante, viale Italia 9', 'Asilo, piazza Mazzini 1']],
    ['Kvax', ['Loods, Havenstraat 4', 'Winkel, Dorpsstraat 12', 'Kantoor, Kerkplein 1']],
  ])('holds places by their addresses: %s', (heading, texts) => {
    const reading = order(heading, texts, ['A-1', 'A-2', 'A-3']);
    expect(column(reading, 'destination')).toEqual(texts);
    expect(codes(reading)).toContain('columns.uncertain');
  });

  it.each([
    ['Odtieň', ['biela', 'RAL 1013']],
    ['Zeta', ['PB', 'HB']],
    ['Kvax', ['vänster', 'höger']],
    ['Omega', ['con asa', 'sin asa']],
    ['Sigma', ['14 ct', '18 ct']],
  ])('tells the lines of the only reference that comes again apart: %s', (heading, texts) => {
    const reading = order(heading, texts, ['A-1', 'A-1', 'A-2', 'A-3']);
    expect(column(reading, 'variant')).toEqual([...texts, undefined, undefined]);
    expect(codes(reading)).toContain('columns.uncertain');
  });

  it('is none of these where it says something of every line, or nothing of its kind', () => {
    expect(column(order('Zeta', ['one', 'two', 'three', 'four'], ['A-1', 'A-1', 'A-2', 'A-3']), 'variant')).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    const content = order('Zeta', ['6 x 1 kg', '12 x 1 L', '4 x 2 kg', '250 x 10']);
    expect(column(content, 'variant').filter(Boolean)).toEqual([]);
    const texts = order('Zeta', ['Oak, 4 drawers', 'Oak, 2 doors', 'Pine, 4 legs', 'Pine, no legs']);
    expect(column(texts, 'destination').filter(Boolean)).toEqual([]);
  });
});

describe('names of blocks of lines', () => {
  const blocks = (heading: string, [first, second]: [string, string], again: string) =>
    read([
      ['Pos', 'Code', 'Item', heading, 'Qty'],
      ['00010', 'AF-1056', 'Oil filter', first, 24],
      ['00020', 'AF-2124', 'Air filter', first, 12],
      ['00030', 'P-85020', 'Brake pads', first, 8],
      ['00040', again, 'Wiper', second, 18],
      ['00050', 'E-11070', 'Battery', second, 6],
    ]);
  it.each<[string, [string, string]]>([
    ['Nom division', ['Garage Meunier Reims', 'Garage Meunier Épernay']],
    ['Kvax', ['Bauhof Nord', 'Bauhof Süd']],
    ['Zeta', ['Team Harbour', 'Team Airport']],
    ['Omega', ['Cucina', 'Sala banchetti']],
    ['Sigma', ['Klas 3A', 'Klas 4B']],
  ])('of which several order the same article are places: %s', (heading, names) => {
    const reading = blocks(heading, names, 'AF-1056');
    expect(column(reading, 'destination')).toEqual([names[0], names[0], names[0], names[1], names[1]]);
    expect(codes(reading)).toContain('columns.uncertain');
    expect(column(blocks(heading, names, 'W-3397'), 'destination').filter(Boolean)).toEqual([]);
  });
});
