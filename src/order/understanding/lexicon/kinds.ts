import type { Bilingual } from '../../../../schemas/language';

/** Kinds of documents that hold goods and quantities and order nothing. */
export const kinds = {
  stock_list: { en: 'A list of stock', fr: 'Un état de stock' },
  delivery_note: { en: 'A delivery note', fr: 'Un bon de livraison' },
  packing_list: { en: 'A packing list', fr: 'Une liste de colisage' },
  invoice: { en: 'An invoice', fr: 'Une facture' },
  credit_note: { en: 'A credit note', fr: 'Un avoir' },
  statement: { en: 'A statement of account', fr: 'Un relevé de compte' },
  quotation: { en: 'A quotation', fr: 'Un devis' },
  quote_request: { en: 'A request for prices', fr: 'Une demande de prix' },
  price_list: { en: 'A list of prices', fr: 'Un tarif' },
  return: { en: 'A return of goods', fr: 'Un retour de marchandises' },
  confirmation: { en: 'A confirmation of an order placed before', fr: 'Une confirmation de commande' },
  history: { en: 'A list of past orders or sales', fr: 'Un historique de commandes ou de ventes' },
  forecast: { en: 'A forecast', fr: 'Une prévision' },
  parts_list: { en: 'A bill of materials', fr: 'Une nomenclature' },
  work_order: { en: 'A paper of the workshop or the warehouse', fr: 'Un document d’atelier ou d’entrepôt' },
  timesheet: { en: 'A sheet of hours or expenses', fr: 'Un relevé d’heures ou de frais' },
  meal_plan: { en: 'A plan of meals', fr: 'Un plan de menus' },
  costing: { en: 'A calculation of costs', fr: 'Un calcul de coûts' },
  address_list: { en: 'A list of addresses', fr: 'Une liste d’adresses' },
  no_order: { en: 'A paper that is no order', fr: 'Un document qui n’est pas une commande' },
  export: { en: 'An export of a database', fr: 'Un export de base de données' },
} satisfies Record<string, Bilingual>;

export type DocumentKind = keyof typeof kinds;

/** Titles in the form of `plainWords`, by what they make of a document. */
export const titles: Record<DocumentKind | 'order', string> = {
  order:
    'commande hebdomadaire|commande quotidienne|commande journaliere|commande mensuelle|weekly order|daily order|monthly order|wochenbestellung|tagesbestellung|monatsbestellung|pedido semanal|pedido diario|pedido mensual|ordine settimanale|ordine giornaliero|ordine mensile|weekbestelling|dagbestelling|maandbestelling|encomenda semanal|encomenda diaria|encomenda mensal|zamowienie tygodniowe|zamowienie miesieczne|tydenni objednavka|mesicni objednavka|veckobestallning|ugebestilling|order|orders|purchase order|po|order form|order sheet|new order|sales order|web order|reorder|re order|order list|call off|call off order|replenishment order|purchase requisition|requisition|standing order|amended order|revised order|pre order|preorder|' +
    'commande|commandes|bon de commande|bdc|bc|bon commande|notre commande|nouvelle commande|formulaire de commande|feuille de commande|reassort|reassortiment|commande fournisseur|commande client|passation de commande|commande de reassort|precommande|' +
    'bestellung|bestellungen|bestellschein|bestellformular|bestellliste|bestellblatt|auftrag|einkaufsauftrag|nachbestellung|abruf|abrufbestellung|sammelbestellung|' +
    'pedido|pedidos|orden de compra|nota de pedido|hoja de pedido|formulario de pedido|pedido de compra|solicitud de compra|' +
    'ordine|ordini|ordine di acquisto|ordine d acquisto|ordine acquisto|ordine fornitore|modulo d ordine|modulo ordine|buono d ordine|commissione|riordino|proposta d ordine|copia commissione|' +
    'bestelling|bestellingen|bestelbon|bestelformulier|bestellijst|inkooporder|inkoopopdracht|nabestelling|opdracht|' +
    'encomenda|encomendas|nota de encomenda|ordem de compra|requisicao|formulario de encomenda|' +
    'objednavka|objednavky|objednavkovy list|objednaci list|rendeles|megrendeles|megrendelo lap|rendelesi lap|tilaus|ostotilaus|tilauslomake|comanda|nota de comanda|comanda ferma|narudzba|narudzbenica|narocilo|narocilnica|παραγγελια|δελτιο παραγγελιας|замовлення|бланк замовлення|zamowienie|zamowienia|zamowienie zakupu|formularz zamowienia|bestallning|bestallningar|inkopsorder|orderblankett|bestallningslista|ordre|bestilling|bestillinger|bestillingsliste|indkobsordre|rekvisition|siparis|siparis formu|订单|采购订单|订购单|注文書|発注書|주문서|заказ|طلبية|طلب شراء|سفارش|objednavka|objednavky|nakupni objednavka|objednavkovy formular',
  stock_list:
    'asset register|asset list|fixed assets|registre des immobilisations|immobilisations|anlagenverzeichnis|stock|stocks|stock list|stocklist|stock report|stock status|stock count|stock take|stocktake|stock levels|stock on hand|stock sheet|current stock|closing stock|inventory|inventory list|inventory report|inventory count|inventory status|available stock|warehouse stock|stock availability|availability list|stock offer|stock clearance|clearance offer|clearance list|' +
    'etat des stocks|etat de stock|etat du stock|etat stock|liste de stock|liste des stocks|inventaire|inventaires|stock disponible|stock depot|stock magasin|situation des stocks|situation de stock|disponibilites|releve de stock|fiche de stock|fiche d inventaire|liste d inventaire|valorisation du stock|offre de stock|offre de destockage|liste de destockage|liste de disponibilites|' +
    'lagerbestand|lagerbestande|lagerliste|bestandsliste|bestand|bestande|inventur|inventurliste|inventar|inventarliste|lagerbestandsliste|bestandsubersicht|lagerubersicht|warenbestand|bestandsaufnahme|verfugbarkeitsliste|lagerangebot|restpostenliste|restpostenangebot|sonderpostenliste|' +
    'giacenza|giacenze|giacenze di magazzino|giacenza di magazzino|inventario|inventario di magazzino|situazione magazzino|stato magazzino|esistenze|disponibilita di magazzino|lista disponibilita|offerta stock|offerta di stock|' +
    'existencias|listado de existencias|lista de existencias|listado de stock|lista de stock|recuento de inventario|informe de existencias|inventario de almacen|oferta de stock|lista de disponibilidad|liquidacion de stock|' +
    'voorraad|voorraadlijst|voorraadoverzicht|inventaris|inventarislijst|voorraadstand|inventarisatie|voorraadtelling|voorraadaanbod|voorraadaanbieding|beschikbaarheidslijst|restpartijen|' +
    'estoque|existencias em armazem|lista de stock|lista de estoque|posicao de estoque|posicao de stock|listagem de stock|relatorio de estoque|' +
    'stan magazynowy|stany magazynowe|stan magazynu|inwentaryzacja|inwentura|lagersaldo|lagerlista|lagervarde|inventering|inventeringslista|lagerbeholdning|lagerliste|lageroptaelling|lagerstatus|stok listesi|stok durumu|stok raporu|库存|库存表|库存清单|在庫|在庫一覧|在庫表|재고|остатки|جرد المخزون|المخزون|free stock|free stock list|free stock report|stock report|stock libre|freier bestand|available to sell|skladova zasoba|skladove zasoby|stav skladu|stav zasob|inventura skladu',
  delivery_note:
    'goods received|goods received note|grn|goods receipt|receiving report|receiving log|entree de marchandises|receptions|reception de marchandises|ricevimento merci|merce ricevuta|recepcion de mercancia|goederenontvangst|rececao de mercadoria|przyjecie towaru|varemottak|varumottagning|varemodtagelse|delivery note number|lieferscheinnummer|lieferscheinnr|lieferschein nr|numero de bl|no de bl|numero albaran|numero de albaran|pakbonnummer|numero ddt|numero documento di trasporto|foljesedelsnummer|folgeseddelnr|cmr|delivery note|delivery notes|delivery slip|despatch note|dispatch note|advice note|goods received note|grn|goods receipt|proof of delivery|consignment note|shipping note|waybill|delivery report|delivery docket|' +
    'bon de livraison|bl|bordereau de livraison|bordereau d expedition|avis d expedition|bon d expedition|bon de reception|lettre de voiture|bon d enlevement|bon de sortie|preuve de livraison|' +
    'lieferschein|liefernachweis|lieferavis|warenbegleitschein|wareneingang|wareneingangsschein|frachtbrief|versandanzeige|warenausgang|' +
    'documento di trasporto|ddt|bolla|bolla di consegna|bolla di accompagnamento|nota di consegna|buono di consegna|' +
    'albaran|albaran de entrega|nota de entrega|remito|guia de despacho|parte de entrega|' +
    'pakbon|leverbon|leveringsbon|afleverbon|vrachtbrief|zendnota|ontvangstbon|leverbericht|' +
    'guia de remessa|guia de transporte|nota de remessa|guia de entrega|romaneio de entrega|' +
    'dokument dostawy|dowod dostawy|wz|dokument wz|wydanie zewnetrzne|list przewozowy|protokol odbioru|foljesedel|leveranssedel|fraktsedel|folgeseddel|fragtbrev|irsaliye|sevk irsaliyesi|送货单|发货单|出库单|納品書|出荷伝票|거래명세서|납품서|накладная|товарная накладная|سند تسليم|اذن تسليم|dodaci list|dodejka|vydejka|prijemka',
  packing_list:
    'packing list|packing slip|pack list|loading list|shipping list|container list|liste de colisage|bordereau de colisage|liste de chargement|note de colisage|packliste|ladeliste|verladeliste|distinta di imballaggio|lista colli|distinta colli|lista de empaque|lista de embalaje|packing|paklijst|laadlijst|lista de embalagem|romaneio|lista de volumes|lista pakowa|specyfikacja wysylkowa|packlista|packsedel|pakkeliste|pakkeseddel|ceki listesi|装箱单|包装明细|упаковочный лист',
  invoice:
    'invoice number|numero de facture|numero facture|no facture|no de facture|rechnungsnummer|rechnungsnr|rechnungs nr|numero fattura|numero factura|numero de factura|factuurnummer|factuurnr|numero da fatura|nr faktury|numer faktury|fakturanummer|fakturanr|faktura nr|invoice|invoices|tax invoice|commercial invoice|sales invoice|proforma invoice|pro forma invoice|proforma|pro forma|bill|receipt|till receipt|vat invoice|' +
    'facture|factures|facture proforma|facture pro forma|facture commerciale|facture d acompte|facture de solde|note d honoraires|ticket de caisse|recu|' +
    'rechnung|rechnungen|proformarechnung|proforma rechnung|schlussrechnung|abschlagsrechnung|handelsrechnung|quittung|kassenbon|eingangsrechnung|ausgangsrechnung|' +
    'fattura|fatture|fattura proforma|fattura accompagnatoria|fattura commerciale|ricevuta|parcella|' +
    'factura|facturas|factura proforma|factura comercial|recibo|boleta|' +
    'factuur|facturen|pro formafactuur|proforma factuur|kassabon|' +
    'fatura|faturas|fatura proforma|fatura pro forma|nota fiscal|fatura recibo|fatura simplificada|danfe|' +
    'faktura|faktura vat|faktura proforma|faktury|rachunek|fakturor|kvitto|fakturaer|regning|proforma fatura|发票|形式发票|請求書|領収書|세금계산서|счет|счет фактура|фактура|فاتورة|فاکتور|faktura danovy doklad|zalohova faktura|danovy doklad',
  credit_note:
    'credit note|credit memo|credit notes|refund note|refund|avoir|avoirs|note de credit|facture d avoir|remboursement|gutschrift|gutschriften|stornorechnung|rechnungskorrektur|nota di credito|note di credito|nota di accredito|nota de credito|nota de abono|factura rectificativa|abono|creditnota|creditfactuur|creditnote|nota de devolucao credito|faktura korygujaca|korekta|kreditnota|kreditfaktura|kreditering|iade faturasi|红字发票|кредит нота|اشعار دائن|dobropis|opravny danovy doklad',
  statement:
    'statement|statement of account|account statement|statement of accounts|aged debt|open items|open invoices|outstanding invoices|payment advice|remittance|remittance advice|bank statement|releve|releve de compte|releve de factures|releve bancaire|extrait de compte|echeancier|balance agee|grand livre|kontoauszug|offene posten|offene posten liste|saldenliste|zahlungsavis|estratto conto|scadenzario|partitario|partite aperte|extracto|extracto de cuenta|estado de cuenta|saldo de clientes|rekeningoverzicht|rekeningafschrift|openstaande posten|extrato|extrato de conta|conta corrente|wyciag|wyciag z konta|zestawienie naleznosci|kontoutdrag|kontoudtog|reskontra|hesap ekstresi|cari hesap|对账单|明細書|выписка|акт сверки|كشف حساب',
  quotation:
    'quotation|quotations|quote|quotes|price quotation|price quote|estimate|estimates|offer|sales offer|our offer|price offer|tender|bid|proposal|commercial proposal|' +
    'devis|devis estimatif|offre de prix|offre commerciale|proposition commerciale|offre|estimation|proposition de prix|notre offre|devis quantitatif|chiffrage|cotation|' +
    'angebot|angebote|preisangebot|kostenvoranschlag|offerte|unser angebot|freibleibendes angebot|richtpreisangebot|' +
    'preventivo|preventivi|offerta|offerta commerciale|offerta economica|quotazione|' +
    'presupuesto|presupuestos|cotizacion|cotizaciones|oferta|oferta comercial|oferta economica|' +
    'prijsopgave|prijsofferte|offertes|prijsaanbieding|aanbieding|' +
    'orcamento|orcamentos|cotacao|proposta|proposta comercial|proposta de preco|proposta de fornecimento|' +
    'oferta cenowa|oferta handlowa|wycena|kosztorys|offert|anbud|prisoffert|tilbud|pristilbud|teklif|fiyat teklifi|报价|报价单|見積書|見積|견적서|коммерческое предложение|عرض سعر|عرض اسعار|پیش فاکتور|nabidka|cenova nabidka',
  quote_request:
    'price comparison|supplier comparison|quote comparison|comparison of quotes|comparison of suppliers|comparison of prices|comparatif|comparatif de prix|comparatif fournisseurs|comparaison de prix|preisvergleich|lieferantenvergleich|angebotsvergleich|confronto prezzi|confronto fornitori|confronto offerte|comparativa de precios|comparativa de proveedores|comparativo|prijsvergelijking|comparacao de precos|porownanie cen|porownanie ofert|prisjamforelse|prissammenligning|request for quotation|request for quote|request for prices|rfq|rfp|request for proposal|price request|price enquiry|enquiry|inquiry|invitation to tender|quotation request|quote request|request for offer|' +
    'demande de prix|demande de devis|demande de cotation|appel d offres|appel d offre|consultation|demande d offre|demande d offre de prix|demande de tarif|demande de chiffrage|' +
    'anfrage|preisanfrage|angebotsanfrage|angebotsanforderung|ausschreibung|' +
    'richiesta di offerta|richiesta offerta|richiesta di preventivo|richiesta preventivo|richiesta di quotazione|richiesta prezzi|richiesta d offerta|rdo|gara d appalto|' +
    'solicitud de cotizacion|solicitud de presupuesto|solicitud de oferta|peticion de oferta|peticion de precios|peticion de presupuesto|licitacion|' +
    'offerteaanvraag|prijsaanvraag|aanvraag offerte|aanvraag prijs|aanvraag prijsopgave|aanbesteding|' +
    'pedido de cotacao|pedido de orcamento|solicitacao de orcamento|solicitacao de cotacao|pedido de preco|pedido de precos|pedido de proposta|consulta de precos|' +
    'zapytanie ofertowe|zapytanie o cene|offertforfragan|prisforfragan|prisforesporgsel|tilbudsforesporgsel|tilbudsanmodning|询价单|询价|見積依頼|見積依頼書|запрос цен|طلب عرض سعر|طلب عرض اسعار|poptavka|poptavky|poptavkovy list|zadost o nabidku|zadost o cenovou nabidku',
  price_list:
    'price list|pricelist|prices|price sheet|tariff|tariffs|trade price list|retail price list|wholesale price list|list of prices|rates|rate card|rate sheet|rate table|rates table|pricing|price book|quantity discounts|volume discounts|price breaks|' +
    'tarif|tarifs|liste de prix|liste des prix|grille tarifaire|grille de prix|grille des tarifs|prix degressifs|tarif degressif|bareme|baremes|bordereau de prix|bordereau des prix|bpu|catalogue tarif|tarif public|conditions tarifaires|remises quantitatives|' +
    'preisliste|preislisten|preise|staffelpreise|preisstaffel|preisblatt|tarife|tariftabelle|rabattstaffel|preistabelle|handlerpreisliste|' +
    'listino|listino prezzi|listini|prezzi|tariffe|tariffario|scala prezzi|prezzi a scaglioni|listino generale|' +
    'lista de precios|tarifa|tarifas|precios|tarifa de precios|listado de precios|escala de precios|tabla de precios|' +
    'prijslijst|prijzen|tarieven|tarief|tarievenlijst|staffelprijzen|prijsstaffel|' +
    'tabela de precos|lista de precos|precos|precario|tarifario|escaloes de preco|' +
    'cennik|cenniki|ceny|lista cen|taryfa|prislista|prislistor|priser|prisliste|prislister|takster|fiyat listesi|价格表|报价表|価格表|料金表|가격표|прайс лист|прайс|прейскурант|قائمة الاسعار|قائمة اسعار|لیست قیمت|cenik|ceniky',
  return:
    'return|returns|return form|return note|goods return|goods return note|rma|return authorisation|return authorization|return slip|returns form|return request|product return|retour|retours|bon de retour|demande de retour|retour marchandise|retour de marchandise|retours marchandises|bon de reprise|reprise|reprises|retour client|retour fournisseur|fiche retour|' +
    'rucksendung|rucksendungen|retoure|retouren|retourenschein|rucksendeschein|ruckgabe|ruckgabeschein|rucklieferschein|rucklieferung|warenrucksendung|retourenformular|reklamation|reklamationen|' +
    'reso|resi|reso merce|modulo di reso|resa|bolla di reso|richiesta di reso|nota di reso|documento di reso|' +
    'devolucion|devoluciones|nota de devolucion|albaran de devolucion|formulario de devolucion|devolucion de mercancia|' +
    'retourbon|retourformulier|retourzending|retouren|retouraanvraag|retourlijst|' +
    'devolucao|devolucoes|nota de devolucao|guia de devolucao|formulario de devolucao|' +
    'zwrot|zwroty|zwrot towaru|formularz zwrotu|protokol zwrotu|retur|returer|retursedel|returformular|returblankett|returseddel|iade|iade formu|reclamation|complaint|claim|reclamo|reclamacion|klacht|退货单|退货|返品|返品書|반품|возврат|مرتجعات|مرتجع|autorisation de retour|rappel de lot|rappel lot|rappel produit|rappel de produit|product recall|recall notice|recall response|chargenruckruf|produktruckruf|richiamo prodotto|richiamo lotto|retirada de producto|retirada de lote|terugroepactie|reklamace|reklamacni list|vratka|vraceni zbozi',
  confirmation:
    'order confirmation|confirmation of order|order acknowledgement|order acknowledgment|acknowledgement of order|sales order confirmation|order acceptance|confirmation de commande|accuse de reception de commande|arc|accuse de commande|auftragsbestatigung|bestellbestatigung|conferma d ordine|conferma ordine|conferma dell ordine|confirmacion de pedido|confirmacion del pedido|orderbevestiging|bevestiging van bestelling|opdrachtbevestiging|confirmacao de encomenda|confirmacao de pedido|confirmacao do pedido|potwierdzenie zamowienia|orderbekraftelse|ordererkannande|ordrebekraeftelse|siparis onayi|订单确认|注文請書|подтверждение заказа|تاكيد الطلب|potvrzeni objednavky',
  history:
    'change log|changelog|change history|changes log|revision log|revision history|revisions|version history|modification history|audit log|journal des modifications|historique des modifications|historique des revisions|suivi des modifications|modifications|anderungsprotokoll|anderungshistorie|anderungsverlauf|revisionsverlauf|anderungen|registro delle modifiche|storico modifiche|storico revisioni|revisioni|registro de cambios|historial de cambios|historial de revisiones|control de cambios|wijzigingslog|wijzigingshistorie|wijzigingen|revisiehistorie|registo de alteracoes|historico de alteracoes|historico de revisoes|historia zmian|rejestr zmian|andringslogg|andringshistorik|revisionshistorik|aendringslog|aendringshistorik|revisionshistorik|historie zmen|' +
    'sales by store|sales by shop|sales by item|sales by product|sales by week|sales per store|sales report|sales figures|sales analysis|ventes par magasin|ventes par article|ventes par produit|rapport des ventes|verkaufe je filiale|verkaufe pro filiale|verkaufsbericht|absatz nach filiale|vendite per negozio|vendite per articolo|ventas por tienda|ventas por articulo|verkopen per winkel|verkoop per winkel|vendas por loja|sprzedaz wg sklepu|forsaljning per butik|salg per butik|ventes par article|ventes par produit|ventes par client|ventes par reference|sales by item|sales by customer|sales by sku|umsatz nach artikel|umsatz pro artikel|umsatz je artikel|vendite per articolo|vendite per cliente|ventas por articulo|ventas por producto|vendas por artigo|vendas por produto|verkopen per artikel|omzet per artikel|forsaljning per artikel|salg pr vare|order history|orders history|past orders|previous orders|sales history|sales report|sales statistics|sales summary|sales analysis|sales by product|sales by article|turnover report|purchase history|order archive|orders shipped|shipped orders|delivered orders|open orders report|best sellers|bestsellers|sales|sales figures|order book|backlog report|backorders|back orders|backorder list|' +
    'historique des commandes|historique de commandes|historique commandes|historique des ventes|historique des achats|statistiques de ventes|statistiques des ventes|statistiques|ventes|etat des ventes|rapport de ventes|rapport des ventes|chiffre d affaires|commandes livrees|anciennes commandes|portefeuille de commandes|carnet de commandes|reliquats|reliquat|liste des reliquats|meilleures ventes|suivi des commandes|palmares|' +
    'bestellhistorie|bestellverlauf|auftragshistorie|verkaufsstatistik|umsatzstatistik|umsatzliste|umsatz|umsatze|absatzstatistik|verkaufe|verkaufsbericht|absatz|auftragsbestand|ruckstande|ruckstandsliste|verkaufszahlen|' +
    'storico ordini|storico vendite|statistiche vendite|statistica vendite|vendite|fatturato|report vendite|venduto|ordini evasi|portafoglio ordini|residui|' +
    'historial de pedidos|historico de pedidos|historico de ventas|estadistica de ventas|estadisticas de ventas|ventas|informe de ventas|pedidos pendientes|' +
    'bestelgeschiedenis|bestelhistorie|verkoopcijfers|verkoopoverzicht|verkoopstatistiek|omzetoverzicht|omzet|verkopen|backorderlijst|nalevering|naleveringen|' +
    'historico de encomendas|historico de pedidos|historico de vendas|relatorio de vendas|vendas|mapa de vendas|estatistica de vendas|encomendas pendentes|' +
    'historia zamowien|raport sprzedazy|sprzedaz|statystyka sprzedazy|orderhistorik|forsaljningsstatistik|forsaljning|restorder|restorderlista|ordrehistorik|salgsstatistik|salg|salgsrapport|restordrer|satis raporu|销售报表|销售统计|売上|売上実績|판매실적|отчет о продажах|история заказов|تقرير المبيعات|consommation|consommations|releve de consommation|verbrauch|verbrauche|verbrauchsliste|verbrauchsubersicht|jahresverbrauch|consumo|consumi|consumos|verbruik|verbruiksoverzicht|consumption|consumption report|usage report|zuzycie|forbrukning|forbrug|spotreba',
  forecast:
    'forecast|sales forecast|demand forecast|demand plan|budget|requirements plan|planning|previsions|prevision|previsions de vente|previsions des ventes|previsionnel|budget previsionnel|besoins previsionnels|prognose|absatzprognose|bedarfsprognose|bedarfsplanung|planung|previsione|previsioni|previsione vendite|fabbisogno|prevision de ventas|previsiones|presupuesto anual|verkoopprognose|prognoses|previsao|previsoes|previsao de vendas|prognoza|prognoza sprzedazy|forsaljningsprognos|salgsprognose|tahmin|销售预测|預測|需要予測|прогноз',
  parts_list:
    'bill of materials|bom|parts list|recipe|recipes|part list|material list|nomenclature|nomenclatures|liste de pieces|fiche recette|recette|stuckliste|stucklisten|teileliste|rezeptur|rezept|distinta base|distinte base|ricetta|lista de materiales|lista de piezas|receta|stuklijst|materiaallijst|onderdelenlijst|recept|lista de materiais|lista de pecas|receita|ficha tecnica|lista materialowa|zestawienie materialow|receptura|stycklista|stykliste|opskrift|malzeme listesi|物料清单|部品表|спецификация',
  work_order:
    'work order|production order|job card|job sheet|picking list|pick list|picking slip|transfer note|stock transfer|ordre de fabrication|ordre de travail|bon de travail|bon de preparation|liste de prelevement|bon de transfert|fiche de fabrication|ordre de production|fertigungsauftrag|arbeitsauftrag|produktionsauftrag|kommissionierliste|kommissionierschein|pickliste|umlagerung|ordine di produzione|ordine di lavoro|lista di prelievo|lista prelievo|trasferimento|orden de trabajo|orden de produccion|orden de fabricacion|lista de picking|hoja de preparacion|werkbon|werkorder|productieorder|pickbon|picklijst|verzamellijst|ordem de producao|ordem de fabrico|ordem de servico|lista de separacao|folha de obra|zlecenie produkcyjne|zlecenie|lista kompletacyjna|arbetsorder|produktionsorder|plocklista|arbejdsordre|produktionsordre|plukliste|is emri|生产工单|製造指図|наряд заказ|production sheet|production plan|production planning|production schedule|baking plan|prep list|fiche de production|feuille de production|plan de production|planning de production|produktionsplan|produktionsblatt|backplan|backzettel|piano di produzione|scheda di produzione|foglio di produzione|plan de produccion|parte de produccion|hoja de produccion|productieplan|productieplanning|productielijst|plano de producao|plan produkcji|produktionsplanering|vyrobni plan|vyrobni prikaz',
  timesheet:
    'timesheet|time sheet|expense report|expenses|attendance|payroll|feuille de temps|feuille d heures|releve d heures|note de frais|notes de frais|frais de deplacement|pointage|stundenzettel|stundennachweis|arbeitszeitnachweis|reisekostenabrechnung|spesenabrechnung|foglio ore|nota spese|presenze|hoja de horas|parte de horas|nota de gastos|gastos|urenstaat|urenlijst|onkostennota|declaratie|folha de horas|folha de ponto|nota de despesas|despesas|lista obecnosci|karta pracy|delegacja|tidrapport|utlagg|timeseddel|udgiftsbilag',
  meal_plan:
    'menu|menus|menu plan|weekly menu|menu planner|meal plan|menu de la semaine|plan de menus|plan alimentaire|speiseplan|speisenplan|menuplan|wochenmenu|menu della settimana|menu settimanale|menu scolastico|tabella dietetica|menu semanal|plan de comidas|weekmenu|ementa|ementa semanal|jadlospis|matsedel|veckomeny|ugemenu|jidelnicek',
  costing:
    'costing|costings|menu costing|recipe costing|cost sheet|cost calculation|food cost|food costing|calcul de cout|calcul de couts|calcul du cout|cout de revient|fiche de cout|cout matiere|kalkulation|vorkalkulation|nachkalkulation|kostenkalkulation|wareneinsatz|calcolo dei costi|calcolo costi|costo ricetta|scheda costi|escandallo|escandallos|calculo de costes|calculo de costos|kostprijsberekening|calculatie|calculo de custos|kalkulacja|kalkyl|kalkylering|kalkule|kalkulace',
  address_list:
    'address list|list of addresses|address book|contact list|phone list|liste d adresses|liste des adresses|carnet d adresses|repertoire telephonique|liste de contacts|adressliste|adressenliste|adressverzeichnis|telefonliste|kontaktliste|elenco indirizzi|elenco contatti|rubrica|rubrica telefonica|lista de direcciones|directorio|agenda telefonica|lista de contactos|adressenlijst|adreslijst|telefoonlijst|contactenlijst|lista de moradas|lista adresowa|lista kontaktow|adresseliste|telefonlista|adresslista|kontaktlista|seznam adres|adresar',
  no_order:
    'not an order|no order|ceci n est pas une commande|keine bestellung|non e un ordine|no es un pedido|geen bestelling',
  export:
    'database export|data export|table export|dump|export de donnees|datenexport|esportazione dati|exportacion de datos|' +
    'article master|item master|product master|material master|master data|item master export|article master export|base articles|fichier articles|fichier article|export articles|extraction articles|referentiel articles|artikelstamm|artikelstammdaten|stammdaten|materialstamm|artikelstamm export|export artikelstamm|anagrafica articoli|anagrafica prodotti|esportazione articoli|maestro de articulos|maestro articulos|maestro de materiales|fichero de articulos|exportacion articulos|artikelbestand|artikelstamgegevens|stamgegevens|export artikelen|ficheiro de artigos|cadastro de artigos|cadastro de produtos|exportacao de artigos|kartoteka towarow|eksport kartoteki|artikelregister|varekartotek',
};
