import { column, read } from './book';

describe('kinds of goods before their varieties', () => {
  const reading = (kind: string, variety: string, colour: string, heads = ['Menge', 'Einh.', 'Preis']) =>
    read([
      [kind, variety, colour, ...heads],
      ['Rose', 'Avalanche+', 'weiß', 10, 'Bund', 14.5],
      ['Rose', 'Red Naomi', 'rot', 8, 'Bund', 16.9],
      ['Tulpe', 'Strong Gold', 'gelb', 20, 'Bund', 4.2],
      ['Tulpe', 'Barcelona', 'pink', 15, 'Bund', 4.2],
      ['Topf', 'Hortensie', 'blau', 6, 'Bund', 7.9],
      ['"', 'Ranunkel', 'gelb', 12, 'Bund', 2.1],
      ['Pistazie', null, null, 6, 'Bund', 4.9],
    ]);

  it.each([
    ['Art', 'Sorte', 'Farbe'],
    ['Species', 'Variety', 'Colour'],
    ['Genre', 'Variété', 'Coloris'],
  ])('are no references, and name the goods with them: %s', (kind, variety, colour) => {
    const found = reading(kind, variety, colour);
    expect(column(found, 'reference').filter(Boolean)).toEqual([]);
    expect(column(found, 'description')).toEqual([
      ...['Rose Avalanche+', 'Rose Red Naomi', 'Tulpe Strong Gold', 'Tulpe Barcelona'],
      ...['Topf Hortensie', 'Topf Ranunkel', 'Pistazie'],
    ]);
    expect(column(found, 'variant')[1]).toBe('rot');
  });

  it('are references where they hold codes', () => {
    const found = read([
      ['Art', 'Sorte', 'Menge'],
      ['R-100', 'Avalanche', 10],
      ['R-101', 'Red Naomi', 8],
      ['T-200', 'Strong Gold', 20],
      ['T-201', 'Barcelona', 15],
      ['H-300', 'Hortensie', 6],
    ]);
    expect(column(found, 'reference')[0]).toBe('R-100');
  });
});
