import { codes, column, read } from './book';

describe('the column that names the goods', () => {
  it('is no column of numbers of lines, but that of codes that differ, under a heading that nobody knows', () => {
    const reading = read([
      ['Poste', 'Zeta fourn.', 'Désignation', 'Qté', 'Prix'],
      ['00010', '0986AF1056', 'Filtre à huile', 24, 5.12],
      ['00020', 'P85020', 'Jeu de plaquettes', 8, 27.9],
      ['00030', 'E11-070', 'Batterie 12 V', 6, 68.4],
    ]);
    expect(column(reading, 'reference')).toEqual(['0986AF1056', 'P85020', 'E11-070']);
    expect(codes(reading)).toContain('columns.uncertain');
  });

  it('is none where nothing but numbers of lines stands beside the names', () => {
    const reading = read([
      ['Sl No.', 'Description of Goods', 'Zeta', 'Quantity', 'Rate', 'Amount'],
      [1, 'Switch 32A', '853620', 48, 182, 8736],
      [2, 'Switch 63A', '853630', 6, 2450, 14700],
      [3, 'Board 12-way', '853710', 4, 3100, 12400],
    ]);
    expect(column(reading, 'reference').every((each) => !/^[123]$/.test(each ?? ''))).toBe(true);
  });

  it('stays the one that says so', () => {
    const reading = read([
      ['Artikelnummer', 'Bezeichnung', 'Menge'],
      ['KP-2201', 'Dichtung', 24],
      ['KP-2230', 'Welle', 8],
      ['KP-2241', 'Gehäuse', 6],
    ]);
    expect(column(reading, 'reference')).toEqual(['KP-2201', 'KP-2230', 'KP-2241']);
  });
});

describe('codes beside names', () => {
  it.each([
    ['Product', ['OLV-G', 'SDT-1', 'HUM-2']],
    ['Artikel', ['KP-2201', 'KP-2230', 'KP-2241']],
    ['Désignation', ['PLQ13', 'RAIL48', 'MONT-48']],
    ['Descrizione', ['TE0612', 'TE0840', 'RO-8']],
    ['Descripción', ['CH-500', 'MU-010', 'GEL-1']],
    ['Nazwa', ['KOL-15', 'RUR-15', 'ZAW-1']],
  ])('are the references, though the heading of both is that of names: %s', (heading, references) => {
    const names = ['Green olives pitted 6x1kg', 'Sun-dried tomatoes', 'Houmous 2.5kg x4'];
    const rows = references.map((code, at) => [code, names[at] ?? '', at + 2, 31.2]);
    const reading = read([[heading, null, 'Qty', 'Price'], ...rows]);
    expect(column(reading, 'reference')).toEqual(references);
    expect(column(reading, 'description')).toEqual(names);
  });

  it.each(['Dwg ref', 'Plan code', 'Zeta no.', 'Kvax ref', 'Bauteil-Nr. Plan'])(
    'are none where they are the same for goods of other names and prices: %s',
    (heading) => {
      const reading = read([
        ['Description', heading, 'Qty', 'Unit', 'Rate'],
        ['Pipe 25mm', 'P-104', 300, 'm', 4.8],
        ['Elbow 25mm', 'P-104', 120, 'pcs', 1.25],
        ['Gate valve', 'P-107', 12, 'pcs', 38],
        ['Insulation', 'P-110', 300, 'm', 2.1],
      ]);
      expect(column(reading, 'reference').filter(Boolean)).toEqual([]);
      expect(codes(reading)).toContain('references.none');
    },
  );

  it('stay references where a heading says so, or where one article comes again', () => {
    const rows = [
      ['Shirt', 'P-104', 30, 4.8],
      ['Shirt', 'P-104', 12, 4.8],
      ['Socks', 'P-107', 12, 38],
    ];
    for (const heading of ['Reference', 'Kvax ref'])
      expect(column(read([['Description', heading, 'Qty', 'Rate'], ...rows]), 'reference')).toEqual([
        'P-104',
        'P-104',
        'P-107',
      ]);
  });
});
