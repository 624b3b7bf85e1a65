import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FileReading, OrderLine } from '../../../../schemas/order/order';
import { understand } from '../../../../src/order/understanding';
import { readWorkbook } from '../../../../src/spreadsheets/read';

/** Small files that were read wrongly once, each of a class, with what is right. */
const FOLDER = join(__dirname, 'cases');

interface Right {
  /** code of the reason why it is no order */
  reason?: string;
  facts?: string[];
  /** the fields of each line, in the order of `fields` */
  lines?: string[];
  /** lines that are kept for a person who calls it an order all the same */
  aside?: number;
  other?: string[];
  flags?: string[];
}

const fields = [
  ...(['order', 'order_number', 'customer', 'reference', 'ean', 'description', 'variant', 'destination'] as const),
  ...(['quantity', 'unit', 'unit_price', 'discount_percent', 'amount', 'delivery_date'] as const),
];

const valuesOf = (line: OrderLine): string =>
  fields
    .flatMap((field) => {
      const value = line[field];
      return value === undefined ? [] : [typeof value === 'string' ? value : value.value];
    })
    .join(' | ');

function told(reading: FileReading, right: Right): Right {
  const facts = Object.entries(reading.facts).map(([name, { value }]) => `${name}: ${value}`);
  const flags = reading.anomalies.map(({ code, severity, evidence }) =>
    `${severity} ${code} ${evidence.map(({ cell }) => cell).join(',')}`.trim(),
  );
  const other = reading.lines.flatMap((line) => (line.other ?? []).map(({ heading, value }) => `${heading} ${value}`));
  return {
    ...(reading.reason ? { reason: reading.reason.code } : {}),
    ...(facts.length > 0 ? { facts } : {}),
    ...(reading.lines.length > 0 ? { lines: reading.lines.map(valuesOf) } : {}),
    ...(reading.set_aside ? { aside: reading.set_aside.lines.length } : {}),
    ...(right.other ? { other } : {}),
    ...(flags.length > 0 ? { flags } : {}),
  };
}

const cases: [file: string, sentence: string, right: Right][] = [
  [
    'c01-orderid-amount.xlsx',
    'an order number is no quantity, and an amount beside no price is',
    {
      lines: ['O1 | 1 | 2000 | 10', 'O2 | 2 | 3000 | 20', 'O3 | 3 | 9000 | 2'],
      flags: ['warning columns.uncertain C1', 'blocking orders.several A2,A3,A4'],
    },
  ],
  [
    'c01b-order-id-and-quantity.xlsx',
    'an order number and a position are no quantities',
    {
      lines: ['O1 | 1 | 48 | 1', 'O1 | 1 | 52 | 2', 'O2 | 2 | 76 | 3', 'O2 | 2 | 52 | 4'],
      flags: ['blocking orders.several A2,A4'],
    },
  ],
  [
    'c01c-order-no.xlsx',
    '`Order` over numbers beside a quantity numbers orders',
    {
      lines: ['O1 | 1001 | A-1 | 5', 'O2 | 1002 | A-2 | 7', 'O3 | 1003 | A-3 | 2'],
      flags: ['blocking orders.several A2,A3,A4'],
    },
  ],
  [
    'c01d-commande.xlsx',
    'so does `Commande`',
    {
      lines: ['O1 | 1001 | A-1 | 5', 'O2 | 1002 | A-2 | 7', 'O3 | 1003 | A-3 | 2'],
      flags: ['blocking orders.several A2,A3,A4'],
    },
  ],
  [
    'c01e-orders-without-qty.xlsx',
    'an amount that no price divides is a quantity',
    {
      lines: ['O1 | 1001 | A-1 | 5 | 2.5', 'O2 | 1002 | A-2 | 7 | 3.5', 'O3 | 1003 | A-3 | 2 | 4.5'],
      flags: ['warning columns.uncertain C1', 'blocking orders.several A2,A3,A4'],
    },
  ],
  ['c02-stock.xlsx', 'a stock list is no order', { reason: 'stock_list', aside: 2 }],
  ['c02b-bl.xlsx', 'nor is a delivery note', { reason: 'delivery_note', aside: 2 }],
  ['c02c-facture.xlsx', 'nor is an invoice', { reason: 'invoice', aside: 2 }],
  ['c02d-devis.xlsx', 'nor is a quotation', { reason: 'quotation', aside: 2 }],
  ['c02e-tarif.xlsx', 'nor is a tariff in steps', { reason: 'price_list', aside: 3 }],
  ['c02f-stocklist-en.xlsx', 'nor is a stock list in English', { reason: 'stock_list', aside: 2 }],
  [
    'c03-superseded.xlsx',
    'a sheet that says superseded is not ordered',
    { lines: ['H-1 | 30', 'H-2 | 8'], flags: ['warning sheet.not_read A1'] },
  ],
  [
    'c03b-superseded-other.xlsx',
    'a sheet that says cancelled is not ordered',
    { lines: ['K-1 | 30', 'K-2 | 8'], flags: ['warning sheet.not_read A1'] },
  ],
  [
    'c04-pointures-ean.xlsx',
    'sizes keep the barcodes of the row above them',
    {
      lines: [
        'DERBY | 3760375123731 | noir / 36 | 3 | 42.5',
        'DERBY | 3760305830074 | noir / 38 | 2 | 42.5',
        'MOCAS | 3760377908879 | camel / 36 | 1 | 38',
        'MOCAS | 3760355248621 | camel / 37 | 1 | 38',
        'MOCAS | 3760320933989 | camel / 38 | 2 | 38',
      ],
    },
  ],
  [
    'c04b-pointures.xlsx',
    'sizes without barcodes become lines',
    {
      lines: [
        'DERBY | noir / 36 | 3 | 42.5',
        'DERBY | noir / 38 | 2 | 42.5',
        'MOCAS | camel / 36 | 1 | 38',
        'MOCAS | camel / 37 | 1 | 38',
        'MOCAS | camel / 38 | 2 | 38',
      ],
    },
  ],
  [
    'c05-prix-brut.xlsx',
    'a gross price and its discount are two facts',
    { lines: ['CH-1 | Brille | 33 | 39.6 | 5', 'CH-2 | Öl | 33 | 29.1 | 15'] },
  ],
  [
    'c05b-pound-heading.xlsx',
    'a pound sign over a column is a price, and said',
    {
      facts: ['currency: GBP'],
      lines: ['CH49 | Bacon | 31 | 13.1', 'CH83 | Peas | 1 | 3.65'],
      flags: ['warning columns.uncertain C1'],
    },
  ],
  [
    'c05c-euro-heading.xlsx',
    'so is a euro sign',
    {
      facts: ['currency: EUR'],
      lines: ['CH49 | Bacon | 31 | 13.1', 'CH83 | Peas | 1 | 3.65'],
      flags: ['warning columns.uncertain C1'],
    },
  ],
  [
    'c06-order-number-as-ref.xlsx',
    'an order number is no reference, and an account no description',
    {
      lines: ['O1 | ORD2023 | 产品A x 2 | 2 | 100', 'O2 | ORD2024 | 产品A x 3 | 3 | 101'],
      flags: ['blocking references.none C1', 'blocking orders.several A2,A3'],
    },
  ],
  [
    'c07-two-orders.xlsx',
    'two sheets with numbers of their own are two orders',
    {
      lines: ['O1 | CDE-1041 | A-1 | 5', 'O2 | CDE-1042 | B-1 | 7'],
      flags: ['blocking orders.several B1,B1'],
    },
  ],
  [
    'c07b-date-conflict.xlsx',
    'a date in the file is kept beside that of the form',
    { facts: ['order_number: F-0215', 'delivery_date: 2029-02-15'], lines: ['A-1 | Vis | 5'] },
  ],
  [
    'c07c-delivery-before-order.xlsx',
    'a delivery before the order is said',
    {
      facts: ['delivery_date: 2030-01-02', 'order_date: 2030-03-20'],
      lines: ['A-1 | Vis | 5'],
      flags: ['warning date.order B2,B1'],
    },
  ],
  [
    'c07d-zero-price.xlsx',
    'a price of zero is said',
    { lines: ['A-1 | Vis | 5 | 0', 'A-2 | Clou | 5 | 1.2'], flags: ['warning line.price_zero D2'] },
  ],
  [
    'c07e-currency-column.xlsx',
    'two currencies in a column are said',
    {
      facts: ['currency: CHF'],
      lines: ['E1 | 39 | 19.5', 'E2 | 26 | 6.6', 'E3 | 5 | 3.4'],
      flags: ['warning currency.mixed D2,D3,D4'],
    },
  ],
  [
    'c07f-address-conflict.xlsx',
    'an address in the file is kept beside that of the form',
    { facts: ['delivery_address: 3 rue Neuve, 38000 Grenoble'], lines: ['A-1 | Vis | 5'] },
  ],
  [
    'c08-item-number-blank.xlsx',
    'a position is no reference',
    {
      lines: ['1 | pcs | 0'],
      flags: ['blocking line.reference_missing A2', 'warning line.price_zero E2', 'warning references.none B1'],
    },
  ],
  [
    'c09-qty-texts.xlsx',
    'packs are read where the words leave one reading, and asked where not',
    {
      lines: [
        'A-1 | Eau',
        'A-2 | Yaourt | 6',
        'A-3 | Verre',
        'A-4 | Moutarde | 1 | bucket',
        'A-5 | Gants | 2.5',
        'A-6 | Riz | 10 | bag',
        'A-7 | Lait | 12 | bottle',
        'A-8 | Sel | 4 | pcs',
        'A-9 | Thé | 5 | box',
        'A-10 | Café | 2.5',
        'A-11 | Sucre | 1 | pallet',
      ],
      flags: [
        'blocking line.quantity_uncertain C2',
        'blocking line.quantity_uncertain C4',
        'warning line.quantity_packed C5',
        'warning line.quantity_fractional C11',
      ],
    },
  ],
  [
    'c10-croix.xlsx',
    'a cross orders the quantity above it',
    { lines: ['A-1 | Bloc | 5 | 6.8', 'A-2 | Stylo | 1 | 1.2'] },
  ],
  ['c11-parziale.xlsx', 'a partial sum is no line', { lines: ['A-1 | Tubo | 2 | 3 | 6', 'A-2 | Vite | 4 | 1 | 4'] }],
  [
    'c11b-soustotal-words.xlsx',
    'sums of many names are no lines',
    { lines: ['A-1 | Tubo | 2 | 3 | 6', 'A-2 | Vite | 4 | 1 | 4', 'A-3 | Clou | 1 | 2 | 2'] },
  ],
  [
    'c12-unordered-with-date.xlsx',
    'a row without an ordered quantity is not ordered',
    {
      lines: ['A-1 | Peas | 24 | 11.2 | 2029-02-03', 'A-3 | Milk | 5 | 2.85 | 2029-02-07'],
      flags: ['blocking line.date_ambiguous F2', 'blocking line.date_ambiguous F4'],
    },
  ],
  [
    'c13-hdr-dtl.csv',
    'records of a header and details are proposed',
    { lines: ['9781399170123 | 80', '9781444854497 | 100'], flags: ['blocking columns.uncertain E2'] },
  ],
  [
    'c13b-headerless.csv',
    'so is a file without headings',
    {
      lines: ['9781399170123 | 80', '9781444854497 | 100', '9781785418723 | 20'],
      flags: ['blocking columns.uncertain B1'],
    },
  ],
  ['c14-letterhead.xlsx', 'a letterhead is no line', { reason: 'template' }],
  ['c15-rates.xlsx', 'a table of rates is no order', { reason: 'price_list' }],
  [
    'c16-arrondi.xlsx',
    'a rounding reconciles',
    { facts: ['currency: CHF'], lines: ['A-1 | 35 | 19.4 | 679', 'A-2 | 8 | 15 | 120'] },
  ],
  [
    'c16b-report.xlsx',
    'a sum carried over reconciles',
    { lines: ['A-1 | 10 | 2 | 20', 'A-2 | 5 | 4 | 20', 'A-3 | 1 | 5 | 5'] },
  ],
  [
    'c17-currency-heading.xlsx',
    'the currency of a heading',
    { facts: ['currency: EUR'], lines: ['A-1 | Vis | 5 | 1.2 | 6'] },
  ],
  [
    'c17b-currency-in-total.xlsx',
    'the currency of a total’s label',
    { facts: ['currency: EUR'], lines: ['A-1 | Vis | 5 | 1.2 | 6'] },
  ],
  [
    'c17c-price-usd.xlsx',
    'the currency of a heading in small letters',
    { facts: ['currency: USD'], lines: ['A-1 | Screw | 5 | 1.2'] },
  ],
  ['c17d-prose.xlsx', 'the currency of a sentence', { facts: ['currency: EUR'], lines: ['A-1 | Vis | 5 | 1.2'] }],
  [
    'c18-ditto.xlsx',
    'ditto marks are carried down, and said',
    {
      lines: ['GL-01 | Gants | S | 10', 'GL-01 | Gants | M | 20', 'GL-01 | Gants | L | 15'],
      flags: ['warning line.carried A3,B3', 'warning line.carried A4,B4'],
    },
  ],
  ['c19-strike.xlsx', 'a struck row is a question', { lines: ['C-1 | 12'], flags: ['blocking rows.left_out A3:B3'] }],
  [
    'c20-note.xlsx',
    'a note on a cell is shown and said',
    { lines: ['K-1 | 10', 'K-2 | 10'], other: ['Note passer à 25 svp'], flags: ['warning line.noted B3'] },
  ],
  [
    'c21-cp1252-euro.csv',
    'Windows-1252 has letters between 0x80 and 0x9F',
    { facts: ['currency: EUR'], lines: ['A-1 | Œufs “bio” | 12 | 1.5', 'A-2 | Crème | 3 | 9.9'] },
  ],
  [
    'c22-retours.xlsx',
    'rows under a heading of returns are left out',
    { lines: ['L-1 | 10'], flags: ['warning rows.left_out A4:B4'] },
  ],
  [
    'c23-remplace.xlsx',
    'two references in a cell are a question',
    {
      lines: ['AB-100 → AB-101 | Joint | 30', 'AB-200 (remplacé par AB-201) | Roulement | 8', 'AB-3 ou AB-4 | Vis | 9'],
      flags: [
        'blocking line.reference_uncertain A2',
        'blocking line.reference_uncertain A3',
        'blocking line.reference_uncertain A4',
      ],
    },
  ],
  [
    'c24-annule.xlsx',
    'a cancelled row is left out, and one on hold a question',
    { lines: ['Z-1 | 5', 'Z-3 | 10'], flags: ['blocking line.held C4,B4', 'warning rows.left_out A3:C3'] },
  ],
  [
    'c24b-remarque-annule.xlsx',
    'a remark cancels a row',
    { lines: ['Z-1 | 5'], flags: ['warning rows.left_out A3:C3,A4:C4'] },
  ],
  [
    'c25-clients.xlsx',
    'two customers on a sheet are two orders',
    {
      lines: ['O1 | Parc - 3 av. Foch, Lyon | P-10 | 24', 'O2 | Halles - 8 cours Lafayette, Lyon | P-11 | 12'],
      flags: ['blocking orders.several A1,A5'],
    },
  ],
  [
    'c25b-ship-to-column.xlsx',
    'two addresses in a column, of which each line has its own, are said',
    {
      lines: ['P-10 | 3 av. Foch, Lyon | 24', 'P-11 | 8 cours Lafayette, Lyon | 12'],
      flags: ['warning delivery.several C2,C3'],
    },
  ],
  [
    'c26-us-dates.xlsx',
    'a date is read as in the country of the address, and said',
    {
      facts: ['delivery_address: Dayton, OH 45400', 'delivery_date: 2029-02-03', 'currency: USD'],
      lines: ['A-1 | 5 | 1.2'],
      flags: ['warning date.by_country B2'],
    },
  ],
  [
    'r-a05-arabic.xlsx',
    'Arabic headings and digits are read',
    {
      lines: ['AR-01 | كرسي خشبي | 12 | 25.5', 'AR-02 | طاولة | 1000 | 40', 'AR-03 | مصباح | 2.5 | 10'],
      flags: ['warning line.quantity_fractional C4'],
    },
  ],
  [
    'r-a08-cp1250.csv',
    'Windows-1250 is told from its letters',
    {
      lines: [
        'PL-1 | Śruba ocynkowana M8 | 120 | 0.35',
        'PL-2 | Łącznik kątowy | 40 | 2.1',
        'PL-3 | Żarówka 60 W | 25 | 4.99',
      ],
      flags: ['warning text.encoding B2'],
    },
  ],
  [
    'r-a08-cp1251.csv',
    'Windows-1251 is told from its letters',
    { lines: ['RU-1 | Болт М8 | 120 | 5.5', 'RU-2 | Гайка М8 | 300 | 1.2'], flags: ['warning text.encoding B2'] },
  ],
  [
    'r-a08-sjis.csv',
    'Shift_JIS is told from its letters',
    { lines: ['JP-1 | 六角ボルト | 120 | 35', 'JP-2 | 平座金 | 300 | 5'], flags: ['warning text.encoding B2'] },
  ],
  [
    'r-a08-utf16le-nobom.csv',
    'UTF-16 needs no mark',
    {
      lines: [
        'PL-1 | Śruba ocynkowana M8 | 120 | 0.35',
        'PL-2 | Łącznik kątowy | 40 | 2.1',
        'PL-3 | Żarówka 60 W | 25 | 4.99',
      ],
    },
  ],
  [
    'r-a08-utf8-onebad.csv',
    'one bad byte does not change the whole file',
    {
      lines: [
        'FR-1 | Crème brûlée surgelée | 12 | 4.5',
        'FR-2 | Pâté en croûte | 6 | 8.9',
        'FR-3 | Café moulu | 10 | 3.2',
      ],
      flags: ['warning text.mended B4'],
    },
  ],
  [
    'r-a10-inch.csv',
    'an inch sign is no quotation',
    { lines: ['B-1 | 16" bar | 5', 'B-2 | bolt 3/4" x 2" | 3', 'B-3 | plate, 12" square | 2', 'B-4 | 12" ruler | 9'] },
  ],
  [
    'r-a10-unclosed.csv',
    'a quotation that is never closed joins no rows',
    { lines: ['A-1 | Rohr | 5', 'A-2 | Bogen 90 Grad | 3', 'A-3 | Muffe | 2'], flags: ['warning text.mended B3'] },
  ],
  [
    'r-a10b-quotes-pair.csv',
    'nor do two stray marks',
    {
      lines: [
        'A-1 | Pipe 2 m | 5 | 4',
        'A-2 | Bend 90 deg | 3 | 2',
        'A-3 | Sleeve "long" | 2 | 1.5',
        'A-4 | Cap | 7 | 0.8',
      ],
      flags: ['warning text.mended B2'],
    },
  ],
  [
    'r-a11b-shifted-plausible.csv',
    'a separator inside a text moves no values',
    {
      lines: ['X1 | Cable, 2 m | 5 | 3', 'X2 | Plug | 10 | 1.5', 'X3 | Socket, 4 way | 6 | 7', 'X4 | Switch | 8 | 2.2'],
      flags: ['warning text.mended B2,B4'],
    },
  ],
  [
    'r-a12-preamble-commas.csv',
    'the separator is that of most rows',
    {
      facts: ['customer: Costruzioni Rossi S.p.A., Via Garibaldi 12, 10100 Torino, Italia'],
      lines: [
        'TRV-HEB-200 | Travi HEB 200 S275JR | 45 | t | 712.5',
        'TRV-IPE-160 | Travi IPE 160 S235JR | 30 | t | 688.75',
        'RET-EL-6X20 | Rete elettrosaldata maglia 20x20 | 12 | t | 655.5',
      ],
    },
  ],
  [
    'r-a13-shopify.csv',
    'a shop’s export of two orders holds two orders',
    {
      facts: ['currency: EUR'],
      lines: [
        'O1 | #1001 | A. Example | MUG-B | Mug blue | 2 | 12.5',
        'O1 | #1001 | A. Example | PLA-W | Plate white | 3 | 10',
        'O2 | #1002 | B. Example | MUG-B | Mug blue | 1 | 12.5',
      ],
      flags: ['blocking line.held C4,J4', 'blocking orders.several A2,A4'],
    },
  ],
  [
    'r-a14b-struck-no-total.xlsx',
    'a struck row without a total is a question',
    { lines: ['ZX-1 | Lamp | 4 | 20', 'ZX-3 | Bulb E27 | 30 | 1.2'], flags: ['blocking rows.left_out A3:D3'] },
  ],
  [
    'r-a15b-pack-words.xlsx',
    'packs are proposals with their arithmetic',
    {
      lines: [
        'MD-1 | Gloves nitrile | 6',
        'MD-2 | Syringe 5 ml | 4.5',
        'MD-3 | Gauze | 2',
        'MD-4 | Plaster | 5 | dozen | 1',
        'MD-5 | Tape | 1',
      ],
      flags: ['blocking line.quantity_uncertain C2,C3,C4,C6'],
    },
  ],
  [
    'r-a18-cp1252-euro.csv',
    'Windows-1252 again, with dashes and a euro',
    {
      facts: ['currency: EUR'],
      lines: [
        'FR-1 | Œillets d’été – lot de 6 | 12 | 4.5 | 54',
        'FR-2 | Cœur de bœuf « premium » | 6 | 8.9 | 53.4',
        'FR-3 | Ruban 25 mm… | 3 | 1.2 | 3.6',
      ],
    },
  ],
  [
    'r-a20-sizes-days.xlsx',
    'a size that became a day is a question',
    {
      lines: ['T-1 | Sock | 2026-08-06 | 12 | 2', 'T-2 | Sock | 2026-11-09 | 6 | 2'],
      flags: ['blocking line.variant_damaged C2', 'blocking line.variant_damaged C3'],
    },
  ],
  [
    'r-a20b-days.csv',
    'so is a day in words',
    {
      lines: ['T-1 | Sock | 06.Aug | 12 | 2', '02.Mrz | Bracket | M | 5 | 1', 'T-3 | Cap | L | 3'],
      flags: [
        'blocking line.variant_damaged C2',
        'blocking line.reference_damaged A3',
        'blocking line.quantity_unreadable D4',
      ],
    },
  ],
  [
    'r-a21-unread-columns.xlsx',
    'columns of other things are kept with their headings',
    {
      lines: ['TR-1 | Trophy | 2 | 20', 'TR-2 | Rail | 850 | 4 | 11', 'TR-3 | Rail | 1200 | 4 | 11'],
      other: ['Engraving For Ada, 1st place'],
    },
  ],
  [
    'r-a22-real.xlsx',
    'reais',
    { facts: ['currency: BRL'], lines: ['B-1 | Caneca | 10 | 12.5 | 125', 'B-2 | Prato | 4 | 30 | 120'] },
  ],
  ['r-a22b-aud.xlsx', 'Australian dollars', { facts: ['currency: AUD'], lines: ['B-1 | Mug | 10 | 12.5 | 125'] }],
  [
    'r-a22c-hkd.xlsx',
    'dollars of two kinds are said',
    {
      facts: ['currency: HKD'],
      lines: ['B-1 | Mug | 10 | 12.5 | 125', 'B-2 | Pan | 1 | 40 | 40'],
      flags: ['warning currency.mixed D2,E2,D3,E3'],
    },
  ],
  [
    'r-a23-total-kits.xlsx',
    'units make a total a quantity',
    {
      facts: ['currency: BRL'],
      lines: ['MF-1 | Kit 3 pares | 36 | 8.99 | 323.64', 'MF-2 | Kit 3 pares longo | 20 | 9.39 | 187.8'],
    },
  ],
  [
    'r-a24-pdv.xlsx',
    'money is no destination',
    { lines: ['K-1 | Meia | 36 | 11.29 | 406.44', 'K-2 | Meia longa | 36 | 13.29 | 478.44'] },
  ],
];

describe('files that were read wrongly', () => {
  it.each(cases)('%s: %s', async (file, _sentence, right) => {
    const reading = understand(await readWorkbook(join(FOLDER, file)), { file, language: 'fr' });
    expect(told(reading, right)).toEqual(right);
  });

  it('are all told', () => {
    expect(cases.map(([file]) => file)).toEqual(readdirSync(FOLDER).sort());
  });
});
