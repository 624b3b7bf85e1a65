import { plainWords } from '../text';

/** Words that make an order depend on something, or leave a choice: `if available`, `or similar`. */
const CONDITION =
  /(?<!\p{L})(?:if (?:available|possible|in stock|you have|not|there|any)|otherwise|or (?:similar|equivalent|equal|same|nearest)|alternative(?:ly)?|substitut\p{L}*|subject to|depending on|as required|same thing|si (?:dispo\p{L}*|possible|vous avez|pas|en stock|rupture|reste)|s il (?:y en a|reste|vous en reste)|sinon|a defaut|ou (?:equivalent\p{L}*|similaire|autre|a defaut)|selon (?:dispo\p{L}*|arrivage|stock)|sous reserve|remplacer par|falls|wenn (?:moglich|vorhanden|lieferbar|verfugbar|nicht|noch)|sonst|ansonsten|oder (?:ahnlich\p{L}*|gleichwertig\p{L}*|vergleichbar\p{L}*|alternativ)|ersatzweise|je nach|se (?:disponibil\p{L}*|possibile|presente|non|c e|avete|houver|possivel|disponivel|nao|tiverem)|altrimenti|oppure|o (?:simile|simili|equivalente|similar)|in alternativa|si (?:hay|queda|quedan|es posible|no hay|tienen|teneis|puede|se puede)|en su defecto|o en su lugar|indien (?:mogelijk|voorradig|beschikbaar|niet)|als (?:het kan|er|mogelijk|niet|jullie)|(?:alleen|enkel|slechts) (?:als|indien)|only (?:if|when|in case)|(?:uniquement|seulement) (?:si|en cas)|nur (?:wenn|falls)|so(?:lo|ltanto) (?:se|si|in caso|en caso)|so se|apenas se|tylko (?:jesli|gdy)|pouze (?:pokud|kdyz)|(?:endast|bara) om|kun hvis|zo niet|of (?:gelijkwaardig|vergelijkbaar|soortgelijk)|senao|caso (?:haja|nao)|ou (?:semelhante|similar)|jesli|jezeli|lub (?:podobn\p{L}*|zamiennik|odpowiednik)|albo|zamiennik|w razie braku|pokud|nebo (?:podobn\p{L}*|ekvivalent)|om (?:mojligt|det finns|ni har)|eller (?:liknande|motsvarande|lignende|tilsvarende)|hvis (?:muligt|i har|det)|ellers)(?!\p{L})/u;
/** That nothing may stand for another, which is as ordered. */
const NO_EXCHANGE =
  /(?<!\p{L})(?:no|not|never|sans|pas d[e']?|ne pas|kein\p{L}*|nicht|ohne|senza|non|sin|sem|nao|geen|niet|zonder|nie|bez)(?: \p{L}+){0,2} (?:substit\p{L}*|sustit\p{L}*|ersatz\p{L}*|ersetz\p{L}*|vervang\p{L}*|sostitu\p{L}*|zamien\p{L}*|remplac\p{L}*)(?!\p{L})/gu;
/** Words by which one thing may or shall stand for another. */
const EXCHANGE =
  /(?<!\p{L})(?:may also|can also|may be|can be|also ok|also fine|peut aussi|peuvent|peut etre|conviendrait|kann auch|darf auch|konnen auch|auch ok|puo anche|possono essere|va bene anche|puede ser|pueden ser|tambien vale|mag ook|mogen ook|kan ook|pode ser|podem ser|moze byc|moga byc|muze byt|far aven|kan ogsa|replace\p{L}*|remplac\p{L}*|ersetz\p{L}*|ersatz|sostitui\p{L}*|sustitu\p{L}*|reemplaz\p{L}*|vervang\p{L}*|substitui\p{L}*|zamien\p{L}*|zastap\p{L}*|nahra\p{L}*|ersatt\p{L}*|erstat\p{L}*|swap|exchange|instead|plutot|lieber|piuttosto|mejor|liever|anstatt|statt|au lieu|in place of)(?!\p{L})/u;
/** Words that ask for something besides the lines, or that cost nothing. */
const BESIDES =
  /(?<!\p{L})(?:please (?:add|include|send|enclose)|also (?:send|add|need)|free (?:of charge|sample\p{L}*|goods)|samples?|echantillons?|muster\p{L}*|campion[ei]|muestras?|monsters?|amostras?|probk\p{L}*|vzor\p{L}*|gratis|gratuit\p{L}*|kostenlos\p{L}*|omaggi\p{L}*|sin cargo|offerts?|beilegen|joindre|ajouter|allegare|aggiungere|anadir|incluir|adjuntar|bijvoegen|toevoegen|juntar|dolacz\p{L}*|dodac|prilozit|bifoga)(?!\p{L})/u;
/** Words of when and how goods come that are no day. */
const WHEN =
  /(?<!\p{L})(?:asap|urgent\p{L}*|dringend\p{L}*|eilt|spoed|pilne|by (?:monday|tuesday|wednesday|thursday|friday|the end|end of|noon)|before (?:the|noon|christmas|xmas|easter|monday|tuesday|wednesday|thursday|friday)|no later than|collect\p{L}*|pick ?up|will call|on call|call off|part deliver\p{L}*|split deliver\p{L}*|livraison (?:partielle|en deux|echelonnee)|enlevement|a retirer|on passe|on vient|viendrons|avant (?:le|la|les|noel|midi|lundi|mardi|mercredi|jeudi|vendredi)|au plus (?:tard|vite|tot)|semaine \d{1,2}|abholung|selbstabhol\p{L}*|holen wir|wird abgeholt|bis (?:montag|dienstag|mittwoch|donnerstag|freitag|ende|spatestens)|vor (?:weihnachten|ostern|dem)|teillieferung\p{L}*|kw ?\d{1,2}|ritir\p{L}*|entro|prima (?:di|del|della|delle)|settimana \d{1,2}|recog\p{L}*|antes (?:de|del|das|do)|cuanto antes|lo antes|semana \d{1,2}|afhal\p{L}*|ophal\p{L}*|uiterlijk|levant\p{L}*|odbior\p{L}*|przed|jak najszybciej|vyzved\p{L}*|nejpozdeji|hamt\p{L}*|senast|afhent\p{L}*|senest|weeks? \d{1,2}|wk ?\d{1,2})(?!\p{L})/u;
/** Words that change what is ordered, or leave it open. */
const CHANGE =
  /(?<!\p{L})(?:not sure|to (?:be )?(?:confirm\p{L}*|check\p{L}*|decid\p{L}*)|check (?:with|first|stock|price)|a (?:confirmer|verifier|voir|preciser)|nicht sicher|bitte (?:prufen|klaren)|noch (?:offen|(?:zu )?klaren)|da (?:confermare|verificare|definire)|por confirmar|comprobar|consultar|nog (?:te|checken)|graag checken|do (?:potwierdzenia|sprawdzenia|ustalenia)|cancel\p{L}*|annul\p{L}*|stornier\p{L}*|anul\p{L}*|cancelad\p{L}*|scrap|except|sauf|ausser|tranne|eccetto|excepto|salvo|behalve|exceto|oprocz|without|ohne|senza|sin|zonder|only|seulement|uniquement|nur|solo|soltanto|alleen|somente|tylko|endast|kun|last order|new price|price (?:as|per|agreed|to)|prix (?:a|selon|convenu)|preis (?:wie|laut|nach)|prezzo (?:come|da)|precio (?:segun|a)|increase\p{L}*|reduce\p{L}*|augment\p{L}*|reduir\p{L}*|erhoh\p{L}*|reduzier\p{L}*|aumentar\p{L}*|verhoog\p{L}*|verlaag\p{L}*|zwieksz\p{L}*|zmniejsz\p{L}*|double|doppelt|doppio|doble|dubbel|as last time|comme la derniere fois|wie (?:letztes mal|beim letzten mal|immer)|come l ultima volta|como la ultima vez|zoals (?:de vorige keer|altijd)|como da ultima vez|jak ostatnio|as usual|comme d habitude|come al solito|como siempre|como de costumbre|jak zwykle)(?!\p{L})/u;
/** Words of papers, payment, packing, unloading and persons, which change nothing that is ordered. */
const BUSINESS =
  /(?<!\p{L})(?:invoic\p{L}*|factur\p{L}*|rechnung\p{L}*|fattur\p{L}*|fatur\p{L}*|faktur\p{L}*|delivery notes?|packing (?:list|slip)s?|bons? de livraison|bl|lieferschein\p{L}*|d ?d ?t|bolla|albaran\p{L}*|pakbon\p{L}*|guias?|order n(?:o|umber)|p ?o n(?:o|umber)|no de commande|numero de commande|bestellnummer\p{L}*|num\p{L}* (?:d )?ordine|numero de pedido|bestelnummer|n da (?:nota de )?encomenda|numer zamowienia|confirm\p{L}*|bestatig\p{L}*|conferm\p{L}*|bevestig\p{L}*|potwierdz\p{L}*|palett?\p{L}*|pallets?|bancal\p{L}*|karton\p{L}*|pack(?:ed|ing|aging)|verpack\p{L}*|emball\p{L}*|imball\p{L}*|embal\p{L}*|verpakk\p{L}*|label\p{L}*|etikett\p{L}*|etiquet\p{L}*|etichett\p{L}*|unload\p{L}*|entlad\p{L}*|dechargement|scarico|descarga|lossen|hayon|hebebuhne|tail ?lift|sponda|anlieferung|reception|goods in|tel|phone|telefon\p{L}*|ring|call (?:us|me|before|ahead)|anruf\p{L}*|avisier\p{L}*|appeler|prevenir|chiamare|avvisare|llamar|avisar|bellen|zadzwon\p{L}*|payment|zahl\p{L}*|paiement|reglement|pagamento|pago|betaling|platnosc\p{L}*|prices?|preise?|prix|prezzi|precios|prijzen|precos|ceny|vat|tva|mwst|iva|btw|door|gate|tor|porte|porta|puerta|deur|driver|fahrer|chauffeur|autista|conductor|contact|kontakt|ansprechpartner|contatto|contacto|persona|signature|unterschrift|firma|handtekening|assinatura|podpis)(?!\p{L})|@/u;

/** That goods come as they always do, which changes nothing: `Bitte wie immer an die Werkstatt liefern`. */
const AS_EVER =
  /(?<!\p{L})(?:as (?:usual|always)|comme (?:d habitude|toujours)|wie (?:immer|ublich|gewohnt)|come (?:al solito|sempre)|como (?:siempre|de costumbre|sempre|de costume)|zoals (?:altijd|gewoonlijk)|jak (?:zwykle|zawsze)|jako (?:vzdy|obvykle)|som (?:vanligt|alltid|altid|saedvanligt))(?!\p{L})/gu;
const DELIVERING =
  /(?<!\p{L})(?:deliver\p{L}*|liefer\p{L}*|anliefer\p{L}*|livr\p{L}*|consegn\p{L}*|entreg\p{L}*|lever\p{L}*|dostar\p{L}*|dostaw\p{L}*|doruc\p{L}*|dodat|dodani)(?!\p{L})/u;

/** Words of a remark, without what only says that nothing may stand for another or that goods come as ever. */
const wordsOf = (text: string): string => {
  const plain = plainWords(text).replace(NO_EXCHANGE, ' ');
  return DELIVERING.test(plain) ? plain.replace(AS_EVER, ' ') : plain;
};

/** Whether a remark makes what it stands beside depend on something, or leaves a choice. */
export const isConditional = (text: string): boolean => {
  const plain = wordsOf(text);
  return CONDITION.test(plain) || EXCHANGE.test(plain);
};

/** Whether a remark changes what is ordered, how much or at what price, or leaves it open: somebody has to read it. */
export const changesOrder = (text: string): boolean => {
  const plain = wordsOf(text);
  if (EXCHANGE.test(plain) || asks(text)) return true;
  return (CONDITION.test(plain) || BESIDES.test(plain) || CHANGE.test(plain)) && !BUSINESS.test(plain);
};

const ASKED = /\p{L}{3}[^?]*\?/u;
/** Whether one of the questions of a remark is of the goods, and not of papers or persons: `or the blue ones? please call`. */
const asks = (text: string): boolean =>
  text.split(/(?<=[?!])\s*/).some((sentence) => ASKED.test(sentence) && !BUSINESS.test(plainWords(sentence)));

/** Whether a remark speaks of when or how goods come, or on what they depend. */
export const speaksOfDelivery = (text: string): boolean => {
  const plain = wordsOf(text);
  return CONDITION.test(plain) || WHEN.test(plain);
};

/** Words by which a message says that something is not wanted this time, or that there is enough of it. */
const NOT_WANTED =
  /(?<!\p{L})(?:not this (?:time|week|month|year|season)|no need|none this|don t need|we (?:still )?have|still have|enough|pas cette (?:fois|semaine|annee|saison)|pas ce mois|pas besoin|(?:on|nous) (?:en )?(?:a|avons) encore|il (?:nous )?(?:en )?reste|diesmal nicht|(?:dieses jahr|heuer|diesen monat|diese woche) nicht|diesmal kein\p{L}*|brauchen wir nicht|haben wir noch|ist noch da|stavolta no|quest anno no|questo mese no|questa volta no|non serve|(?:ne )?abbiamo ancora|ancora in casa|esta vez no|este (?:ano|mes) no|esta (?:semana|temporada) no|no hace falta|(?:todavia|aun) (?:nos )?(?:queda|quedan|tenemos|hay)|deze keer niet|(?:dit jaar|deze maand|deze week) niet|niet nodig|hebben (?:we|wij) nog|nog genoeg|desta vez nao|este (?:ano|mes) nao|nao (?:e )?preciso|ainda (?:temos|ha)|tym razem nie|w tym roku nie|nie trzeba|mamy jeszcze|tentokrat ne|jeste mame|inte den har gangen|har vi kvar|ikke denne gang|har vi endnu)(?!\p{L})/u;

export const isNotWanted = (text: string): boolean => NOT_WANTED.test(plainWords(text));
