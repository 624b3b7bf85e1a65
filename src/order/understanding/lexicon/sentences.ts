import { plainWords } from '../text';
import type { DocumentKind } from './kinds';

/** Sentences, in the form of `plainWords`, by what they make of the paper that they stand on. */
const sentences: readonly [DocumentKind, RegExp][] = [
  [
    'no_order',
    /\b(?:(?:this|it|which|forecast|schedule|plan|list|document|file|sheet) is (?:not|no) (?:an? )?(?:firm |binding |purchase )*order|ceci n est pas (?:un bon de|une) commande|ne (?:vaut|constitue|represente) pas (?:un bon de |une )?commande|(?:ist|noch|stellt) keine bestellung|non (?:e|costituisce) un ordine|no (?:es|constituye) un pedido|(?:is|betreft) (?:nog )?geen bestelling|nao (?:e|constitui) uma encomenda|nie (?:jest|stanowi) zamowieni\w+|nejedna se o (?:zavaznou )?objednavku|neni objednavk\w+|ar (?:ej|inte) en bestallning|er ikke en (?:ordre|bestilling))(?! confirm)/,
  ],
  [
    'forecast',
    /\b(?:for planning (?:purposes )?only|no commitment to (?:buy|purchase|order)|does not (?:constitute|represent) (?:an? )?commitment|a titre (?:purement )?previsionnel|sans engagement d achat|n engage pas a acheter|(?:nur|ausschliesslich) zu(?:r)? (?:planungszwecken|planung)|keine? abnahme(?:verpflichtung|garantie)|(?:solo )?a (?:solo )?(?:efectos|titulo) (?:de planificacion|orientativo)|sin compromiso de compra|(?:solo )?a (?:solo )?(?:scopo|titolo) (?:di pianificazione|previsionale)|senza (?:impegno|obbligo) d acquisto|(?:alleen|uitsluitend) (?:ter|voor) planning|geen afnameverplichting|(?:apenas )?para (?:fins de )?planeamento|sem compromisso de compra|(?:tylko|wylacznie) do (?:celow )?planowania|bez zobowiazania do zakupu|bez zavazku (?:k )?odberu|endast for planering|inget kopatagande|kun til planlaegning|ingen kobsforpligtelse)\b/,
  ],
  [
    'return',
    /\b(?:(?:accord|autorisation|numero) de (?:retour|reprise)|(?:l|un|votre) avoir correspondant|(?:adresser|etablir|envoyer|emettre) (?:l |un |votre )avoir|quantites? isolees?|courrier de rappel|rappel (?:de|du|des) lots?|marchandises? (?:retournee?s?|a reprendre|en retour))\b/,
  ],
  [
    'return',
    /\b(?:(?:please|kindly) (?:collect|uplift|arrange (?:a )?collection|credit (?:us|our account)|(?:raise|issue|send)(?: us)? (?:a |the )?credit)|returns? authori[sz]ation|goods (?:to be returned|for return)|we are returning|recall (?:notice|letter))\b/,
  ],
  [
    'return',
    /\b(?:(?:bitte|wir bitten) um (?:abholung|gutschrift|rucknahme)|gutschrift (?:erteilen|ausstellen|zu erteilen)|senden wir (?:ihnen )?(?:\w+ )?zuruck|(?:recojan|recoger|retiren|retirar) (?:la|el|los|las) (?:mercancia|genero|material|articulos)|(?:emitan|emitir|enviar|abonen)(?: el| nos)? abono|abono correspondiente|ritirare la merce|ritiro della merce|(?:emettere|inviarci) (?:la )?nota di credito|autorizzazione al reso|graag (?:een )?(?:creditnota|crediteren|ophalen)|sturen wij (?:u )?retour|recolha da mercadoria|recolham a mercadoria|prosimy o (?:odbior towaru|korekte)|zadame o dobropis|vracime vam)\b/,
  ],
  [
    'quote_request',
    /\b(?:(?:please|kindly) quote (?:us|for|your|the|best|prices?|by)|(?:send|give|let) us (?:have )?(?:your )?(?:best )?(?:prices?|quotation|quote|offer)|(?:faire parvenir|adresser|communiquer|transmettre|indiquer) (?:votre|vos) (?:meilleure?s? )?(?:offre|prix|devis|tarifs?|cotation)|meilleure offre de prix|merci de (?:nous )?(?:chiffrer|coter))\b/,
  ],
  [
    'quote_request',
    /\b(?:(?:bitte|bitten|wir bitten)(?: wir| sie)* um (?:ihre?n? |eine? )?(?:angebot|preisangabe|offerte|preisangebot)|unterbreiten sie uns|(?:inviarci|formulare|farci avere)(?: la)?(?: vostra)?(?: migliore?)? (?:offerta|quotazione)|vogliate quotare|rogamos (?:nos )?(?:coticen|presupuesten)|enviarnos (?:su )?(?:mejor )?(?:oferta|presupuesto|cotizacion)|graag (?:uw )?(?:offerte|prijsopgave)|solicitamos (?:a vossa )?(?:cotacao|orcamento)|prosimy o (?:oferte|wycene|podanie cen)|(?:prosime|zadame) o (?:cenovou )?(?:nabidku|naceneni)|vanligen offerera|onskar offert)\b/,
  ],
  [
    'quotation',
    /\b(?:(?:this |our )?(?:offer|quote|quotation)(?: is)? valid (?:until|till|for|to)|valid(?:ity)? (?:until |for )?\d+ days|bindefrist|angebot (?:ist )?(?:freibleibend|gultig)|gultigkeit (?:des angebots|\d+ tage)|(?:offre|devis) valable|validite (?:de l offre|du devis|\d+ jours)|validita (?:dell |della )?(?:offerta|preventivo|\d+ giorni)|validez (?:de la oferta|del presupuesto|\d+ dias)|(?:oferta|presupuesto) valid[ao]|(?:offerte|aanbieding) (?:is )?geldig|geldigheid(?:sduur)? \d+ dagen|validade (?:da proposta|da oferta|do orcamento|\d+ dias)|waznosc oferty|oferta wazna)\b/,
  ],
  [
    'stock_list',
    /\b(?:subject to (?:being unsold|prior sale|remaining unsold)|zwischenverkauf vorbehalten|freibleibend solange (?:der )?vorrat|sauf vente(?: entre temps| intermediaire)?|sous reserve de vente|salvo (?:el )?vendido|salvo venta (?:previa|intermedia)?|salvo (?:il )?venduto|(?:onder voorbehoud van )?tussen(?:tijdse )?verkoop voorbehouden|salvo venda|z zastrzezeniem (?:wczesniejszej )?sprzedazy)\b/,
  ],
];

/** What a sentence makes of its paper; undefined if it says nothing of it. */
export function kindInSentence(text: string): DocumentKind | undefined {
  if (text.length < LEAST || text.length > MOST) return undefined;
  const plain = plainWords(text);
  return sentences.find(([, pattern]) => pattern.test(plain))?.[0];
}

const LEAST = 15;
const MOST = 500;

/** Words by which a customer takes an offer. */
const ACCEPTED =
  /\b(?:bon pour (?:accord|commande)|vaut commande|devis accepte|offre acceptee|accepted (?:as|by|on)|quot(?:e|ation) accepted|approved and accepted|we accept (?:this|your)|auftrag (?:hiermit )?erteilt|angebot (?:hiermit )?angenommen|gilt als (?:auftrag|bestellung)|wir bestellen (?:hiermit|wie|laut|gemass)|hiermit bestellen wir|per accettazione|offerta accettata|vale come ordine|(?:presupuesto|oferta) (?:aceptado|aceptada)|aceptamos (?:el|la|su)|vale como (?:pedido|encomenda)|voor akkoord|akkoord bevonden|geldt als bestelling|orcamento aceite|proposta aceite|akceptujemy oferte|nabidku prijimame|offerten accepteras|tilbuddet accepteres)\b/;
/** What stands in the caption of an empty place for a signature. */
const CAPTION =
  /\b(?:date|datum|data|fecha|dato|le|and|et|und|e|y|en|a|signature|signed|unterschrift|firma|handtekening|assinatura|podpis|underskrift|cachet|stamp|stempel|timbro|sello|carimbo|nom|name|nome|nombre|naam|du|de|des|of|by|par|von|da|por|door|client|customer|buyer|supplier|vendor|acheteur|acquirente|kaufer|koper|comprador|kunde|cliente|klant|lu|approuve|read|approved|precede|mention|la|the)\b/g;

/**
 * Whether a text takes an offer: it says so, and is more than the caption of an empty place for a signature. `beside` is
 * what stands to the right.
 */
export function isAcceptance(text: string, beside = ''): boolean {
  const plain = plainWords(text);
  const found = ACCEPTED.exec(plain)?.[0];
  if (found === undefined) return false;
  const rest = plain.replace(found, ' ').replace(CAPTION, ' ');
  return /[\p{L}\p{N}]{2}/u.test(rest) || /[\p{L}\p{N}]{2}/u.test(beside);
}
