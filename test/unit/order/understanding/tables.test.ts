import { bold, codes, column, linesOf, read } from './book';

describe('a plain table under one row of headings', () => {
  it('gives each row as a line, with its values as text', () => {
    const reading = read([
      ['Reference', 'Description', 'Qty', 'Unit', 'Unit price', 'Amount'],
      ['A-001', 'Blue pen', 10, 'pcs', 1.5, 15],
      ['A-002', 'Red pen', 4, 'box', 12.25, 49],
    ]);
    expect(reading.outcome).toBe('order');
    expect(linesOf(reading)).toEqual([
      { reference: 'A-001', description: 'Blue pen', quantity: '10', unit: 'pcs', unit_price: '1.5', amount: '15' },
      { reference: 'A-002', description: 'Red pen', quantity: '4', unit: 'box', unit_price: '12.25', amount: '49' },
    ]);
    expect(reading.anomalies).toEqual([]);
  });

  it('gives the cell of every value', () => {
    const reading = read([
      ['Ref', 'Qty'],
      ['A1', 3],
      ['A2', 5],
    ]);
    expect(reading.lines[1]?.quantity?.from).toEqual({ file: 'order.xlsx', sheet: 'Sheet1', cell: 'B3', text: '5' });
    expect(reading.lines.map(({ line_id }) => line_id)).toEqual(['L1', 'L2']);
  });

  it.each([
    [['Réf.', 'Désignation', 'Qté', 'PU HT (€)', 'Montant HT']],
    [['Article', 'Libellé', 'Quantité commandée', 'Prix unitaire HT', 'Total HT']],
    [['Artikelnr.', 'Bezeichnung', 'Menge', 'Einzelpreis', 'Gesamtpreis']],
    [['Código', 'Descripción', 'Cantidad', 'Precio unitario', 'Importe']],
    [['Codice', 'Descrizione', 'Quantità', 'Prezzo', 'Importo']],
    [['Artikelcode', 'Omschrijving', 'Aantal', 'Prijs', 'Totaal']],
    [['Referência', 'Descrição', 'Qtd.', 'Preço', 'Valor total']],
    [['Ürün Kodu', 'Ürün Adı', 'Adet', 'Birim Fiyat', 'Tutar']],
    [['Indeks', 'Nazwa', 'Ilość', 'Cena netto', 'Wartość netto']],
    [['货号', '品名', '数量', '单价', '金额']],
    [['品番', '商品名', '数量', '単価', '金額']],
    [['item_code', 'item_description', 'order_qty', 'unit_price', 'line_total']],
    [['itemCode', 'itemDescription', 'orderQty', 'unitPrice', 'lineTotal']],
    [['Réf / Ref', 'Désignation / Description', 'Qté / Qty', 'Prix / Price', 'Total']],
    [['ISBN', 'Title', 'Opening Order', 'Net price', 'Ext. Price']],
  ])('knows the headings %j', (headings) => {
    const reading = read([
      headings,
      ['9780306406157', 'Chair', 10, 1.5, 15],
      ['9783161484100', 'Long table', 4, 12.25, 49],
    ]);
    expect(column(reading, 'quantity')).toEqual(['10', '4']);
    expect(column(reading, 'unit_price')).toEqual(['1.5', '12.25']);
    expect(column(reading, 'amount')).toEqual(['15', '49']);
    expect(column(reading, 'description')).toEqual(['Chair', 'Long table']);
    expect(reading.lines.map(({ reference, ean }) => (reference ?? ean)?.value)).toEqual([
      '9780306406157',
      '9783161484100',
    ]);
    expect(codes(reading)).toEqual([]);
  });

  it('is found below a title block, apart from totals and comments', () => {
    const reading = read([
      [bold('BON DE COMMANDE')],
      ['Client :', 'ACME SARL'],
      [],
      ['Réf.', 'Désignation', 'Qté', 'PU HT', 'Montant HT'],
      ['00123', 'Vis', 100, 0.05, 5],
      ['00124', 'Écrou', 50, 0.1, 5],
      [null, null, null, 'Total HT', 10],
      [null, null, null, 'TVA 20 %', 2],
      [null, null, null, 'Total TTC', 12],
      ['Merci de livrer avant midi'],
    ]);
    expect(column(reading, 'reference')).toEqual(['00123', '00124']);
    expect(reading.totals.map(({ kind, value }) => [kind, value])).toEqual([
      ['net', '10'],
      ['tax', '2'],
      ['gross', '12'],
    ]);
    expect(codes(reading)).toEqual([]);
    expect(reading.facts.customer?.value).toBe('ACME SARL');
  });
});
