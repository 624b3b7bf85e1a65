import { column, linesOf, read, type Written } from './book';

const told = (reading: ReturnType<typeof read>) =>
  reading.anomalies.map(({ code, severity, evidence }) =>
    [severity, code, ...evidence.map(({ cell }) => cell)].join(' '),
  );

describe('codes of two parties side by side', () => {
  const rows: Written[][] = [
    [1, 'KMC-9', 'Chain', 12],
    [2, 'SH-M05', 'Pads', 20],
    [3, '0047211', 'Tube', 50],
  ].map(([pos, code, name, count]) => [pos!, 11_004 + Number(pos), code!, name!, count!]);

  it.each<[string, string]>([
    ['Our P/N', 'Your P/N'],
    ['Ons artnr.', 'Uw bestelnr.'],
    ['Réf. interne', 'Réf. fournisseur'],
    ['Store SKU', 'Vendor part'],
    ['Eigene Artikelnr.', 'Lieferanten-Artikelnr.'],
  ])('are those of the seller: not %s, but %s', (writer, reader) => {
    const reading = read([['PO 4711'], ['Pos', writer, reader, 'Description', 'Qty'], ...rows]);
    expect([column(reading, 'reference'), told(reading)]).toEqual([['KMC-9', 'SH-M05', '0047211'], []]);
  });

  it('are those that are called the seller’s, beside numbers of nobody in particular', () => {
    const reading = read([['PO 4711'], ['Pos', 'Item No', 'Supplier part no', 'Description', 'Qty'], ...rows]);
    expect([column(reading, 'reference'), told(reading)]).toEqual([['KMC-9', 'SH-M05', '0047211'], []]);
  });

  it('are asked about where a line lacks the one that is called the seller’s', () => {
    const some = rows.map((row, at) => (at === 1 ? [row[0]!, row[1]!, null, row[3]!, row[4]!] : row));
    const reading = read([['PO 4711'], ['Pos', 'Item No', 'Supplier part no', 'Description', 'Qty'], ...some]);
    expect(told(reading)).toContain('warning columns.uncertain C2 B2');
  });

  it('are those of the list itself where few of its rows are filled in', () => {
    const list = Array.from({ length: 10 }, (_, at): Written[] => [
      `W-${at + 100}`,
      `LIEF${at}7`,
      'Ware',
      at === 3 ? 5 : null,
    ]);
    const reading = read([['Artikelnr', 'Art.-Nr. Hersteller', 'Bezeichnung', 'Bestellmenge'], ...list]);
    expect(column(reading, 'reference')).toEqual(['W-103']);
  });

  it('are no places on a board, and no numbers of lines with zeros before them', () => {
    const board = read([
      ['Reference', 'Value', 'Mfr P/N', 'Int P/N', 'Order Qty'],
      ['C1-C8,C11', '100nF 50V', 'KM0603B104K', '000104', 3100],
      ['R1,R4', '10k 1%', 'RY0402-10K', '000233', 1050],
      ['U1', 'MCU 32-bit', 'ST32G4', '001870', 258],
    ]);
    expect(linesOf(board)[0]).toMatchObject({ reference: 'KM0603B104K', description: '100nF 50V', quantity: '3100' });
    const numbered = read([
      ['ITEM', 'COD', 'DESCRIÇÃO', 'QTD'],
      ['001', '10.023', 'Shampoo', 24],
      ['002', '10.024', 'Creme', 12],
      ['003', '10.310', 'Kit', 60],
    ]);
    expect(column(numbered, 'reference')).toEqual(['10.023', '10.024', '10.310']);
  });
});

describe('a code that is damaged or missing', () => {
  it('does not stop the order where a reference, or words, name the goods', () => {
    const reading = read([
      ['Ref', 'EAN', 'Description', 'Qty'],
      ['A-1', '5601234000108', 'Red wine', 2],
      ['A-2', '5,60123E+12', 'Water', 3],
      [null, null, 'Foil, the thick one', 4],
    ]);
    expect(column(reading, 'ean')).toEqual(['5601234000108', undefined, undefined]);
    expect(told(reading)).toEqual(['warning line.reference_damaged B3', 'warning line.reference_missing A4']);
  });

  it('is no barcode if its eight digits are a day', () => {
    const reading = read([
      ['Ref', 'Article', 'Qté', 'DT_LIV'],
      ['A-1', 'Tube', 2, '20270316'],
      ['A-2', 'Gaze', 3, '20270323'],
    ]);
    expect([column(reading, 'ean'), column(reading, 'delivery_date')]).toEqual([
      [undefined, undefined],
      ['2027-03-16', '2027-03-23'],
    ]);
  });
});

describe('marks by which a row is not ordered', () => {
  const table = (heading: string, marks: (string | null)[]): Written[][] => [
    ['Material', 'Kurztext', 'Menge', heading],
    ...marks.map((mark, at): Written[] => [`M-${at + 10}`, 'Rohr', at + 2, mark]),
  ];

  it.each<[string, (string | null)[]]>([
    ['LöKz', [null, 'L', null]],
    ['L', [null, 'L', null]],
    ['Deletion flag', ['', 'X', '']],
    ['Cancelled at', [null, '2027-03-03 08:02', null]],
    ['STAT', ['VAL', 'ANN', 'VAL']],
  ])('stand under %s', (heading, marks) => {
    const reading = read(table(heading, marks));
    expect([column(reading, 'quantity'), told(reading)]).toEqual([['2', '4'], ['warning rows.left_out A3:D3']]);
  });

  it('are no days by which it would be cancelled', () => {
    expect(column(read(table('Cancel date', ['04/10/2027', '04/10/2027', '04/11/2027'])), 'quantity')).toHaveLength(3);
  });

  it('are a return with fewer than none, and not a name that begins with it', () => {
    const reading = read([
      ['Code', 'Libellé', 'Qté'],
      ['020417', 'Blonde 30 L', 4],
      ['020900', 'Return spring', 6],
      ['990030', 'RETOUR FUTS VIDES', -5],
    ]);
    expect([column(reading, 'quantity'), told(reading)]).toEqual([['4', '6'], ['warning rows.left_out A4:C4']]);
  });
});
