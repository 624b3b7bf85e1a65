import { plainWords } from '../text';

/** What a remark makes of a row: not ordered at all, or ordered only if somebody says so. */
export type RowState =
  'cancelled' | 'returned' | 'example' | 'done' | 'unavailable' | 'suspended' | 'held' | 'superseded';

/** Words of remarks in the form of `plainWords`; `*` stands for the rest of a word. */
const words: Record<RowState, string> = {
  cancelled:
    'annule*|a annuler|annulation|supprime*|a supprimer|abandonne|abandonnee|ne pas livrer|ne pas commander|ne pas traiter|ne pas expedier|ne pas envoyer|ne pas prendre|ne plus commander|ne plus livrer|plus besoin|pas besoin|a retirer|non retenu*|pas retenu*|option refusee|retire de la commande|sans suite|' +
    'cancelled|canceled|cancel|to cancel|cancellation|deleted|delete|void|voided|removed|remove|withdrawn|do not ship|do not deliver|do not order|do not send|do not process|do not supply|dont ship|dont send|dont order|don t ship|don t send|don t order|no longer needed|no longer required|not taken|not retained|not selected|option declined|not needed|not required|not wanted|dropped|rejected|declined|omit|omitted|dnp|dnf|dni|do not populate|do not fit|do not install|not fitted|nicht bestucken|unbestuckt|ne pas monter|non monte|' +
    'storniert*|storno|stornierung|stornieren|entfallt|entfallen|gestrichen|nicht gewunscht|streichen|geloscht|nicht liefern|nicht bestellen|nicht bearbeiten|nicht mehr benotigt|nicht versenden|wird nicht benotigt|annulliert|abgelehnt|' +
    'annullat*|annulla|cancellat*|eliminat*|da annullare|da non consegnare|non consegnare|non spedire|non ordinare|non inviare|stornat*|non serve piu|' +
    'anulad*|anular|cancelad*|cancelar|eliminad*|suprimid*|no entregar|no enviar|no servir|no pedir|ya no se necesita|rechazad*|' +
    'geannuleerd|annuleren|vervallen|vervalt|niet leveren|niet bestellen|niet verzenden|geschrapt|schrappen|niet meer nodig|afgekeurd|' +
    'nao entregar|nao enviar|nao encomendar|nao processar|ja nao e preciso|' +
    'anulowan*|anulowac|skreslon*|nie wysylac|nie dostarczac|nie zamawiac|nie realizowac|rezygnacja|' +
    'makulerad|makuleras|struken|stryks|annullerad|avbestalld|avbestallt|utgar|levereras ej|skicka inte|annulleret|annulleres|slettet|slettes|udgar|afbestilt|leveres ikke|iptal*|取消|已取消|キャンセル|취소|отмен*|аннулирован*|ملغي|ملغى|الغاء|لغو|' +
    'anulacion|cancelacion|anulen|anule|cancelen|annullamento|annullo|cancellazione|disdetta|annullare|annullate|annulering|annulatie|anulacao|cancelamento|anulem|anulowanie|anulacja|annullering|avbestallning|makulering|avbestall*|annuller|annullera|annuller*|afbestilling|afbestil|storno|zruseni|zrusen*|zrusit|stornovat|zrusenie|torles|lemondas|peruutus|peruutettu|anulare|otkazivanje|otkazano|kansellering|kansellert|avbestilling',
  returned:
    'retour|retours|a reprendre|a retourner|retourne|retournee|repris|reprise|returned|return|returns|to return|to be returned|goods return|zuruck|retoure|retouren|rucksendung|ruckgabe|reso|resi|da rendere|reso merce|devuelt*|devolucion|devoluciones|devolver|a devolver|teruggestuurd|retourneren|terugname|devolvid*|devolucao|devolucoes|zwrot|zwroty|zwrocon*|retur|returer|returneras|returnerad|returneret|退货|返品|반품|возврат|مرتجع',
  superseded:
    'superseded|obsolete|outdated|out of date|no longer valid|not valid|do not use|do not process|old version|previous version|replaced by|replaced with|invalid|expired|archived|' +
    'obsolete|perime|perimee|caduc|caduque|remplace par|remplacee par|ne pas utiliser|ne pas traiter|ancienne version|version precedente|plus valable|non valable|archive|' +
    'ungultig|veraltet|uberholt|ersetzt durch|wurde ersetzt|nicht verwenden|nicht bearbeiten|alte version|alter stand|nicht mehr gultig|' +
    'superato|superata|obsoleto|obsoleta|sostituito da|sostituita da|non usare|non utilizzare|non elaborare|non evadere|vecchia versione|non valido|non piu valido|' +
    'sustituido por|sustituida por|reemplazado por|no usar|no utilizar|no procesar|no tramitar|version antigua|no valido|sin validez|desactualizado|' +
    'vervangen door|verouderd|niet gebruiken|niet verwerken|oude versie|ongeldig|niet meer geldig|' +
    'substituido por|substituida por|nao usar|nao utilizar|versao antiga|sem validade|' +
    'nieaktualn*|zastapion*|nie uzywac|stara wersja|niewazn*|utgatt|ersatt av|anvand inte|inaktuell|gammal version|ogiltig|udgaet|erstattet af|brug ikke|ma ikke bruges|gammel version|ugyldig|gecersiz|作废|已作废|無効|旧版|폐기|недействит*|устарел*|لاغ',
  example:
    'exemple|example|beispiel|esempio|ejemplo|voorbeeld|exemplo|przyklad|exempel|eksempel|sample line|sample row|musterzeile|ornek|例|示例|예시|пример|مثال',
  done: 'deja livre|deja livree|livre|livree|already delivered|already shipped|delivered|shipped|fulfilled|dispatched|bereits geliefert|geliefert|versandt|verschickt|gia consegnato|consegnat*|spedit*|evas*|ya entregado|entregad*|enviad*|servid*|al geleverd|geleverd|verzonden|ja entregue|entregue|dostarczon*|wyslan*|zrealizowan*|levererad|levererat|skickad|leveret|afsendt|已发货|已送达|出荷済|배송완료|отгружен*|доставлен*|تم التسليم|closed|completed|complete|cloture|cloturee|solde|soldee|termine|erledigt|abgeschlossen|chius*|cerrad*|afgehandeld|concluid*|zakonczon*|avslutad|afsluttet',
  unavailable:
    'rupture|en rupture|epuise|out of stock|sold out|ausverkauft|vergriffen|esaurit*|agotad*|uitverkocht|esgotad*|wyprzedan*|slutsald|udsolgt|discontinued|arrete|non suivi|indisponible*|unavailable|not available|nicht verfugbar|nicht lieferbar|non disponible|non disponibile|no disponible|niet leverbaar|niet beschikbaar|indisponivel|niedostepn*|ikke tilgaengelig|manquant*|en manque|plus disponible|plus fabrique*|missing|no stock|not in stock|temporarily unavailable|delisted|end of line|fehlt|nicht auf lager|nicht mehr lieferbar|auslauf|auslaufartikel|mancant*|non a magazzino|fuori produzione|fuori catalogo|sin stock|sin existencias|faltante|descatalogad*|fuera de catalogo|niet op voorraad|uit assortiment|sem stock|em falta|descontinuad*|brak|brak na stanie|wycofan*|vyprodan*|neni skladem|nedostupn*|slut|ej i lager|utgatt ur sortiment|ikke pa lager|udgaet af sortiment',
  suspended:
    'suspendu|suspendue|en suspens|bloque|on hold|hold|zuruckgestellt|sospes*|suspendid*|suspens*|wstrzyman*|pausad|pa hold|beklemede|gesperrt|blocked|blockiert|bloccat*|bloquead*|geblokkeerd|zablokowan*|pozastaven*|en pause|paused|stand by|standby|in sospeso|en suspenso|ausgesetzt|ruht|opgeschort',
  held: 'refunded|refund|rembourse|remboursee|erstattet|rimborsat*|reembolsad*|terugbetaald|credited|partially refunded|unpaid|en attente|attente|a confirmer|a valider|a voir|a verifier|sous reserve|peut etre|en option|option|optionnel|optionnelle|optionnels|optionnelles|pending|to be confirmed|to confirm|tbc|tbd|awaiting*|waiting*|maybe|optional|options|optionals|if possible|provisional|zu bestatigen|zu klaren|in klarung|wartet|ausstehend|vorerst nicht|vielleicht|eventuell|vorbehaltlich|in attesa|da confermare|da verificare|forse|opzionale|pendiente|por confirmar|a confirmar|en espera|opcional|quizas|in afwachting|te bevestigen|nog te bevestigen|wacht|misschien|optioneel|onder voorbehoud|pendente|por confirmar|em espera|talvez|do potwierdzenia|oczekuj*|byc moze|opcja|avvakta*|vantar|att bekrafta|kanske|afventer|skal bekraeftes|maske|待定|待确认|保留|確認中|보류|ожида*|на уточнении|معلق',
};

const patterns = (Object.entries(words) as [RowState, string][]).map(([state, list]) => {
  const any = [...new Set(list.split('|'))]
    .sort((a, b) => b.length - a.length)
    .map((phrase) => phrase.replace('*', '\\p{L}*'))
    .join('|');
  return {
    state,
    begins: new RegExp(`^(?:${any})(?![\\p{L}\\p{N}])`, 'u'),
    holds: new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, 'u'),
  };
});

/** `Annule et remplace le bon du 12/03`: the document that says so is the one that counts. */
const REPLACES =
  /(?<!\p{L})(?:annule et remplace|cancels and replaces|replaces|remplace (?:le|la|les|l|notre|v)|ersetzt (?:die|den|das|unsere)|annulla e sostituisce|sostituisce|anula y sustituye|sustituye|reemplaza|vervangt|anula e substitui|substitui|zastepuje|ersatter|erstatter)(?!\p{L})/u;
/** Words by which a remark speaks of what may be, not of what is: `Rückgabe möglich`. */
const POSSIBLE =
  /(?<!\p{L})(?:possible|moglich|possibile|posible|possivel|mogelijk|mozliwy|mojligt|muligt|accepte|accepted|allowed|autorise|erlaubt|ammesso|admitido|policy|franco)(?!\p{L})/u;
/** Words by which a remark speaks of a day from which, or a case in which, something is cancelled: `Cancel date`. */
const CONDITIONAL =
  /^(?:(?:please )?cancel\p{L}*|void|delete) (?:if|by|after|on or after|before|date|unless|when|policy|terms)(?!\p{L})|^(?:date|delai|frist|data|fecha|datum) (?:d |de |di |da |of |voor )?(?:annul|cancel|storn|anul)\p{L}*|^(?:annul|storn|anul|cancel)\p{L}* (?:si|falls|wenn|bei|se|als|indien|apres|nach|dopo|despues|jesli|om|hvis)(?!\p{L})|^(?:stornofrist|stornierungsfrist|annuleringsdatum)(?!\p{L})|^(?:annul|storn|anul|cancel|disdett|avbestall|afbestil|zrus)\p{L}* (?:con|hasta|antes|entro|prima|tot|binnen|ate|przed|senast|senest|until|up to|within|before|only|free|jusqu|avant|gratuit\p{L}*|bis|nur|vor|kostenlos\p{L}*|solo|alleen|tylko|minimo)(?!\p{L})/u;
/** Words that turn a remark round: `not cancelled`, `non annulable`, `sans retour`. */
const DENIED =
  /(?<!\p{L})(?:not|non|pas|sans|nicht|kein|keine|no|sin|niet|geen|nao|sem|nie|ej|inte|ikke|without|if|si|wenn|se|als|until)(?!\p{L})/u;

/** Words before a lack by which it has not come about: `Restnoteras om slut`, `backorder if out of stock`. */
const IN_CASE =
  /(?<!\p{L})(?:if|in case|when|si|en cas de|falls|wenn|bei|se|in caso di|caso|em caso de|en caso de|als|indien|bij|jesli|w razie|pokud|om|vid|hvis|ved)(?: \p{L}+){0,2} $/u;

/** What follows a delivery that names its place or its way: `Delivered to: Leeds`, `Livré par UPS`. */
const PLACE =
  /^ (?:to|at|by|via|a|au|aux|chez|par|an|nach|durch|en|em|por|da|per|aan|in|op|door|do|przez|till|av|til|af)(?: |$)/;

/** Whether a text says that its document replaces an earlier one. */
export const replaces = (text: string): boolean => text.length <= 200 && REPLACES.test(plainWords(text));

/** By whom a state was set: `cancelled by retailer`. */
const BY_WHOM = / (?:by|par|durch|von|por|da|door|przez|av|af) (?:the )?\p{L}+$/u;

/**
 * What a remark says of its row. `begins`: the remark begins with it, so that it is what the remark is about.
 * The order of the states is that in which they decide.
 */
export function stateIn(text: string): { state: RowState; begins: boolean } | undefined {
  if (text.length > 200) return undefined;
  const plain = plainWords(text).replace(BY_WHOM, '');
  if (plain === '' || [REPLACES, POSSIBLE, CONDITIONAL].some((pattern) => pattern.test(plain))) return undefined;
  for (const { state, begins } of patterns) {
    const said = begins.exec(plain)?.[0];
    if (said !== undefined && !(state === 'done' && PLACE.test(plain.slice(said.length))))
      return { state, begins: true };
  }
  for (const { state, holds } of patterns) {
    const found = holds.exec(plain)?.[0];
    // `ne pas livrer` denies nothing, `pas annulé` does
    const place =
      state === 'done' && found !== undefined && PLACE.test(plain.slice(plain.indexOf(found) + found.length));
    const mayCome = state === 'unavailable' && IN_CASE.test(plain.slice(0, plain.indexOf(found ?? plain)));
    if (found !== undefined && !place && !mayCome && !DENIED.test(plain.replace(found, ' ')))
      return { state, begins: false };
  }
  return undefined;
}

/** Words of a text that speaks of rows, not of its paper: `Struck lines are cancelled`. */
const ROWS =
  /(?<!\p{L})(?:lines?|rows?|items?|struck|strike\p{L}*|marked|lignes?|barre\p{L}*|articles?|zeilen?|positionen|durchgestrichen\p{L}*|markiert\p{L}*|righe?|barrat\p{L}*|lineas?|filas?|tachad\p{L}*|regels?|doorgestreept\p{L}*|linhas?|riscad\p{L}*|pozycj\p{L}*|wiersz\p{L}*|skreslon\p{L}*|rader|linjer|radky|colou?rs?|rouge|rot|rosso|rojo|rood|red)(?!\p{L})/u;

export const speaksOfRows = (text: string): boolean => ROWS.test(plainWords(text));
