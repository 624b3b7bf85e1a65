import { codes, column, read, type Written } from './book';

const english: Written[][] = [
  ['Code', 'Product', 'Qty', 'Price'],
  ['SR-10', 'Wine', 4, 12.4],
  ['SR-11', 'Cider', 6, 8.4],
  ['SR-12', 'Perry', 2, 9.4],
];

describe('the last rows of a table', () => {
  it('are totals by a label with its figure, whatever words stand left of it', () => {
    const wines = read([...english, ['All prices in pounds', null, 'Total net', 118.8]]);
    expect(column(wines, 'quantity')).toEqual(['4', '6', '2']);
    expect(wines.totals.map(({ value }) => value)).toEqual(['118.8']);
    const filters = read([
      ['Codice', 'Descrizione', 'Quantità', 'Prezzo', 'Importo'],
      ['FR-10', 'Filtro', 4, 12.5, 50],
      ['FR-12', 'Guarnizione', 6, 2.5, 15],
      ['Prezzi netti', null, null, 'Totale', 65],
    ]);
    expect(column(filters, 'quantity')).toEqual(['4', '6']);
    expect(filters.totals.map(({ value }) => value)).toEqual(['65']);
  });

  it('are no lines if they are words with the number of the lines, and lines if the number is another', () => {
    const reading = read([...english, ['End of order', '3 lines']]);
    expect(column(reading, 'reference')).toEqual(['SR-10', 'SR-11', 'SR-12']);
    expect(codes(reading)).not.toContain('line.quantity_missing');
    const books = [
      ['EAN', 'Titre', 'Qté'],
      ['9782070360024', 'L’Étranger', 10],
      ['9782070408504', 'Le Petit Prince', 15],
    ];
    expect(column(read([...books, ['Fin de commande', '2 lignes']]), 'quantity')).toEqual(['10', '15']);
    expect(codes(read([...books, ['Agenda', 'édition 7']]))).toContain('line.quantity_missing');
  });
});
