import { codes, read, type Written } from './book';

describe('nothing is said of', () => {
  it('figures that follow from those that were read, or name the goods', () => {
    const reading = read([
      ['Nossa ref.', 'Referência', 'Descrição', 'Qtd.', 'Preço', 'Preço c/ IVA', 'Valor'],
      ['100234', 'A-1', 'Tubo', 2, 10, 12.3, 20],
      ['100871', 'A-2', 'Cabo', 3, 4, 4.92, 12],
      ['200410', 'A-3', 'Caixa', 5, 20, 24.6, 100],
      ['300118', 'A-4', 'Rolo', 4, 1, 1.23, 4],
    ]);
    expect(codes(reading)).not.toContain('columns.unread');
    const other = read([
      ['Référence', 'Désignation', 'Qté', 'PU HT', 'Zzz'],
      ['A-1', 'Tube', 2, 10, 7.5],
      ['A-2', 'Câble', 3, 4, 8.25],
      ['A-3', 'Caisse', 5, 20, 3.1],
    ]);
    expect(codes(other)).toEqual(['columns.unread']);
  });

  it('a price in words that say that the goods are free; a zero without them is asked', () => {
    const rows = (price: Written): Written[][] => [
      ['Codice', 'Descrizione', 'Q.tà', 'Prezzo'],
      ['A-1', 'Olio', 6, 4.5],
      ['A-2', 'Aceto', 1, price],
    ];
    const free = read(rows('OMAGGIO'));
    expect([codes(free), free.lines[1]?.unit_price, free.lines[1]?.other?.[0]?.value]).toEqual([
      [],
      undefined,
      'OMAGGIO',
    ]);
    expect(codes(read(rows(0)))).toEqual(['line.price_zero']);
    expect(codes(read(rows('a richiesta')))).toEqual(['line.price_unreadable']);
  });
});

describe('the sign of several currencies', () => {
  it('is that of the country whose words and taxes the file has', () => {
    const rows = (...head: string[]): Written[][] => [
      ...head.map((text) => [text]),
      ['Réf', 'Désignation', 'Qté', 'Prix'],
      ['A-1', 'Tube', 2, '10,00 $'],
      ['A-2', 'Cable', 3, '12,50 $'],
    ];
    expect(read(rows('12 rue Sherbrooke, Montréal (Québec)', 'TPS 5 % et TVQ en sus')).facts.currency?.value).toBe(
      'CAD',
    );
    expect(codes(read(rows('12 rue Sherbrooke, Montréal (Québec)')))).toContain('currency.uncertain');
  });

  it('is that of the language of the headings, unless it may be the neighbour', () => {
    const rows = (head: string[]): Written[][] => [head, ['A-1', 'Skrue', 2, '10,00 kr', '20,00 kr']];
    const danish = read(rows(['Varenr.', 'Beskrivelse', 'Antal', 'Pris', 'Beløb']));
    expect(danish.facts.currency?.value).toBe('DKK');
    expect(codes(read(rows(['Varenr.', 'Beskrivelse', 'Antall', 'Pris', 'Beløp'])))).toContain('currency.uncertain');
  });
});
