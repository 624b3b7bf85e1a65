import { plainWords } from './text';

/** Units as people write them, by their code in an order. */
const names: Record<string, string> = {
  pcs: 'pcs|single|singles|einzeln|loose|db|darab|buc|bucata|bucati|kom|komad|kosov|τεμ|τεμαχια|stuk|chaque|ch|pce|h87|c62|nar|ks|kus|kusy|kusu|kos|pc|pce|pces|piece|pieces|u|un|unit|units|unite|unites|unid|unidad|unidades|unidade|uds|ud|ea|each|st|stk|stck|stuck|stueck|stuks|adet|ad|pz|pza|pzas|pezzo|pezzi|peca|pecas|pieza|piezas|szt|sztuk|sztuka|sztuki|styck|stykk|stykker|nr|exemplaire|exemplaires|ex|item|items|copy|copies|个|件|個|只|枚|本|台|点|개|шт|штук|nos|numbers|stycken',
  bunch:
    'bunch|bunches|botte|bottes|bouquet|bouquets|bund|bunde|mazzo|mazzi|manojo|manojos|bos|bossen|molho|molhos|peczek|peczki|knippe|knippor|bundt|bundter|bun|bundle|bundles|bdl',
  box: 'cx|ds|dos|doosje|doosjes|etui|etuis|krabice|krabicka|astuccio|estuche|estuches|scat|bte|schtl|cxs|caixinha|ask|askar|aeske|aesker|box|boxes|bx|boite|boites|bte|btes|bt|schachtel|schachteln|caja|cajas|scatola|scatole|doos|dozen doos|kutu|pudelko|pudelka|盒|箱|ボックス|박스',
  carton:
    'ct|ca|cas|krt|crtn|kartong|kartonger|kart|ktn|kollo|colli|carton|cartons|ctn|ctns|crt|cart|case|cases|cs|karton|kartons|cartone|cartoni|caixa|caixas|koli|kolli|colis|caisse|caisses',
  pack: 'bri|brs|ve|pck|pch|poche|poches|busta|buste|zakje|zakjes|brik|briks|briques|brick|bricks|tetra|cf|vpe|vk|vke|gebinde|op|opakowan|pct|pac|fp|frp|bdl|bundle|bundles|forpackning|forp|paket|pakke|pakker|pk|pack|packs|pks|pkt|packet|packets|package|packages|paquet|paquets|paq|pqt|packung|packungen|pkg|paquete|paquetes|pacco|pacchi|confezione|confezioni|conf|pak|pakken|pakete|pacote|pacotes|opak|opakowanie|lot|lots|blister|blisters|包|袋装|パック|팩|sleeve|sleeves',
  pallet: 'pallet|pallets|plt|pal|palette|palettes|paletten|palet|palets|pale|paleta|palety|托盘|パレット',
  kg: 'kgm|kg|kgs|kilo|kilos|kilogram|kilograms|kilogramme|kilogrammes|kilogramm|chilo|chili|公斤|千克',
  g: 'g|gr|grs|gram|grams|gramme|grammes|gramm|克',
  t: 't|to|tonne|tonnes|ton|tons|tonnen|吨',
  l: 'l|lt|ltr|liter|liters|litre|litres|litro|litros|litri|升',
  ml: 'ml|millilitre|millilitres|milliliter|毫升',
  m: 'm|bm|ml lin|mt|mtr|mts|meter|meters|metre|metres|metro|metros|metri|ml lineaire|metre lineaire|metres lineaires|lfm|米|lpm|lopmeter|lopande meter|lbm|mb|metr|metry|metrow',
  cm: 'cm|centimetre|centimetres|centimeter|厘米',
  mm: 'mm|millimetre|millimetres|millimeter|毫米',
  m2: 'm2|m²|sqm|qm|metre carre|metres carres|square metre|square meter|平方米',
  m3: 'm3|m³|cbm|metre cube|metres cubes|cubic metre|cubic meter|立方米',
  h: 'h|hr|hrs|hour|hours|heure|heures|stunde|stunden|std|hora|horas|ora|ore|uur|saat|小时',
  day: 'day|days|jour|jours|j|tag|tage|dia|dias|giorno|giorni|dag|dagen|gun|天',
  set: 'sa|kt|kpl|komplet|komplety|set|sets|kit|kits|jeu|jeux|satz|satze|conjunto|juego|juegos|takim|zestaw|zestawy|saet|sats|satser|套|セット|세트',
  pair: 'cp|coppia|coppie|pareja|parejas|para|pary|pair|pairs|pr|prs|paire|paires|paar|par|pares|paio|paia|cift|para|双|足|켤레',
  bar: 'bar|bars|barre|barres|barra|barras|barre|stange|stangen|stab|stabe|staaf|staven|vara|varas|pret|prety|stang|stanger|length|lengths|longueur|longueurs',
  roll: 'bob|bobine|bobines|bobina|bobinas|bobine|cour|couronne|couronnes|roll|rolls|rl|rouleau|rouleaux|rlx|rolle|rollen|rollo|rollos|rotolo|rotoli|rol|rolo|rulo|rolka|卷|ロール|coil|coils|reel|reels|spool|spools|bobin|rulle|rullar|ruller|krazek|role|roli',
  dozen:
    'douz|dutz|dozen|dozens|dz|doz|doc|docs|dzn|douzaine|douzaines|dutzend|dtz|docena|docenas|dozzina|dozijn|duzia|duzine|打|ダース',
  bottle:
    'flacon|flacons|flacone|flaconi|flakon|flakony|flacao|bottle|bottles|btl|btls|bouteille|bouteilles|btle|flasche|flaschen|fl|botella|botellas|bottiglia|bottiglie|fles|flessen|garrafa|sise|butelka|瓶',
  bag: 'sc|sch|bg|sach|bag|bags|sac|sacs|sachet|sachets|beutel|sack|bolsa|bolsas|sacco|sacchi|zak|zakken|saco|torba|worek|袋|ps|pose|poser|pase|pasar|pytel|sacek|sacky|worki|torebka|torebki',
  bucket:
    'eim|sea|bucket|buckets|pail|pails|seau|seaux|eimer|secchio|secchi|secchiello|cubo|cubos|emmer|emmers|balde|baldes|wiadro|wiadra|hink|hinkar|spand|spande',
  can: 'kan|latte|can|cans|tin|tins|bidon|bidons|canette|canettes|kanister|dose|dosen|tanica|taniche|latta|lattina|lata|latas|bidones|blik|blikken|bus|bussen|jerrycan|jerrycans|kanna|burk|burkar|daase|daaser|puszka|puszki|kanka',
  drum: 'drum|drums|barrel|barrels|fut|futs|tonneau|tonneaux|fass|fasser|faesser|fusto|fusti|barril|barriles|bidon 200l|vat|vaten|barris|beczka|beczki|fat',
  jar: 'jar|jars|pot|pots|bocal|bocaux|glas|glaser|becher|barattolo|barattoli|vasetto|vasetti|tarro|tarros|frasco|frascos|pote|potes|sloik|sloiki',
  tube: 'koker|kokers|jeringa|jeringas|seringue|seringues|spritze|spritzen|siringa|siringhe|tube|tubes|tuben|tubetto|tubetti|tubo|tubos|tuba|tuby',
  crate:
    'kasten|kaesten|bedna|bedny|beden|bednu|crate|crates|cagette|cagettes|caissette|caissettes|kiste|kisten|cassa|casse|cassetta|cassette|krat|kratten|skrzynka|skrzynki|back|backar|kasse|kasser|plateau|plateaux|tray|trays|barquette|barquettes|barq|bqt',
  net: 'filet|filets|netz|netze|rete|reti|malla|mallas|netten|nat',
  ream: 'ream|reams|rame|rames|ries|risma|risme|resma|resmas|riem|ryza|ryzy',
  tub: 'tub|tubs|punnet|punnets|bac|bacs|bak|bakken|tarrina|tarrinas|vaschetta|vaschette',
  keg: 'keg|kegs|cask|casks|barrel 50l|barrique',
  bale: 'bale|bales|balle|balles|ballen|baal|balen|fardo|fardos|balla|bala|balas|sacks|sekk|saek|saekke|saeck',
  lb: 'lb|lbs|pound|pounds|livre|libra|libras|livres',
  oz: 'oz|ounce|ounces',
  gal: 'gal|gallon|gallons|galon|galones',
  ft: 'ft|foot|feet|pied|pieds|pie|pies',
  tray: 'trays|plant tray',
  loaf: 'loaf|loaves|laib|laibe|pagnotta|pagnotte|hogaza|hogazas|bochenek|bochenki|bochnik|bochniky',
  load: 'load|loads|lorry load',
  sheet:
    'pan|sheet|platte|platten|plaat|platen|plaque|plaques|panneau|panneaux|lastra|lastre|placa|placas|chapa|plyta|plyty|sheets|feuille|feuilles|flle|blatt|bogen|hoja|hojas|foglio|fogli|vel|vellen|folha|张|skiva|skivor|plade|plader|tafel|tafeln|board|boards|arkusz|arkusze',
};

const codes = new Map(Object.entries(names).flatMap(([code, words]) => words.split('|').map((word) => [word, code])));

/** Units of measure, of which a fraction can be ordered. */
const measures = new Set(['lb', 'oz', 'gal', 'ft', 'kg', 'g', 't', 'l', 'ml', 'm', 'cm', 'mm', 'm2', 'm3', 'h', 'day']);

export const isMeasure = (code: string): boolean => measures.has(code);

/** Code of a unit: `pcs` for `Pièce(s)`; undefined if it is unknown. */
export function unitCode(text: string): string | undefined {
  if (text.length > 40) return undefined;
  const lower = text.trim().toLowerCase();
  return codes.get(lower) ?? codes.get(plainWords(lower)) ?? codes.get(plainWords(lower.replace(/\(?(s|x|es)\)$/, '')));
}

/** A pack with what it holds: `box 200`, `paquet de 10`, `doos 6 x 75 cl`, `seau 15 L`. */
const HOLDING =
  /^(\p{L}[\p{L}.]*)\s*(?:(?:de|of|à|a|von|di|da|van|je|po|zu|x)\s+)?\d[\d.,]*\s*(?:[x×*]\s*\d[\d.,]*\s*)?(?:\p{L}{1,12}\.?)?$/iu;

/** Whether a text is a pack behind what it holds: `5kg tray`, `12 kg carton`. */
export function holdsMeasure(text: string): boolean {
  const [, measure = '', last = ''] = /^\d[\d.,]*\s?(\p{L}{1,3})\.?\s+(\p{L}{3,})$/u.exec(text.trim()) ?? [];
  const pack = unitCode(last);
  return pack !== undefined && !isMeasure(pack) && isMeasure(unitCode(measure) ?? '');
}

/** Whether a text is a known unit, by itself or with what it holds. */
export const isUnit = (text: string): boolean =>
  unitCode(text) !== undefined || holdsMeasure(text) || unitCode(HOLDING.exec(text.trim())?.[1] ?? '') !== undefined;
