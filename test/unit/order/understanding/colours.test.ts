import { understand } from '../../../../src/order/understanding';
import { codes, column, sheet, workbook, type Written } from './book';

const GREEN = 'rgb C6EFCE';
const RED = 'rgb FFC7CE';
const YELLOW = 'rgb FFEB9C';

const filled = (written: string | number, fill?: string): Written => ({
  ...(fill === undefined ? {} : { fill }),
  value:
    typeof written === 'number'
      ? { is: 'number', number: written, digits: String(written) }
      : { is: 'text', text: written },
});
const line = (fill: string | undefined, ...cells: (string | number)[]) => cells.map((cell) => filled(cell, fill));
const head = ['Art.-Nr.', 'Bezeichnung', 'Menge', 'Preis', 'Summe'];
const read = (...rows: Written[][]) => understand(workbook(sheet(rows)), { file: 'order.xlsx' });
const goods = (first?: string, second?: string, third?: string) => [
  line(first, 'B-1', 'Papier', 10, 5, 50),
  line(second, 'B-2', 'Farbe', 4, 13, 52),
  line(third, 'B-3', 'Schere', 20, 2, 40),
];

describe('a legend of colours', () => {
  it('decides which rows are ordered, by the fill of its own cells', () => {
    const reading = read(
      [filled('grün = bitte bestellen', GREEN)],
      [filled('rot = entfällt (nicht bestellen)', RED)],
      [filled('gelb = noch nicht freigegeben', YELLOW)],
      [],
      head,
      ...goods(GREEN, RED, YELLOW),
      [null, null, null, 'Summe grün', 50],
    );
    expect(column(reading, 'reference')).toEqual(['B-1']);
    expect(reading.anomalies.map(({ code, severity }) => [code, severity])).toEqual([['rows.left_out', 'warning']]);
  });

  it.each([
    ['grey = cancelled', 'rgb D9D9D9'],
    ['en rouge : ne pas commander', 'rgb FF9999'],
    ['rosso = annullato', 'rgb FF0000'],
    ['amarillo = anulado', 'rgb FFFF00'],
    ['blauw = vervallen', 'rgb 99CCFF'],
  ])('or by the name of the colour: %s', (text, fill) => {
    const reading = read([text], [], head, ...goods(undefined, fill));
    expect(column(reading, 'reference')).toEqual(['B-1', 'B-3']);
    expect(reading.anomalies).toContainEqual(expect.objectContaining({ code: 'rows.left_out', severity: 'blocking' }));
  });

  it('leaves rows alone whose colour says something else', () => {
    const reading = read(['yellow = urgent, please expedite'], [], head, ...goods(undefined, YELLOW));
    expect([column(reading, 'reference'), codes(reading)]).toEqual([['B-1', 'B-2', 'B-3'], []]);
  });

  it('asks where a row has a colour that it does not explain, or none where one means an order', () => {
    const asks = (...rows: Written[][]) => codes(read([filled('green = please order', GREEN)], [], head, ...rows));
    expect(asks(...goods(GREEN, GREEN, GREEN))).toEqual([]);
    expect(asks(...goods(GREEN, 'rgb 99CCFF', GREEN))).toContain('rows.coloured');
    expect(asks(...goods(GREEN, undefined, GREEN))).toContain('rows.coloured');
  });
});
