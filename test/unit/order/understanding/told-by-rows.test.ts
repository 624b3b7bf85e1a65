/** What titles, messages, sums, units and positions of a sheet tell of its lines. */
import { separatorOf } from '../../../../src/spreadsheets/csv-records';
import { codes, column, day, read, readAll, sheet, type Written } from './book';

describe('titles that say the same but for a number and their day date the lines below each', () => {
  it.each<[string, string, string]>([
    ['English', 'DELIVERY 1 - Wednesday 10 March 2027', 'DELIVERY 2 - Thursday 15 April 2027'],
    ['German', 'Lieferung 1 – Mittwoch, 10. März 2027', 'Lieferung 2 – Donnerstag, 15. April 2027'],
    ['French', 'Livraison n° 1 : 10/03/2027', 'Livraison n° 2 : 15/04/2027'],
    ['Italian', '1a consegna - 10/03/2027', '2a consegna - 15/04/2027'],
    ['Spanish', 'Tanda 1 (10/03/2027)', 'Tanda 2 (15/04/2027)'],
    ['Dutch', 'Rit 1 - 10-03-2027', 'Rit 2 - 15-04-2027'],
  ])('%s', (_, one, two) => {
    const heads = ['Code', 'Description', 'Qty'];
    const reading = read([
      ['Meadow Garden Centre'],
      [],
      [one],
      heads,
      ['P-1', 'Primrose mixed', 30],
      ['P-2', 'Pansy blue', 24],
      [],
      [two],
      heads,
      ['G-1', 'Geranium red', 40],
    ]);
    expect(column(reading, 'delivery_date')).toEqual(['2027-03-10', '2027-03-10', '2027-04-15']);
  });

  it('but not where the days are those of orders', () => {
    const heads = ['Code', 'Description', 'Qty'];
    const reading = read([
      ['Order 1 - 10/03/2027'],
      heads,
      ['P-1', 'Primrose', 3],
      ['Order 2 - 15/04/2027'],
      heads,
      ['P-2', 'Pansy', 4],
    ]);
    expect(column(reading, 'delivery_date').filter(Boolean)).toEqual([]);
  });
});

describe('the number in a title', () => {
  const order = (title: string) => read([[title], [], ['Code', 'Item', 'Qty'], ['A-1', 'Bolt', 4], ['A-2', 'Nut', 6]]);

  it.each([
    ['Bestellung RS-2026-5508, 01.12.2026', 'RS-2026-5508'],
    ['Pedido PC-881 - 01/12/2026', 'PC-881'],
    ['Commande C-2044 (01/12/2026)', 'C-2044'],
    ['Ordine OF-512 – 01.12.2026', 'OF-512'],
    ['Order LW-2210 | 2026-12-01', 'LW-2210'],
  ])('stands before a day: %s', (title, number) => {
    expect(order(title).facts?.order_number?.value).toBe(number);
  });

  it.each([
    'Commande de décembre, n° client 118-204',
    'Bestellung Dezember, Kundennummer 118-204',
    'Order for December, customer no. 118-204',
    'Ordine di dicembre - cliente n. 118-204',
    'Pedido de diciembre, n.º cliente 118-204',
  ])('is none of the order where it is the customer’s: %s', (title) => {
    expect(order(title).facts?.order_number).toBeUndefined();
  });
});

describe('sheets with one number and an address each', () => {
  it('are one order for several places, whose lines have them', () => {
    const part = (place: string, rows: Written[][]) =>
      sheet(
        [[`Lieferadresse: ${place}`], ['Bestellung RS-5508, 01.12.2026'], [], ['Art.Nr.', 'Profil', 'Stk.'], ...rows],
        {
          name: place.slice(0, 8),
        },
      );
    const reading = readAll([
      part('Marburger Str. 88, 35390 Gießen', [['W-1', 'Contact W5', 24]]),
      part('Hermannsteiner Str. 14, 35576 Wetzlar', [['W-1', 'Contact W5', 16]]),
    ]);
    expect(reading.orders).toBeUndefined();
    expect(new Set(column(reading, 'destination')).size).toBe(2);
  });
});

describe('a message that takes a line back by its number', () => {
  it.each([
    'Pos. 3 bitte streichen, davon haben wir noch genug.',
    'Please cancel line 3',
    'Merci d’annuler la ligne 3',
    'Riga 3 annullata',
    'Linea 3 cancelada',
    'Graag regel 3 schrappen, die is er nog',
  ])('is asked about at the line: %s', (message) => {
    const reading = read([
      ['Pos', 'Artikel', 'Menge'],
      [1, 'Molton', 60],
      [2, 'Kabel', 10],
      [3, 'Nebelfluid', 4],
      [4, 'Lampe', 8],
      [],
      [message],
    ]);
    expect(reading.anomalies.map(({ code, line_id }) => [code, line_id])).toContainEqual(['line.held', 'L3']);
  });
});

describe('figures and places that only the rows tell', () => {
  it.each([
    ['Stk', ['2.400', '900', '6.000'], ['2400', '900', '6000']],
    ['pcs', ['1,250', '3,000', '40'], ['1250', '3000', '40']],
    ['pz', ['1.200', '24', '5.000'], ['1200', '24', '5000']],
  ])('pieces are whole: %s', (unit, texts, values) => {
    const reading = read([
      ['Code', 'Item', 'Menge', 'ME'],
      ...texts.map((text, at) => [`A-${at}`, `Carton ${at}`, text, unit]),
    ]);
    expect(column(reading, 'quantity')).toEqual(values);
    expect(codes(reading)).not.toContain('line.number_ambiguous');
  });

  it('measures may be parts', () => {
    const reading = read([
      ['Code', 'Item', 'Menge', 'ME'],
      ['A-1', 'Cable', '2.400', 'm'],
      ['A-2', 'Wire', '1.250', 'm'],
    ]);
    expect(codes(reading)).toContain('line.number_ambiguous');
  });

  it.each([
    ['Centro', 'Estación', 'Ensanche'],
    ['Norte', 'Sur', 'Centro'],
    ['Filiale', 'Bahnhof', 'Markt'],
  ])('a column of a shop under a known word is one where the sum of each row shows it: %s', (...shops) => {
    const reading = read([
      ['Código', 'Producto', ...shops, 'Total'],
      ['C-1', 'Café', 12, 8, 6, 26],
      ['C-4', 'Descafeinado', 4, 2, null, 6],
      ['C-2', 'Azúcar', 2, 1, 1, 4],
    ]);
    expect(reading.lines).toHaveLength(8);
    expect(new Set(column(reading, 'destination'))).toEqual(new Set(shops));
  });

  it.each([
    'oder doch die sterilen? bitte kurz anrufen',
    'or the blue ones? please call me',
    'ou plutôt les bleus ? merci de nous appeler',
    'o meglio quelli blu? chiamare per favore',
  ])('a question about the goods is told beside one that asks for a call: %s', (note) => {
    const reading = read([
      ['Code', 'Artikel', 'Menge', 'Bemerkung'],
      ['A-1', 'Tupfer', 20, note],
      ['A-2', 'Kragen', 10, null],
    ]);
    expect(reading.anomalies.some(({ line_id }) => line_id === 'L1')).toBe(true);
  });

  it('No. behind the names counts', () => {
    const reading = read([
      ['Ref', 'Sign text', 'W mm', 'H mm', 'Material', 'No.', 'Remarks'],
      ['A', 'Fire assembly point', 400, 600, 'aluminium', 2, null],
      ['B', 'Wards 4 - 7 (arrow left)', 900, 200, 'foamex 5 mm', 6, null],
      ['C', 'Please use hand gel', 300, 100, 'aluminium', 15, null],
    ]);
    expect([column(reading, 'quantity'), column(reading, 'variant')]).toEqual([
      ['2', '6', '15'],
      ['aluminium', 'foamex 5 mm', 'aluminium'],
    ]);
    expect(codes(reading)).toContain('columns.uncertain');
  });
});

describe('a text file whose rows leave out their last field', () => {
  it.each(['|', ';', '\t'])('keeps its separator beside decimals with a comma: %j', (mark) => {
    const rows = [
      'No,Customer,Code,Qty,Price,Info',
      '1,Fox,A-1,20,14.90',
      '2,Fox,A-2,12,13.60',
      '3,Fox,A-3,1,0.00,free',
    ];
    const text = rows.map((row) => row.replaceAll(',', mark).replaceAll('.', ',')).join('\n');
    expect(separatorOf(text)).toBe(mark);
  });
});

describe('a list without headings', () => {
  it.each<[Written, Written]>([
    [day('2026-12-04'), day('2026-12-09')],
    ['04.12.2026', '09.12.2026'],
    ['2026-12-04', '2026-12-09'],
  ])('has no days for references: %p', (one, two) => {
    const reading = read([
      ['Kit for the panto please, from Aled'],
      [],
      [12, 'Gaffer tape black', one],
      [8, 'Hook clamp black', one],
      [2, 'Haze fluid, water based', two],
    ]);
    expect(column(reading, 'reference').filter(Boolean)).toEqual([]);
  });
});
