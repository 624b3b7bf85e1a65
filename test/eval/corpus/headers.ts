/** The headers of columns, as customers write them. */
export const languages = ['en', 'fr', 'de', 'tr', 'es', 'it', 'zh', 'ja'] as const;
export type Language = (typeof languages)[number];

export interface Headers {
  reference: string[];
  description: string[];
  quantity: string[];
  unit: string[];
  unit_price: string[];
  discount_percent: string[];
  amount: string[];
  delivery_date: string[];
  line_number: string[];
  note: string[];
}

export const headers: Record<Language, Headers> = {
  en: {
    reference: ['Reference', 'Item no.', 'SKU', 'Product code', 'Part number', 'Article no.', 'Ref.', 'Item code'],
    description: ['Description', 'Product', 'Designation', 'Product name', 'Item description'],
    quantity: ['Qty', 'Quantity', 'Order Qty', 'Qty ordered', 'Quantity ordered', 'Opening Order'],
    unit: ['Unit', 'UOM', 'U/M', 'Unit of measure'],
    unit_price: ['Unit price', 'Price', 'Net price', 'Price each', 'Unit cost'],
    discount_percent: ['Discount %', 'Disc. %', 'Discount (%)'],
    amount: ['Amount', 'Line total', 'Net amount', 'Extended price', 'Total'],
    delivery_date: ['Delivery date', 'Requested delivery', 'Ship date', 'Due date'],
    line_number: ['No.', '#', 'Line', 'Pos.'],
    note: ['Remarks', 'Comment', 'Notes'],
  },
  fr: {
    reference: ['Référence', 'Réf.', 'Réf', 'Code article', 'Code produit', 'N° article'],
    description: ['Désignation', 'Libellé', 'Description', 'Produit', 'Article'],
    quantity: ['Qté', 'Quantité', 'Qté commandée', 'Commande', 'Quantité commandée', 'Qte'],
    unit: ['Unité', 'Un.', 'Unité de vente'],
    unit_price: ['PU HT', 'Prix unitaire', 'P.U.', 'Prix unitaire HT', 'P.U. HT'],
    discount_percent: ['Remise %', 'Remise (%)', 'Rem. %'],
    amount: ['Montant HT', 'Total HT', 'Montant', 'Montant ligne'],
    delivery_date: ['Date de livraison', 'Livraison souhaitée', 'Date livraison'],
    line_number: ['N°', 'Ligne', 'Pos.'],
    note: ['Remarques', 'Commentaire', 'Observations'],
  },
  de: {
    reference: ['Artikelnr.', 'Art.-Nr.', 'Artikelnummer', 'Bestellnummer'],
    description: ['Bezeichnung', 'Artikelbezeichnung', 'Produkt', 'Beschreibung'],
    quantity: ['Menge', 'Bestellmenge', 'Anzahl', 'Stückzahl'],
    unit: ['Einheit', 'ME'],
    unit_price: ['Einzelpreis', 'Stückpreis', 'Preis', 'E-Preis'],
    discount_percent: ['Rabatt %', 'Rabatt (%)'],
    amount: ['Gesamtpreis', 'Betrag', 'Gesamt', 'Gesamtbetrag'],
    delivery_date: ['Liefertermin', 'Lieferdatum'],
    line_number: ['Pos.', 'Nr.', 'Pos'],
    note: ['Bemerkung', 'Hinweis'],
  },
  tr: {
    reference: ['Ürün Kodu', 'Stok Kodu', 'Malzeme Kodu'],
    description: ['Ürün Adı', 'Açıklama', 'Malzeme Adı'],
    quantity: ['Adet', 'Miktar', 'Sipariş Adedi'],
    unit: ['Birim'],
    unit_price: ['Birim Fiyat', 'Birim Fiyatı'],
    discount_percent: ['İskonto %'],
    amount: ['Tutar', 'Toplam Tutar'],
    delivery_date: ['Teslim Tarihi'],
    line_number: ['Sıra No', 'No'],
    note: ['Not'],
  },
  es: {
    reference: ['Referencia', 'Código', 'Cód. artículo', 'Ref.'],
    description: ['Descripción', 'Producto', 'Artículo'],
    quantity: ['Cantidad', 'Cant.', 'Cantidad pedida'],
    unit: ['Unidad', 'Ud.'],
    unit_price: ['Precio unitario', 'Precio', 'P. unitario'],
    discount_percent: ['Dto. %', 'Descuento %'],
    amount: ['Importe', 'Importe total'],
    delivery_date: ['Fecha de entrega'],
    line_number: ['Nº', 'Línea'],
    note: ['Observaciones'],
  },
  it: {
    reference: ['Codice', 'Codice articolo', 'Cod. art.'],
    description: ['Descrizione', 'Prodotto', 'Articolo'],
    quantity: ['Quantità', 'Q.tà', 'Qtà'],
    unit: ['U.M.', 'Unità di misura'],
    unit_price: ['Prezzo unitario', 'Prezzo'],
    discount_percent: ['Sconto %'],
    amount: ['Importo', 'Totale'],
    delivery_date: ['Data di consegna', 'Consegna'],
    line_number: ['N.', 'Riga'],
    note: ['Note'],
  },
  zh: {
    reference: ['货号', '产品编号', '商品编码'],
    description: ['品名', '产品名称', '商品名称'],
    quantity: ['数量', '订购数量', '订货数量'],
    unit: ['单位'],
    unit_price: ['单价', '单价（元）'],
    discount_percent: ['折扣%'],
    amount: ['金额', '小计'],
    delivery_date: ['交货日期'],
    line_number: ['序号'],
    note: ['备注'],
  },
  ja: {
    reference: ['品番', '商品コード', '商品番号'],
    description: ['商品名', '品名'],
    quantity: ['数量', '注文数', '発注数'],
    unit: ['単位'],
    unit_price: ['単価'],
    discount_percent: ['割引率(%)'],
    amount: ['金額', '小計'],
    delivery_date: ['納期', '納品日'],
    line_number: ['番号'],
    note: ['備考'],
  },
};

/** Headers of a quantity that also name the unit. */
export const saysPieces = ['Adet', 'Pcs', 'Stückzahl', 'Sipariş Adedi', 'Stk', 'Pieces', 'Units', '注文数', 'Anzahl'];

export const sumWords: Record<
  Language,
  { subtotal: string; net: string; vat: string; gross: string; shipping: string; quantity: string }
> = {
  en: {
    subtotal: 'Subtotal',
    net: 'Total net',
    vat: 'VAT',
    gross: 'Grand total',
    shipping: 'Shipping',
    quantity: 'Total quantity',
  },
  fr: {
    subtotal: 'Sous-total',
    net: 'Total HT',
    vat: 'TVA',
    gross: 'Total TTC',
    shipping: 'Frais de port',
    quantity: 'Quantité totale',
  },
  de: {
    subtotal: 'Zwischensumme',
    net: 'Nettobetrag',
    vat: 'MwSt.',
    gross: 'Gesamtbetrag',
    shipping: 'Versandkosten',
    quantity: 'Gesamtmenge',
  },
  tr: {
    subtotal: 'Ara Toplam',
    net: 'Toplam',
    vat: 'KDV',
    gross: 'Genel Toplam',
    shipping: 'Kargo',
    quantity: 'Toplam Adet',
  },
  es: {
    subtotal: 'Subtotal',
    net: 'Base imponible',
    vat: 'IVA',
    gross: 'Total',
    shipping: 'Gastos de envío',
    quantity: 'Cantidad total',
  },
  it: {
    subtotal: 'Subtotale',
    net: 'Imponibile',
    vat: 'IVA',
    gross: 'Totale',
    shipping: 'Spese di spedizione',
    quantity: 'Quantità totale',
  },
  zh: { subtotal: '小计', net: '合计', vat: '增值税', gross: '总计', shipping: '运费', quantity: '总数量' },
  ja: { subtotal: '小計', net: '合計', vat: '消費税', gross: '総合計', shipping: '送料', quantity: '合計数量' },
};
