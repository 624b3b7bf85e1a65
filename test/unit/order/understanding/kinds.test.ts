import { column, read, readAll, sheet, type Written } from './book';

const goods: Written[][] = [
  ['A-1', 'Rohr', 34],
  ['A-2', 'Bogen', 28],
];
const headings = {
  de: ['Artikelnr.', 'Bezeichnung', 'Menge'],
  en: ['Item', 'Description', 'Qty'],
  es: ['Código', 'Descripción', 'Cantidad'],
  fr: ['Réf', 'Désignation', 'Qté'],
  it: ['Codice', 'Descrizione', 'Q.tà'],
  nl: ['Artikelnr', 'Omschrijving', 'Aantal'],
  pl: ['Indeks', 'Nazwa', 'Ilość'],
  pt: ['Código', 'Descrição', 'Quantidade'],
  sv: ['Artikelnr', 'Benämning', 'Antal'],
};

describe('a document that says what it is', () => {
  it.each<[keyof typeof headings, string, string]>([
    ['it', 'GIACENZE DI MAGAZZINO AL 31/12/2026', 'stock_list'],
    ['de', 'Lagerbestand zum 31.12.2026', 'stock_list'],
    ['es', 'Existencias en almacén', 'stock_list'],
    ['nl', 'Voorraadlijst magazijn 3', 'stock_list'],
    ['pl', 'Stan magazynowy na 31.12.2026', 'stock_list'],
    ['sv', 'Lagersaldo 2026-12-31', 'stock_list'],
    ['de', 'Lieferschein Nr. 4711', 'delivery_note'],
    ['it', 'D.D.T. n. 118', 'delivery_note'],
    ['es', 'Albarán nº 2027/118', 'delivery_note'],
    ['nl', 'PAKBON 20270118', 'delivery_note'],
    ['pt', 'Guia de Remessa GR 2027/12', 'delivery_note'],
    ['de', 'ACME GmbH · Rechnung Nr. 12', 'invoice'],
    ['pt', 'Fatura FT 2027/118', 'invoice'],
    ['en', 'PROFORMA INVOICE', 'invoice'],
    ['fr', 'Avoir n° AV-118', 'credit_note'],
    ['it', 'Preventivo n. 55', 'quotation'],
    ['pl', 'Oferta handlowa 12/2027', 'quotation'],
    ['en', 'Request for quotation RFQ-12', 'quote_request'],
    ['nl', 'Retourformulier', 'return'],
    ['en', 'Packing List', 'packing_list'],
    ['de', 'Stückliste Baugruppe 7', 'parts_list'],
    ['fr', 'Ventes par article - mars 2027', 'history'],
    ['fr', 'Prévisions de vente T1 2027', 'forecast'],
    ['de', 'Auftragsbestätigung 4711', 'confirmation'],
  ])('in its title is no order (%s): %s', (language, title, kind) => {
    const reading = read([[title], [], headings[language], ...goods]);
    expect([reading.outcome, reading.reason?.code, reading.set_aside?.lines.length]).toEqual(['not_an_order', kind, 2]);
    expect(reading.reason?.evidence?.[0]).toMatchObject({ cell: 'A1', text: title });
  });

  it('in the name of its sheet or its file, in a label or a heading is no order either', () => {
    const table = [headings.fr, ...goods];
    const codes = [
      read(table, { name: 'Stock' }),
      read(table, { file: 'facture_2027-118.xlsx' }),
      read([['Müller GmbH'], ['Lieferschein-Nr.:', 'LS-118'], [], headings.de, ...goods]),
      read([[...headings.fr, 'Motif du retour'], ...goods.map((row) => [...row, 'cassé'])]),
      read([
        ['Ref', 'Qty', 'Price'],
        ['A-1', 1, 5],
        ['A-1', 10, 4.5],
        ['A-1', 50, 4],
      ]),
    ].map(({ reason }) => reason?.code);
    expect(codes).toEqual(['stock_list', 'invoice', 'delivery_note', 'return', 'price_list']);
  });
});

describe('an order that speaks of other documents', () => {
  it.each<[string, Written[][]]>([
    ['names the quotation that it follows', [['BON DE COMMANDE'], ['Votre devis n°', 'D-118'], headings.fr, ...goods]],
    ['has an address for invoices', [['Bestellung'], ['Rechnungsadresse', 'Hauptstr. 1'], headings.de, ...goods]],
    ['replaces another', [['Annule et remplace la commande du 12/03'], headings.fr, ...goods]],
    ['says how prices are meant', [['Order 12'], ['Prices in GBP excluding VAT'], headings.en, ...goods]],
    ['is written on a tariff', [['Tarif 2027'], ['Réf', 'Désignation', 'Votre commande'], ...goods]],
    ['orders what is out of stock', [['Inventory and reorder list'], ['Code', 'Item', 'Order qty'], ...goods]],
  ])('%s', (_what, rows) => {
    expect(column(read(rows), 'quantity')).toEqual(['34', '28']);
  });

  it('leaves out the sheets that are none, and says so', () => {
    const reading = readAll([
      sheet([headings.en, ...goods], { name: 'Order' }),
      sheet([headings.en, ['A-1', 'Rod', 900]], { name: 'Stock' }),
    ]);
    expect(column(reading, 'quantity')).toEqual(['34', '28']);
    expect(reading.anomalies.map(({ code, evidence: [at] }) => [code, at?.sheet])).toEqual([
      ['sheet.not_read', 'Stock'],
    ]);
  });
});

describe('a paper that only its words or columns tell from an order', () => {
  const lines: Written[][] = [
    ['A-1', 'Rohr', 34],
    ['A-2', 'Bogen', 28],
    ['A-3', 'Muffe', 12],
  ];
  const kindOf = (rows: Written[][], file = 'list.xlsx') => read(rows, { file }).reason?.code;

  it.each<[string, Written[][], string]>([
    ['a form named after what it is for', [['FORMULARIO DE DEVOLUCIÓN'], headings.es, ...lines], 'return'],
    ['a title that ends with what it is', [['Knitwear free stock report'], headings.en, ...lines], 'stock_list'],
    [
      'a sentence that asks for credit',
      [['Müller & Sohn'], headings.de, ...lines, ['Wir bitten um Gutschrift']],
      'return',
    ],
    [
      'a sentence that asks for prices',
      [['Please quote your best prices by Friday'], headings.en, ...lines],
      'quote_request',
    ],
    [
      'a sentence that says so',
      [['Bestellung'], ['Dies ist keine Bestellung, nur ein Vorschlag'], headings.de, ...lines],
      'no_order',
    ],
    [
      'an empty column for the prices of the reader',
      [['Kod', 'Zboží', 'Množství', 'Vaše cena / ks'], ...lines],
      'quote_request',
    ],
    [
      'reasons of complaint',
      [[...headings.it, 'Motivo'], ...lines.map((row, at) => [...row, at === 1 ? 'rotto' : 'articolo difettoso'])],
      'return',
    ],
    ['the value of a stock', [[...headings.fr, 'Valeur stock €'], ...lines.map((row) => [...row, 12.5])], 'stock_list'],
    [
      'costs for each guest',
      [
        ['Ingredient', 'Qty', 'Unit', 'Cost'],
        ['Turkey', 14, 'kg', 131.6],
        ['Sprouts', 6, 'kg', 9.6],
        [],
        ['Cost per cover', null, null, 2.35],
      ],
      'costing',
    ],
    [
      'grams for each guest',
      [
        ['Giorno', 'Primo', 'g/pasto', 'Secondo', 'g/pasto', 'Quantità'],
        ['lunedì', 'Pasta', 70, 'Frittata', 60, 212],
        ['martedì', 'Riso', 80, 'Pollo', 70, 209],
      ],
      'meal_plan',
    ],
    [
      'the average of its months',
      [
        ['Ref', 'Item', 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Total', 'Average'],
        ['A-1', 'Soap', 4, 7, 6, 5, 4, 7, 33, 5.5],
        ['A-2', 'Towel', 10, 9, 12, 11, 10, 8, 60, 10],
      ],
      'history',
    ],
  ])('by %s', (_what, rows, kind) => {
    expect(kindOf(rows)).toBe(kind);
  });

  it('is none for a pattern of cloth, an order with a place for prices agreed, or thanks for a quotation', () => {
    expect(kindOf([[...headings.it, 'Motivo'], ...lines.map((row) => [...row, 'righe blu'])])).toBeUndefined();
    expect(kindOf([['Purchase order 12'], ['Thank you for your quotation'], headings.en, ...lines])).toBeUndefined();
    expect(
      kindOf([['Order 12'], ['Please quote our order number on invoices'], headings.en, ...lines]),
    ).toBeUndefined();
  });

  it('is an order when the customer has taken the offer, and none while the place for the signature is empty', () => {
    const offer = [['DEVIS N° D-118'], headings.fr, ...lines];
    expect(kindOf([...offer, [], ['Bon pour accord, date et signature :', '..........']])).toBe('quotation');
    expect(kindOf([...offer, [], ['Accepted by buyer: ______']])).toBe('quotation');
    expect(kindOf([...offer, [], ['BON POUR ACCORD le 12/03/2027, C. Girod']])).toBeUndefined();
    expect(
      kindOf([['ANGEBOT 4711'], headings.de, ...lines, [], ['Auftrag erteilt', 'Berlin, 3.4.2027, Meier']]),
    ).toBeUndefined();
    expect(kindOf(offer, 'D-118 bon pour accord.xlsx')).toBeUndefined();
  });

  it('is an order in spite of the day from which it would be cancelled', () => {
    const terms = ['CANCEL IF NOT SHIPPED BY', 'Cancel date', 'Date d’annulation', 'Stornieren falls nicht bis'];
    for (const text of terms)
      expect(kindOf([['PURCHASE ORDER'], [text, '04/10/2027'], headings.en, ...lines])).toBeUndefined();
    expect(kindOf([['PURCHASE ORDER'], ['CANCELLED'], headings.en, ...lines])).toBe('superseded');
  });

  it('is a form of which only the example is filled in, or a long list of which nothing is', () => {
    const form = [
      ['Art.', 'Modello', 'Prezzo', 'Q.tà'],
      ['ESEMPIO', 'Ballerina', 30, 2],
      [2601, 'Mira', 31.5],
      [2611, 'Giada', 35.5],
    ];
    expect(read([['MODULO D’ORDINE'], ...form]).outcome).toBe('not_an_order');
    const list = Array.from({ length: 20 }, (_, at) => [`08.${at + 100}`, 'Scheibe', 12.4 + at]);
    expect(kindOf([['Artikelnr', 'Bezeichnung', 'Brutto EUR', 'Bestellmenge'], ...list])).toBe('template');
  });
});

it.each(['Goods received', 'Sales by store May 2026', 'Price comparison', 'Preisvergleich', 'Ventes par magasin'])(
  'a title of goods that came, were sold or are compared orders nothing: %s',
  (title) => {
    expect(read([[title], ['Code', 'Item', 'Qty'], ['A1', 'Bolt', 100], ['A2', 'Nut', 200]]).outcome).toBe(
      'not_an_order',
    );
  },
);

describe('figures that commit nobody', () => {
  const rows = (sentence: string, ...labels: Written[][]): Written[][] => [
    ['Slaney Foods – Packaging'],
    [sentence],
    ...labels,
    [],
    headings.en,
    ...goods,
  ];

  it.each([
    ['For planning purposes only. Call-offs will be placed separately.', 'forecast'],
    ['This forecast is not a purchase order.', 'no_order'],
    ['Nur zu Planungszwecken, keine Abnahmeverpflichtung.', 'forecast'],
    ['Chiffres à titre prévisionnel, sans engagement d’achat.', 'forecast'],
    ['Sin compromiso de compra por nuestra parte.', 'forecast'],
    ['Uitsluitend ter planning, geen afnameverplichting.', 'forecast'],
  ])('are no order: %s', (sentence, kind) => expect(read(rows(sentence)).reason?.code).toBe(kind));

  it('may stand beside an order with its number', () =>
    expect(read(rows('Weeks from 20 on are for planning purposes only.', ['Order no', 'PO-118'])).outcome).toBe(
      'order',
    ));
});

describe('an export of stock with what is ordered', () => {
  const rows = (quantities: number[]): Written[][] => [
    ['10021', 'SR-622', 'Tyre 37-622', 3, 10, quantities[0] ?? 0, 14.9, 29.95],
    ['10044', 'KT-116', 'Chain 9-speed', 2, 8, quantities[1] ?? 0, 11.35, 24.9],
    ['10108', 'BB-DP22', 'Brake pads', 5, 20, quantities[2] ?? 0, 4.2, 11.5],
  ];
  it.each<[string, Written[]]>([
    [
      'German',
      [
        'Interne Nr.',
        'Lieferanten-Artikelnr.',
        'Bezeichnung',
        'Bestand',
        'Mindestbestand',
        'Menge',
        'EK netto',
        'VK brutto',
      ],
    ],
    ['English', ['Id', 'Supplier code', 'Item', 'Stock on hand', 'Minimum stock', 'Qty', 'Cost price', 'Retail price']],
    ['French', ['N° interne', 'Réf. fournisseur', 'Article', 'Stock actuel', 'Stock mini', 'Qté', 'PA HT', 'PV TTC']],
    [
      'Italian',
      [
        'N. interno',
        'Cod. fornitore',
        'Articolo',
        'Giacenza',
        'Scorta minima',
        'Quantità',
        'Prezzo acquisto',
        'Prezzo vendita',
      ],
    ],
    [
      'Dutch',
      [
        'Intern nr.',
        'Leveranciers nr.',
        'Artikel',
        'Voorraad',
        'Minimum voorraad',
        'Aantal',
        'Inkoopprijs',
        'Verkoopprijs',
      ],
    ],
  ])('is an order where each line fills up what has fallen below its least: %s', (_, heads) => {
    expect(column(read([heads, ...rows([12, 10, 30])]), 'quantity')).toEqual(['12', '10', '30']);
  });

  it('and master data where the quantities do not follow from the stock', () => {
    const heads = [
      'Id',
      'Supplier code',
      'Item',
      'Stock on hand',
      'Minimum stock',
      'Qty',
      'Cost price',
      'Retail price',
    ];
    expect(read([heads, ...rows([1, 1, 1])]).outcome).toBe('not_an_order');
  });
});
