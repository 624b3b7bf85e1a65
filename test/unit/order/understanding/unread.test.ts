import { codes, column, day, read } from './book';

const head = ['Code', 'Item', 'Qty', 'Price'];
const goods = [
  ['A-1', 'Bolt M8', 10, 2],
  ['A-2', 'Nut M8', 20, 1],
  ['A-3', 'Washer M8', 30, 0.5],
];
const told = (rows: Parameters<typeof read>[0], code: string) =>
  read(rows)
    .anomalies.filter((anomaly) => anomaly.code === code)
    .flatMap(({ evidence }) => evidence.map(({ cell }) => cell));

describe('what was not understood among the lines is told at its place', () => {
  it('a column of figures that nobody named', () => {
    const rows = [[...head, 'Zeta'], ...goods.map((row, at) => [...row, 7 * at + 3])];
    expect(told(rows, 'columns.unread')).toEqual(['E2:E4']);
  });

  it('a column of days that nobody named', () => {
    const rows = [[...head, 'Zeta'], ...goods.map((row, at) => [...row, `2${at}/03/2027`])];
    expect(told(rows, 'columns.unread')).toEqual(['E2:E4']);
  });

  it('a day among the lines, with those that follow it, in any language', () => {
    const notice = ['>>> Dodat až v pátek 15. 5. 2027 <<<'];
    const rows = [head, goods[0]!, notice, ...goods.slice(1)];
    expect(told(rows, 'remarks.unread')).toEqual(['A3', 'A4:D5']);
  });

  it.each(['if available', 'oder gleichwertig', 'si dispo', 'azul, se houver', 'or nearest equivalent'])(
    'a remark that leaves a choice: %s',
    (text) => {
      const rows = [[...head, 'Remarks'], ...goods.map((row, at) => (at === 1 ? [...row, text] : row))];
      expect(told(rows, 'line.remark')).toEqual(['E3']);
    },
  );

  it.each([
    'Maat 3XL vest mag ook 2XL zijn.',
    'Bitte Muster von Dinkelmehl beilegen (kostenlos?)',
    'Si puede ser antes del puente',
    'no onions this week unless they are Spanish, otherwise leeks',
    'les boulons : finalement plutôt en inox',
    'Scrap the washers, still have some',
  ])('a sentence below the lines that may change them: %s', (text) => {
    expect(told([head, ...goods, [], [text]], 'remarks.unread')).toEqual(['A6']);
  });

  it.each([
    'Please deliver everything on one pallet',
    'Prosimy o kontakt telefoniczny dzień wcześniej',
    'Please confirm this order by e-mail.',
    'Lieferscheine bitte je Filiale, Rechnung an die Zentrale.',
    'Facture à déposer sur Chorus Pro, rappeler le n° d’engagement.',
    'Laisser au fournil avant 5h, merci. Mme Petit',
  ])('but one that changes nothing is kept with the file, without a warning: %s', (text) => {
    const reading = read([['Delivery date', '24.03.2027'], [], head, ...goods, [], [text]]);
    expect(codes(reading)).toEqual([]);
    expect(reading.remarks?.map((remark) => remark.text)).toEqual([text]);
  });

  it.each(['Please do not substitute editions.', 'Pas de substitution SVP', 'Sin sustituir surtidos, gracias'])(
    'but that nothing may stand for another: %s',
    (text) => {
      expect(told([head, ...goods, [], [text]], 'remarks.unread')).toEqual([]);
    },
  );

  it.each(['Col/carton', 'Bot./caja', 'Lenses per box', 'Stk/VE', 'Bottles/case'])(
    'but what a pack holds: %s',
    (heading) => {
      const rows = [[...head, heading], ...goods.map((row, at) => [...row, 7 * at + 3])];
      expect(codes(read(rows))).toEqual([]);
    },
  );

  it('but the sum of the lines under a name of its own', () => {
    const order = [
      [...head, 'Amount'],
      ['A-1', 'Bolt', 10, 2, 20],
      ['A-2', 'Nut', 20, 1, 20],
      ['A-3', 'Pin', 30, 0.5, 15],
    ];
    expect(codes(read([...order, [null, null, null, 'PO worth', 55]]))).toEqual([]);
    expect(codes(read([...order, [null, null, null, 'PO worth', 56]]))).toContain('rows.skipped');
  });

  it('but a charge that the stated total proves', () => {
    const order = [
      [...head, 'Amount'],
      ['A-1', 'Bolt', 10, 2, 20],
      ['A-2', 'Nut', 20, 1, 20],
      ['A-3', 'Pin', 30, 0.5, 15],
    ];
    const foot = (total: number) => [
      [null, null, null, 'Statiegeld kratten 6 x 3,90', 23.4],
      [null, null, null, 'Totaal', total],
    ];
    expect(codes(read([...order, ...foot(78.4)]))).toEqual([]);
    expect(codes(read([...order, ...foot(80)]))).toContain('rows.skipped');
  });

  it('but no names of articles that nobody has ordered', () => {
    const reading = read([head, ...goods, ['A-4', 'Hexagon bolt with flange M10', null, 3], ...goods.slice(0, 1)]);
    expect(reading.remarks).toBeUndefined();
  });

  it.each(['collect Friday, ring Pat when ready', 'Abholung durch unseren Fahrer am Vormittag'])(
    'how the goods come, above the lines, where no day is given: %s',
    (text) => {
      expect(told([['Kilcullen Agri'], [text], [], head, ...goods], 'remarks.unread')).toEqual(['A2']);
    },
  );

  it('but no thanks, and no labels with their values', () => {
    const rows = [head, ...goods, [], ['Many thanks and kind regards to all'], ['Delivery address: 1 High Street']];
    expect(told(rows, 'remarks.unread')).toEqual([]);
  });

  it('a legend of colours, which are not read', () => {
    const rows = [['green = please order'], ['red = cancelled'], [], head, ...goods];
    expect(read(rows).anomalies).toContainEqual(
      expect.objectContaining({ code: 'rows.coloured', severity: 'blocking' }),
    );
    expect(codes(read([['Rothay Park - bread order'], [], head, ...goods]))).not.toContain('rows.coloured');
  });

  it('a day that no calendar has', () => {
    expect(told([['Deliver by 31/02/2027 to the back door'], [], head, ...goods], 'date.unreadable')).toEqual(['A1']);
  });
});

describe('what a row says of itself', () => {
  const remarked = (remark: string) =>
    read([[...head, 'Remarks'], ...goods.map((row, at) => (at === 1 ? [...row, remark] : row))]);

  it.each(['MANCANTE', 'sold out', 'nicht lieferbar', 'en rupture', 'SOSPESA - cliente richiama', 'on hold'])(
    'leaves it out and asks: %s',
    (remark) => {
      const reading = remarked(remark);
      expect(column(reading, 'reference')).toEqual(['A-1', 'A-3']);
      expect(reading.anomalies).toContainEqual(
        expect.objectContaining({ code: 'rows.left_out', severity: 'blocking' }),
      );
    },
  );

  it('in its name, or in place of its quantity', () => {
    const reading = read([head, ...goods, ['A-4', 'Robin 12cm - SOLD OUT', 24, 2], ['A-5', 'Fox', 'cancelled', 2]]);
    expect(column(reading, 'reference')).toEqual(['A-1', 'A-2', 'A-3']);
  });

  it('is no exception where most rows say it', () => {
    const rows = [[...head, 'Fulfilment status'], ...goods.map((row) => [...row, 'pending'])];
    expect([column(read(rows), 'quantity'), codes(read(rows))]).toEqual([['10', '20', '30'], []]);
  });

  it('is that it stands for another row', () => {
    expect(codes(remarked('i.p.v. regel 3'))).not.toContain('line.held');
  });

  it('is a rule for all rows where it speaks of them', () => {
    const reading = read([['Las líneas tachadas quedan ANULADAS.'], [], head, ...goods]);
    expect(column(reading, 'quantity')).toEqual(['10', '20', '30']);
  });
});

describe('rows that hold no goods', () => {
  it('are freight, deposits and the number of people', () => {
    const reading = read([
      ['Code', 'Item', 'Qty', 'Unit', 'Remarks'],
      [null, 'Nombre de repas', 190],
      ['A-1', 'Carottes', 14, 'kg'],
      ['A-2', 'Riz', 10, 'kg'],
      ['A-3', 'Pain', 9, 'kg'],
      [null, 'Paleta zwrotna', 21, 'szt.', 'kaucja'],
      ['TR', 'Koszt wysyłki', 1],
    ]);
    expect(column(reading, 'reference')).toEqual(['A-1', 'A-2', 'A-3']);
    expect(codes(reading)).toContain('rows.left_out');
  });

  it('are hidden without a quantity; those with one are a question, unless a total counts them', () => {
    const list = [
      ['Code', 'Item', 'Qty', 'Price', 'Amount'],
      ...goods.map((row) => [...row, Number(row[2]) * Number(row[3])]),
    ];
    const ask = (more: (string | number | null)[][], hiddenRows: number[]) =>
      read([...list, ...more], { hiddenRows }).anomalies.map(({ code, severity }) => `${severity} ${code}`);
    expect(ask([['A-4', 'Pin', null, 3, 0]], [5])).toEqual([]);
    expect(ask([], [3])).toEqual(['blocking line.hidden']);
    expect(ask([[null, 'Total', null, null, 55]], [3])).toEqual(['warning line.hidden']);
    expect(ask([[null, 'Total', null, null, 35]], [3])).toEqual(['warning rows.left_out']);
  });
});

describe('blocks of several places', () => {
  const block = (place: string, iso: string) => [[place], ['Entrega:', day(iso)], head, ...goods, []];

  it('give their lines the place and the day above them', () => {
    const reading = read([
      ...block('Hotel Playa, Paseo Marítimo 40, Benidorm', '2027-03-14'),
      ...block('Hotel Centro, C/ San Fernando 12, Alicante', '2027-03-16'),
      ...block('Apartamentos Sol, Av. Europa 3, Calpe', '2027-03-18'),
    ]);
    expect(new Set(column(reading, 'destination')).size).toBe(3);
    expect(column(reading, 'delivery_date').slice(2, 4)).toEqual(['2027-03-14', '2027-03-16']);
  });

  it('but kinds of goods are no places', () => {
    const reading = read([['Bolts'], head, ...goods, [], ['Nuts'], head, ...goods]);
    expect(column(reading, 'destination').every((place) => place === undefined)).toBe(true);
  });
});
