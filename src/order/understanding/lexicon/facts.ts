import { plainWords } from '../text';

/** Meanings of a label in a title block. */
export type FactLabel =
  'order_number' | 'customer' | 'currency' | 'delivery_address' | 'delivery_date' | 'order_date' | 'other';

const labels: Record<FactLabel, string> = {
  order_number:
    'rendelesszam|rendelesi szam|rendeles|tilausnumero|tilausnro|tilaus nro|tilaus|nr comanda|comanda nr|numar comanda|comanda|cislo objednavky|objednavka c|objednavka cislo|objednavka|c objednavky|broj narudzbe|narudzbenica|narudzbenica br|narudzba|narudzba br|narocilnica|narocilnica st|narocilo st|narocilo|αριθμος παραγγελιας|παραγγελια|номер замовлення|замовлення no|замовлення|ordernr|ordre nr|ordrenummer|bestallningsnummer|bestallning|bestallningsnr|inkopsordernummer|inkopsordernr|bestilling|bestillingsnr|rekvisition|rekvisitionsnr|numero de orden|orden de compra|orden de compra no|oc|n de pedido|no de pedido|nr ordine|ordine nr|numero d ordine|bestelbon|bestelbonnummer|inkoopordernummer|encomenda|nota de encomenda|no da encomenda|encomenda n|po ref|رقم الطلب|رقم الطلبية|شماره سفارش|notre commande|votre reference commande|no bc|bc no|bdc|bdc no|auftrag|bestell no|order nr|order nummer|order n|order no|order number|order ref|order reference|order id|order #|order|po|po no|po number|po #|purchase order|purchase order no|purchase order number|purchase order #|your order no|our order no|customer order no|customer po|cust po|' +
    'commande no|no commande|no de commande|numero de commande|numero commande|num commande|commande|ref commande|reference commande|reference de commande|bon de commande|bon de commande no|no bon de commande|commande numero|votre commande|no de bon de commande|no cde|cde no|ref cde|' +
    'bestellnummer|bestellung nr|bestell nr|auftragsnummer|auftrag nr|bestellung|bestellnr|auftragsnr|numero de pedido|pedido no|no pedido|pedido|n pedido|numero ordine|ordine no|ordine|n ordine|ordine n|bestelnummer|bestelling nr|ordernummer|numero da encomenda|encomenda no|siparis no|siparis numarasi|numer zamowienia|nr zamowienia|zamowienie nr|订单号|订单编号|采购单号|注文番号|発注番号|주문번호|номер заказа|заказ no',
  customer:
    'megrendelo|vevo|tilaaja|asiakas|beneficiar|odberatel|objednatel|narucitelj|kupac|narocnik|kupec|πελατης|замовник|покупець|kund|kundnamn|foretag|bestallare|kunde navn|kundenavn|virksomhed|bestiller|العميل|اسم العميل|مشتری|auftraggeber firma|besteller firma|opdrachtgever|comprador|committente|intestatario|nom de l etablissement|restaurant|ordered for|order by|nabywca firma|customer|customer name|client|client name|company|company name|buyer|account name|ordered by|sold to|bill to|account|purchaser|shop|shop name|store|store name|retailer|' +
    'nom du client|nom client|raison sociale|societe|acheteur|nom de la societe|commande par|magasin|nom du magasin|enseigne|facture a|donneur d ordre|etablissement|' +
    'kunde|firma|kundenname|besteller|auftraggeber|cliente|nombre del cliente|empresa|razon social|ragione sociale|azienda|klant|bedrijf|klantnaam|nome do cliente|musteri|musteri adi|firma adi|klient|nabywca|zamawiajacy|客户|客户名称|公司名称|顧客名|会社名|고객|고객명|клиент|заказчик|покупатель',
  currency:
    'currency|devise|monnaie|wahrung|moneda|valuta|divisa|moeda|para birimi|doviz|waluta|币种|货币|通貨|통화|валюта',
  delivery_address:
    'szallitasi cim|toimitusosoite|toimitus osoite|adresa de livrare|adresa livrare|dodaci adresa|misto dodani|adresa dodania|miesto dodania|adresa isporuke|mjesto isporuke|naslov dobave|διευθυνση παραδοσης|адреса доставки|leveransadress|leverans till|levereras till|leveransstalle|leveransort|leveringsadresse|levering til|leveres til|leveringssted|عنوان التسليم|آدرس تحویل|entrega en|direccion entrega|consegnare a|indirizzo consegna|destinazione merce|merce da consegnare a|afleveren op|leveren op|levering op|entregar em|entrega em|morada entrega|liefern an|lieferung nach|versand an|warenempfanger|abladestelle|adresse de livraison souhaitee|a livrer chez|livre chez|dostawa do|dostarczyc do|delivery address|ship to|shipping address|deliver to|delivery to|ship to address|delivery location|place of delivery|consignee|delivery|delivery site|' +
    'entrega|consegna|lieferung|levering|dostawa|leverans|dodani|dodavka|dorucit|adresse de livraison|adresse livraison|livrer a|lieu de livraison|livraison a|adresse de la livraison|a livrer a|destinataire|livre a|point de livraison|livraison|' +
    'lieferadresse|lieferanschrift|lieferort|lieferung an|direccion de entrega|entregar en|lugar de entrega|indirizzo di consegna|consegna a|destinazione|luogo di consegna|leveradres|afleveradres|bezorgadres|morada de entrega|endereco de entrega|local de entrega|teslimat adresi|teslim adresi|adres dostawy|miejsce dostawy|收货地址|送货地址|交货地址|納品先|配送先|お届け先|배송지|배송주소|адрес доставки',
  delivery_date:
    'dodat|dodat dne|dodaci termin|termin dodani|datum dodani|termin dodania|datum dodania|szallitasi hatarido|szallitas napja|kiszallitas|szallitasi datum|toimituspaiva|toimituspvm|toivottu toimituspaiva|toivottu toimitus|toimitus|data livrarii|data livrare|termen de livrare|termen livrare|leveres|rok isporuke|datum isporuke|rok dobave|datum dobave|dobava|ημερομηνια παραδοσης|дата поставки|термін поставки|delivery day|day of delivery|jour de livraison|dia de entrega|giorno di consegna|leverdag|dodat do|leveransdatum|onskat leveransdatum|onskad leverans|onskad leveransdag|leveransdag|leverans senast|leveringsdato|onsket leveringsdato|onsket levering|levering den|تاريخ التسليم|تاریخ تحویل|fecha entrega solicitada|fecha de entrega solicitada|entrega el|data consegna richiesta|consegna entro|consegna il|entro il|leverdatum gewenst|uiterste leverdatum|levering voor|data de entrega pretendida|entrega ate|entregar a|lieferung am|lieferung bis|liefern bis|liefertag|gewunschtes lieferdatum|deliver|delivery week|date souhaitee de livraison|livraison au plus tard|livraison avant|data realizacji|termin realizacji|delivery date|date of delivery|requested delivery date|requested delivery|required date|date required|deliver by|deliver on|ship date|due date|needed by|delivery on|expected delivery|delivery requested|requested date|required delivery date|required by|shipping date|delivery due|delivery by|' +
    'date de livraison|date livraison|date de livraison souhaitee|livraison le|livraison souhaitee|livraison souhaitee le|date souhaitee|date livraison souhaitee|a livrer le|date de livraison demandee|livraison prevue|livraison prevue le|date de livraison prevue|delai de livraison|livrer le|livraison demandee le|livraison pour le|' +
    'lieferdatum|liefertermin|wunschtermin|wunschlieferdatum|gewunschter liefertermin|fecha de entrega|fecha entrega|data di consegna|data consegna|leverdatum|gewenste leverdatum|data de entrega|teslim tarihi|teslimat tarihi|data dostawy|termin dostawy|交货日期|交期|送货日期|納期|納品日|希望納期|납기일|배송일|дата доставки|дата поставки',
  order_date:
    'kelt|rendeles datuma|rendeles kelte|paivays|pvm|tilauspaiva|tilauspvm|data comenzii|datum objednavky|datum narudzbe|datum narocila|ημερομηνια|ημ νια|дата замовлення|orderdatum|bestallningsdatum|ordredato|bestillingsdato|dato|تاريخ الطلب|تاریخ سفارش|fecha pedido|data pedido|data de emissao|fecha de emision|data emissione|belegdatum|orderdatum bestelling|date d emission|data wystawienia|order date|date|date of order|po date|ordered on|purchase order date|date ordered|dated|' +
    'date de commande|date commande|date de la commande|commande du|le|en date du|date du bon de commande|date bon de commande|date cde|' +
    'bestelldatum|datum|auftragsdatum|fecha|fecha de pedido|fecha pedido|fecha del pedido|data ordine|data|data dell ordine|besteldatum|orderdatum|data da encomenda|data do pedido|siparis tarihi|tarih|data zamowienia|日期|订单日期|下单日期|注文日|発注日|日付|주문일|주문일자|дата заказа|дата',
  other:
    'contact|phone|tel|telephone|fax|email|e mail|mail|courriel|portable|mobile|siret|siren|vat no|vat number|tva intra|no tva|tva intracommunautaire|customer no|customer number|account no|account number|code client|no client|numero client|ref client|payment terms|terms|payment|conditions de paiement|paiement|reglement|mode de reglement|incoterm|incoterms|supplier|fournisseur|vendor|page|address|adresse|billing address|invoice address|adresse de facturation|city|ville|country|pays|zip|code postal|postal code|zip code|signature|note|notes|comment|comments|remarks|commentaire|commentaires|remarques|observations|transporteur|carrier|shipping method|ship via|mode de livraison|representative|sales rep|commercial|representant|season|saison|version|quote no|devis no|validite|department|service|attn|attention|a l attention de|kundennummer|ansprechpartner|lieferant|telefon|zahlungsbedingungen|proveedor|fornitore|contacto|telefono|leverancier|tedarikci|dostawca|iban|bic|subject|objet|project|projet|chantier|reference|ref|your reference|our reference|votre reference|notre reference|invoice no|facture no|time|heure|total|requested by|prepared by|approved by|etabli par|demande par|issued|valid until|expiry date',
};

const known = new Map(
  (Object.entries(labels) as [FactLabel, string][]).flatMap(([fact, words]) =>
    words.split('|').map((word): [string, FactLabel] => [word, fact]),
  ),
);

/** Meaning of a label; undefined if it is unknown. */
export function factLabelOf(text: string): FactLabel | undefined {
  if (text.length > 60) return undefined;
  return known.get(plainWords(text)) ?? bilingualLabel(text);
}

/** Meaning of `Customer / Client`, whose parts mean the same. */
function bilingualLabel(text: string): FactLabel | undefined {
  const parts = text.split(/[/|]/).map((part) => known.get(plainWords(part)));
  const [first] = parts;
  return parts.length > 1 && first !== undefined && parts.every((part) => part === first) ? first : undefined;
}

/** Whether a label is so general that without a colon it is an ordinary word. */
export const isLoose = (text: string): boolean =>
  [
    'order',
    'commande',
    'le',
    'delivery',
    'livraison',
    'entrega',
    'consegna',
    'lieferung',
    'levering',
    'dostawa',
    'leverans',
    'po',
    'bestellung',
    'pedido',
    'ordine',
    'account',
    'shop',
    'store',
    'magasin',
    'company',
    'bon de commande',
    'purchase order',
    'destinataire',
    'data',
    'datum',
    'terms',
  ].includes(plainWords(text));
