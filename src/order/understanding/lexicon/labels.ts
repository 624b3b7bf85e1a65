import { meaningOf } from './match';
import { isIdeographic, plainWords } from '../text';

/** Labels of rows that are no lines. */
export type RowLabel =
  'subtotal' | 'total' | 'net' | 'tax' | 'gross' | 'discount' | 'shipping' | 'rounding' | 'carry' | 'comment';

const beginnings: Record<RowLabel, string> = {
  subtotal:
    'reszosszeg|valisumma|medzisucet|medjuzbroj|meduzbroj|vmesna vsota|μερικο συνολο|parziale|parziali|s tot|sous tot|st|delsumma|delsum|mellansumma|deltotal|sub tot|subtot|summe gruppe|zw summe|summe ubertrag|somme partielle|sous total lot|total lot|total chapitre|totale gruppo|totale sezione|totale categoria|total grupo|total seccion|total capitulo|totaal groep|total do grupo|suma grupy|razem grupa|page total|total page|seitensumme|seitentotal|totale pagina|total pagina|paginatotaal|sous total page|المجموع الفرعي|sous total|sous totaux|s total|s/total|subtotal|sub total|sub totals|zwischensumme|zwischentotal|subtotaal|tussentotaal|total section|total partiel|total famille|total rayon|total category|total group|section total|ara toplam|suma czesciowa|subtotale|totale parziale|subtotais|smezisoucet|podsuma|промежуточный итог|подытог|小计|小計|分计|소계',
  net: 'netto osszesen|osszesen netto|total fara tva|spolu bez dph|celkom bez dph|ukupno bez pdv|skupaj brez ddv|sum eks mva|veroton yhteensa|alv 0 yhteensa|celkem bez dph|zaklad dane|base|total ht|total h t|total net|net total|total excl|total ex vat|total excluding|total net ht|montant ht|montant total ht|total general ht|nettosumme|gesamt netto|summe netto|netto gesamt|nettobetrag|total sin iva|base imponible|base imp|imponibile|totale imponibile|totaal excl|razem netto|suma netto|total marchandises|total marchandise|merchandise total|goods total|total goods|net amount|total before tax|total avant taxe|total avant taxes|total hors taxes|total hors taxe|montant hors taxes|montant net ht|net ht|total before vat|netto|net tutar|kdv haric toplam|kdv haric tutar|wartosc netto|nettowert|warenwert|net totaal|subtotaal excl|itogo bez nds|итого без ндс|сумма без ндс|不含税合计|不含税金额|未税合计|未税金额|税前合计|税抜合計|税抜金額|税抜き合計|공급가액',
  tax: 'afa|alv|mva|herav mva|tva 19|pdv|ddv|φπα|пдв|dph|recargo de equivalencia|r e|re|total ipi|ipi|moms|varav moms|heraf moms|moms 25|total moms|ضريبة القيمة المضافة|tva|dont tva|total tva|montant tva|vat|total vat|vat amount|tax|total tax|sales tax|gst|hst|pst|qst|tps|tvq|taxes|mwst|zzgl mwst|mw st|zzgl mw st|inkl mw st|ust|mehrwertsteuer|umsatzsteuer|iva|btw|kdv|podatek vat|kdv tutari|kdv tutar|toplam kdv|iva incluido|importe iva|totale iva|imposta|btw bedrag|kwota vat|税额|税金|增值税|消費税|税額|부가세|부가가치세|세액|ндс|сумма ндс|в том числе ндс|montant de la tva|montant taxe|plus vat|incl vat|eco participation|ecotaxe|eco taxe|inkl mwst|zzgl ust|usst',
  gross:
    'brutto osszesen|osszesen brutto|fizetendo|maksettava|de plata|total cu tva|total de plata|spolu s dph|celkom s dph|ukupno s pdv|za uplatu|skupaj z ddv|za placilo|sum inkl mva|γενικο συνολο|celkem s dph|k uhrade|celkem k uhrade|a pagar|importe total a pagar|totale a pagare|netto a pagare|zu zahlen|zahlungsbetrag|totaal te betalen|att betala|summa att betala|totalt inkl moms|total inkl moms|i alt inkl moms|at betale|valor a pagar|total com impostos|kwota do zaplaty|total ttc|total t t c|montant ttc|montant total ttc|net a payer|net a regler|a payer|total a payer|total general ttc|total toutes taxes|gross total|total incl|total including|total gross|amount due|total due|balance due|total to pay|total payable|gesamt brutto|bruttosumme|gesamtbetrag brutto|endbetrag|rechnungsbetrag|zahlbetrag|total con iva|total a pagar|totale ivato|totale da pagare|totaal incl|te betalen|razem brutto|suma brutto|do zaplaty|genel toplam|brutto|total with vat|total with tax|ttc|total inc vat|gesamtsumme brutto|gesamtbetrag inkl|gesamt inkl|summe inkl|total iva incl|total iva incluido|totale con iva|totale iva inclusa|totale fattura|totaal incl btw|total com iva|kdv dahil toplam|kdv dahil tutar|odenecek tutar|odenecek toplam|wartosc brutto|razem z vat|价税合计|含税合计|含税金额|含税总额|应付金额|应付总额|総合計|税込合計|税込金額|ご請求金額|합계금액|итого с ндс|всего с ндс|всего к оплате|итого к оплате|к оплате',
  discount:
    'dto p p|dto pp|dto|descuento p p|rabat i alt|avdrag|skonto|sconto incondizionato|sconto cassa|descuento comercial|descuento pronto pago|bonificacion|bonification|nachlass|upust|remise|remises|remise globale|remise commerciale|remise exceptionnelle|total remise|discount|total discount|less discount|rebate|rabais|ristourne|escompte|rabatt|gesamtrabatt|descuento|sconto|korting|desconto|iskonto|indirim|rabat|montant remise|less rebate',
  rounding:
    'arrondi|arrondis|rundung|rundungsdifferenz|rundungsbetrag|arrotondamento|arrotondamenti|redondeo|afronding|afrondingsverschil|arredondamento|zaokraglenie|avrundning|oresavrundning|oreafrunding|afrunding|rounding|rounding difference|yuvarlama|round off',
  shipping:
    'doprava|postovne|dopravne|baleni a doprava|frakt|fraktkostnad|fragt|porto|levering|expeditionsavgift|faktureringsavgift|gebyr|ekspeditionsgebyr|gastos de transporte|transporte|costi di trasporto|contributo spese|spese trasporto|vrachtkosten|verzending|transportkosten|lieferkosten|liefergebuhr|mindermengenzuschlag|zuschlag|energiezuschlag|mautzuschlag|palettenpfand|pfand|consigne|consignes|taxe gasoil|surcharge|fuel surcharge|small order charge|handling charge|despesas de envio|custos de envio|koszt transportu|transport i pakowanie|frais de port|port|frais de livraison|frais d expedition|frais de transport|transport|livraison|frais d envoi|participation aux frais|shipping|shipping cost|shipping costs|shipping and handling|shipping handling|freight|freight charge|delivery charge|delivery charges|delivery cost|delivery fee|postage|carriage|handling|versand|versandkosten|fracht|frachtkosten|gastos de envio|portes|porte|spese di spedizione|trasporto|verzendkosten|kargo|koszt dostawy|koszt wysylki|koszty wysylki|运费|送料|배송비|frais annexes|franco|franco de port|frais port|port et emballage|emballage',
  carry:
    'report|a reporter|total a reporter|report page|report de la page|report page precedente|total reporte|carried forward|brought forward|carry forward|carry over|balance brought forward|balance carried forward|c/f|b/f|cf|bf|ubertrag|suma anterior|suma y sigue|riporto|a riportare|transport de page|nakliyekun|przeniesienie|do przeniesienia',
  total:
    'osszesen|mindosszesen|vegosszeg|yhteensa|loppusumma|kaikki yhteensa|total comanda|total bucati|spolu|celkom|ukupno|sveukupno|skupaj|συνολο|разом|всього|order value|basket total|total value of order|celkem|celkem kc|celkova castka|soucet|suma celkem|totalsumma|summa totalt|summa|totalt|totalsum|i alt|ialt|sum total|sum i alt|total antal|antal i alt|totalt antal|total bestellung|bestellsumme|auftragssumme|angebotssumme|angebotswert|auftragswert|bestellwert|gesamtwert|gesamtmenge|gesamtanzahl|stuckzahl gesamt|somma|totali|totale pezzi|totale colli|totale quantita|tot|tot ordine|tot generale|totales|suma de unidades|total unidades|total bultos|total cajas|total general pedido|totaal bestelling|totaal aantal|totaal stuks|totaal generaal|total encomenda|total da encomenda|total do pedido|total unid|suma zamowienia|wartosc zamowienia|lacznie|الإجمالي|الاجمالي|المجموع|جمع کل|مجموع|total|totaux|totals|grand total|total general|totalgeneral|total commande|total de la commande|order total|total order|total qty|total quantity|total quantite|total qte|total quantites|quantite totale|qte totale|nombre total|montant total|total amount|sum|somme|summe|gesamt|gesamtsumme|gesamtbetrag|endsumme|total pedido|importe total|totale|totale ordine|totale generale|totaal|eindtotaal|toplam|razem|suma|suma total|ogolem|合计|总计|合計|总额|总数|总量|数量合计|共计|総計|総数|합계|총계|총합계|총액|총수량|итого|всего|total lines|total lignes|total articles|total pieces|total units|total unites|total pcs|total cartons|total colis|total value|total net quantity|total cde|total bon de commande|totals for order|total geral|overall total|total summe|cumul|total items|nombre d articles|total geral',
  comment:
    'note|notes|nb|n b|nota|remarque|remarques|observation|observations|commentaire|commentaires|comment|comments|remark|remarks|attention|conditions|merci|thank you|please|veuillez|priere|signature|date et signature|bon pour accord|terms|bemerkung|hinweis|uwaga|iban|siret|page|franco a partir',
};

/** Longer and so narrower phrases come first. */
const asked: [RowLabel, string][] = (Object.entries(beginnings) as [RowLabel, string][])
  .flatMap(([label, words]) => words.split('|').map((word): [RowLabel, string] => [label, word]))
  .sort(([, a], [, b]) => b.length - a.length);
const unspaced = asked.filter(([, phrase]) => isIdeographic(phrase));
const firstWords = new Map<string, [RowLabel, string][]>();
for (const entry of asked) {
  const first = entry[1].split(' ')[0] ?? '';
  firstWords.set(first, [...(firstWords.get(first) ?? []), entry]);
}

export interface LabelFound {
  label: RowLabel;
  /** only figures and words such as `EUR` stand beside it */
  whole: boolean;
}

const BESIDE = new Set(
  'ht|h|t|ttc|t|c|eur|usd|gbp|chf|€|£|$|%|en|de|du|des|la|le|les|l|d|the|of|for|general|generale|net|order|commande|cde|in|all|tous|a|au|to|and|et|page|excl|incl|hors|taxes|tax|vat|tva|mwst|iva|btw|kdv|euros|euro|pcs|pieces|qty|qte|montant|amount|total|totals|lines|lignes|articles|items|19|20|10|5|7|21|0|quantity|quantite|quantites|previous|precedente|next|suivante|from|forward'.split(
    '|',
  ),
);

/** Label of a row; undefined if it is an ordinary text. */
export function rowLabelOf(text: string): LabelFound | undefined {
  if (text === '' || text.length > 120) return undefined;
  // most texts are products, which the first word shows
  const entries = firstWords.get(plainWords(text.slice(0, LONGEST_WORD)).split(' ', 1)[0] ?? '');
  if (!entries) return isIdeographic(text) ? ideographicLabel(plainWords(text)) : undefined;
  // `zzgl. 19 % MwSt`: a rate between the words
  const plain = plainWords(text)
    .replace(/ \d+%?(?= )/g, '')
    .replace(/ %(?= )/g, '');
  for (const [label, phrase] of entries) {
    if (plain !== phrase && !plain.startsWith(`${phrase} `)) continue;
    const rest = plain.slice(phrase.length).trim();
    const whole = rest === '' || rest.split(' ').every((word) => BESIDE.has(word) || /^\d+%?$/.test(word));
    return { label, whole };
  }
  return undefined;
}

const LONGEST_WORD = 32;

function ideographicLabel(plain: string): LabelFound | undefined {
  const entry = unspaced.find(([, phrase]) => plain.startsWith(phrase));
  return entry && { label: entry[0], whole: plain.length <= entry[1].length + 3 };
}

/** Sizes in the headings of a matrix. */
const SIZE =
  /^(?:\d{0,2}x{0,4}[sml]|[x2-6]{1,4}l|x{1,4}s|tu|ts|os|one size|t\d{1,3}|p\d{2}|eu ?\d{2}|uk ?\d{1,2}|us ?\d{1,2}|\d{2,3}|\d{1,2} \d{1,2}|\d{1,2}(?: (?:ans|mois|years|yrs|y|m|a))|(?:1|2|3)? ?\d{1,2}[mya]|[2-9] ?xl|small|medium|large|taille unique|u|unique)$/;
const COLOURS = new Set(
  (
    'noir|blanc|rouge|bleu|vert|jaune|gris|rose|violet|orange|marron|beige|ecru|marine|kaki|bordeaux|turquoise|dore|argent|ivoire|' +
    'black|white|red|blue|green|yellow|grey|gray|pink|purple|brown|navy|khaki|burgundy|gold|silver|ivory|cream|olive|teal|' +
    'schwarz|weiss|rot|blau|grun|gelb|grau|braun|rosa|lila|negro|blanco|rojo|azul|verde|amarillo|gris|nero|bianco|rosso|blu|giallo|grigio|' +
    'siyah|beyaz|kirmizi|mavi|yesil|sari|zwart|wit|rood|blauw|groen|geel|grijs|anthracite|anthracit|sable|sand|camel|lavande|corail|coral|mint|naturel|natural'
  ).split('|'),
);

/** Whether a heading is a size or a colour. */
export function isVariant(text: string): boolean {
  const [, from, to] = /^(\d+)\s*[-–]\s*(\d+)$/.exec(text.trim()) ?? [];
  // `2-4` is a size, `10-49` a price break
  if (from !== undefined && to !== undefined) return Number(to) > Number(from) && Number(to) - Number(from) <= 4;
  const plain = plainWords(text.replace(/[./]/g, ' '));
  if (plain === '' || plain.length > 30) return false;
  if (SIZE.test(plain)) return true;
  const words = plain
    .split(' ')
    .filter(
      (word) =>
        !['size', 'taille', 't', 'pointure', 'colour', 'color', 'clair', 'fonce', 'light', 'dark'].includes(word),
    );
  return words.length > 0 && words.every((word) => COLOURS.has(word) || (words.length < 3 && SIZE.test(word)));
}

const WEEK =
  /^(?:w|wk|week|s|sem|semaine|kw|woche|semana|settimana|week nr|hafta|tydzien|tydz)\s?\d{1,2}(?: \d{2,4})?$|^第?\d{1,2}[周週주월月]$/;
const MONTHS = new Set(
  (
    'jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december|' +
    'janv|fev|fevr|avr|avril|mai|juin|juil|juillet|aout|octobre|novembre|decembre|janvier|fevrier|mars|septembre|' +
    'januar|februar|marz|juni|juli|oktober|dezember|okt|dez|enero|febrero|marzo|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|ene|abr|ago|dic|' +
    'gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|ocak|subat|nisan|mayis|haziran|temmuz|agustos|eylul|ekim|kasim|aralik|q1|q2|q3|q4'
  ).split('|'),
);

/** Whether a heading is a week, a month or a quarter. */
export function isPeriod(text: string): boolean {
  const plain = plainWords(text);
  if (isVariant(text)) return false;
  return WEEK.test(plain) || MONTHS.has(plain.replace(/ ?(?:20)?\d\d$/, ''));
}

/** Whether a heading names the destination of the quantities under it. */
export const isDestination = (text: string): boolean =>
  meaningOf(text).senses.some(({ sense, score }) => sense === 'destination' && score >= 0.4);
