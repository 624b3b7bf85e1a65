import { codes, column, read, sheet, workbook, type Written } from './book';
import { understand } from '../../../../src/order/understanding';

const kit = (...parts: [string, string][]): Written[][] => [
  ['Cod.', 'Descrizione', 'Q.tà', 'Prezzo', 'Totale'],
  ['KIT-1', 'Kit trattamento viso', 5, 64, 320],
  ...parts.map(([code, name]): Written[] => [code, name, 5, null, null]),
  ['VS-31', 'Siero 30 ml', 6, 18.5, 111],
  [null, null, null, 'Totale', 431],
];

describe('rows that say what a line is made of', () => {
  it.each([
    'di cui: Detergente',
    'of which cleanser',
    'davon Reiniger',
    'dont nettoyant',
    'waarvan reiniger',
    'de los cuales limpiador',
    'dos quais limpador',
  ])('are left out: %s', (name) => {
    const reading = read(kit(['VS-11', name]));
    expect(column(reading, 'reference')).toEqual(['KIT-1', 'VS-31']);
    expect(codes(reading)).toEqual(['rows.left_out']);
  });

  it('are told by a step to the right below a set with a price', () => {
    expect(column(read(kit(['VS-11', '   Detergente'], ['VS-12', '   Tonico'])), 'reference')).toEqual([
      'KIT-1',
      'VS-31',
    ]);
  });

  it('are told by their numbers below that of a set', () => {
    const reading = read([
      ['Pos', 'Art.-Nr.', 'Bezeichnung', 'Menge', 'Preis', 'Betrag'],
      ['1', 'K-1', 'Set Grill', 2, 80, 160],
      ['1.1', 'G-1', 'Zange', 2, null, null],
      ['1.2', 'G-2', 'Bürste', 4, null, null],
      ['2', 'K-2', 'Kohle', 10, 5, 50],
    ]);
    expect(column(reading, 'reference')).toEqual(['K-1', 'K-2']);
  });

  it('are a question where nothing above is a set', () => {
    const rows = kit(['VS-11', '- Detergente']).map((row) => row.map((cell) => (cell === 'KIT-1' ? 'TV-1' : cell)));
    const [, first] = rows;
    if (first) first[1] = 'Trattamento viso';
    const reading = read(rows);
    expect(reading.anomalies).toContainEqual(expect.objectContaining({ code: 'line.held', severity: 'blocking' }));
  });

  it('are a question where they cost something themselves', () => {
    const reading = read([
      ['Ref', 'Description', 'Qty', 'Price', 'Amount'],
      ['A-1', 'Table', 2, 50, 100],
      ['A-2', 'of which with drawer', 1, 60, 60],
    ]);
    expect(reading.anomalies).toContainEqual(expect.objectContaining({ code: 'line.held', severity: 'blocking' }));
  });
});

describe('a cell of which a part is struck', () => {
  const told = (text: string, kept: string, column: number) => {
    const page = sheet([
      ['Ref', 'Description', 'Qty'],
      ['A-1', 'Apple juice', 1],
      ['A-2', 'Water', 20],
    ]);
    const cell = page.rows[1]!.cells[column - 1]!;
    Object.assign(cell, { struck: true, value: { is: 'text', text, kept } });
    return understand(workbook(page), { file: 'order.xlsx' });
  };

  it('has the new figure, and says so', () => {
    const reading = told('5 8', '8', 3);
    expect(column(reading, 'quantity')).toEqual(['8', '20']);
    expect(reading.anomalies.map(({ code, severity }) => [code, severity])).toContainEqual([
      'line.part_struck',
      'warning',
    ]);
    expect(reading.lines[0]?.quantity?.from?.text).toBe('5 8');
  });

  it('is a question where nothing is left of it', () => {
    expect(column(told('5', '', 3), 'quantity')).toEqual(['20']);
  });
});

describe('a row that shows how to fill a form in', () => {
  it.each(['e.g. X-1', 'z. B. X-1', 'p. ex. X-1', 'p. ej. X-1', 'bijv. X-1'])('is no line: %s', (reference) => {
    const reading = read([
      ['Code', 'Item', 'Qty', 'Price'],
      [reference, 'Sample', 5, 2],
      ['A-2', 'Milk', null, 1],
      ['A-3', 'Cheese', null, 8],
    ]);
    expect(reading.outcome).toBe('not_an_order');
  });
});

describe('a row without a quantity', () => {
  it('is not wanted where a remark says so', () => {
    const reading = read([
      ['Código', 'Vino', 'Cajas', 'Precio', 'Observaciones'],
      ['R-1', 'Crianza', 10, 45.6, null],
      ['R-2', 'Reserva', null, 81, 'este año no'],
      ['R-3', 'Roble', 6, 39, null],
    ]);
    expect(column(reading, 'reference')).toEqual(['R-1', 'R-3']);
  });

  it('is not wanted where the file computes nothing for it', () => {
    const reading = read([
      ['Ref', 'Description', 'Qty', 'Price', 'Amount'],
      ['A-1', 'Pipe', 10, 4, 40],
      ['A-2', 'Bend', null, 3, 0],
      ['A-3', 'Valve', 2, 9, 18],
    ]);
    expect(column(reading, 'reference')).toEqual(['A-1', 'A-3']);
    expect(codes(reading)).toContain('line.quantity_zero');
  });
});
