import { plainWords } from '../text';

const COLOUR =
  '(?:green|red|yellow|orange|blue|grey|gray|pink|coloured|colored|highlighted|shaded|verte?s?|rouges?|jaunes?|bleu\\p{L}*|gris\\p{L}*|surligne\\p{L}*|colorie\\p{L}*|grun(?:e|er|en|es)?|rot(?:e|er|en|es)?|gelb\\p{L}*|blau\\p{L}*|grau(?:e|er|en)?|farbig\\p{L}*|markiert\\p{L}*|verd[ei]|ross[oaie]|giall[oaie]|blu|grigi\\p{L}*|evidenziat\\p{L}*|roj[oa]s?|amarill[oa]s?|azul(?:es)?|resaltad\\p{L}*|groen\\p{L}*|rood|rode|geel|gele|blauw\\p{L}*|grijs\\p{L}*|gemarkeerd\\p{L}*|vermelh[oa]s?|amarel[oa]s?|cinzent[oa]s?|zielon\\p{L}*|czerwon\\p{L}*|zolt\\p{L}*|zelen\\p{L}*|cerven\\p{L}*|zlut\\p{L}*|gron|grone|grona|rod|rode|gul|gule|gula)';
const LEGEND = new RegExp(
  `^(?:(?:legend|legende|key|leyenda|legenda|in|en|the|les?|las?|los|i|le|de|die|in) )*(?:(?:lines?|rows?|items?|lignes?|articles?|zeilen|artikel|positionen|righe|articoli|lineas|filas|regels|artikelen|linhas|pozycje) (?:in |en |marked |marquee?s? )?)?${COLOUR}(?: (?:lines?|rows?|items?|cells?|lignes?|cellules?|zeilen|felder|positionen|righe|celle|lineas|celdas|regels|cellen|linhas|pozycje))? (?:is |are |means |sont |est |signifie |ist |sind |bedeutet |sono |son |significa |zijn |betekent )?\\p{L}{2}`,
  'u',
);
/** What a legend says of rows: that they are wanted, or not, or later. */
const SAYS =
  /(?<!\p{L})(?:order\p{L}*|buy|wanted|needed|cancel\p{L}*|drop\p{L}*|not|no|urgent\p{L}*|later|hold|confirm\p{L}*|command\p{L}*|annul\p{L}*|pas|attente|besteh?l\p{L}*|entfall\p{L}*|nicht|freigegeben|spater|storn\p{L}*|ordin\p{L}*|annullat\p{L}*|non|attesa|ped\p{L}*|anulad\p{L}*|pendiente\p{L}*|niet|vervall?\p{L}*|nao|zam\p{L}*|nie|anulowan\p{L}*|objedn\p{L}*|bestall\p{L}*|bestil\p{L}*|ikke|inte)(?!\p{L})/u;

/** Whether a text says what a colour of the rows means: `green = please order`. */
export function isColourLegend(text: string): boolean {
  if (text.length > 120) return false;
  const plain = plainWords(text);
  return (
    LEGEND.test(plain) &&
    SAYS.test(plain) &&
    (/[=:]|\s[–-]\s/.test(text) || /(?<!\p{L})(?:is|are|means|sont|ist|sind|sono|son|zijn)(?!\p{L})/u.test(plain))
  );
}

/** What a colour makes of its rows; `remark`: something else than whether they are ordered, as that they are urgent. */
export type ColourMeaning = 'ordered' | 'cancelled' | 'held' | 'remark' | 'unknown';

const HELD =
  /(?<!\p{L})(?:not yet|on hold|hold|pending|later|to (?:be )?confirm\p{L}*|tbc|pas encore|en attente|a confirmer|plus tard|noch nicht|vorerst|spater|in klarung|zu klaren|non ancora|in attesa|da confermare|piu tardi|todavia no|aun no|pendiente\p{L}*|por confirmar|mas tarde|nog niet|in afwachting|later|te bevestigen|ainda nao|por confirmar|jeszcze nie|do potwierdzenia|pozniej)(?!\p{L})/u;
const CANCELLED =
  /(?<!\p{L})(?:cancel\p{L}*|dropp?\p{L}*|do not|don t|not (?:wanted|needed|ordered|to be)|no longer|annul\p{L}*|supprim\p{L}*|ne pas|plus (?:besoin|commande\p{L}*)|entf\p{L}*|storn\p{L}*|gestrichen|nicht|kein\p{L}*|annullat\p{L}*|eliminat\p{L}*|non|anulad\p{L}*|cancelad\p{L}*|eliminad\p{L}*|no (?:pedir|servir|enviar)|vervall?\p{L}*|geannuleerd|niet|nao|anulowan\p{L}*|nie|zrusen\p{L}*|utgar|udgar)(?!\p{L})/u;
const ORDERED =
  /(?<!\p{L})(?:(?:please )?order\p{L}*|to order|wanted|needed|buy|a commander|commande\p{L}*|bestell\p{L}*|ordinare|ordinat\p{L}*|da ordinare|pedir|pedid\p{L}*|bestel\p{L}*|encomend\p{L}*|zamow\p{L}*|objedn\p{L}*|bestall\p{L}*|bestil\p{L}*)(?!\p{L})/u;
const REMARK =
  /(?<!\p{L})(?:urgent\p{L}*|expedite|priority|asap|new|changed|dringend|eilt|neu|geandert\p{L}*|nouveau\p{L}*|modifie\p{L}*|prioritaire\p{L}*|urgente|nuov\p{L}*|modificat\p{L}*|nuev\p{L}*|modificad\p{L}*|spoed|nieuw\p{L}*|gewijzigd|novo\p{L}*|alterad\p{L}*|pilne|nowe|zmien\p{L}*)(?!\p{L})/u;

/** What the text of a legend makes of the rows of its colour. */
export function meaningOfColour(text: string): ColourMeaning {
  const plain = plainWords(text);
  if (HELD.test(plain)) return 'held';
  if (CANCELLED.test(plain)) return 'cancelled';
  if (ORDERED.test(plain)) return 'ordered';
  return REMARK.test(plain) ? 'remark' : 'unknown';
}

const HUES: readonly [string, RegExp][] = [
  [
    'green',
    /(?<!\p{L})(?:green|vert\p{L}*|grun\p{L}*|verd[ei]|groen\p{L}*|zielon\p{L}*|zelen\p{L}*|gron\p{L}*)(?!\p{L})/u,
  ],
  [
    'red',
    /(?<!\p{L})(?:red|pink|rouges?|rot(?:e|er|en|es)?|ross[oaie]|roj[oa]s?|rood|rode|vermelh[oa]s?|czerwon\p{L}*|cerven\p{L}*|rod)(?!\p{L})/u,
  ],
  [
    'yellow',
    /(?<!\p{L})(?:yellow|jaunes?|gelb\p{L}*|giall[oaie]|amarill[oa]s?|geel|gele|amarel[oa]s?|zolt\p{L}*|zlut\p{L}*|gul[ae]?)(?!\p{L})/u,
  ],
  ['orange', /(?<!\p{L})(?:orange\p{L}*|arancio\p{L}*|naranjas?|oranje|laranja)(?!\p{L})/u],
  ['blue', /(?<!\p{L})(?:blue|bleu\p{L}*|blau\p{L}*|blu|azul(?:es)?|blauw\p{L}*|niebiesk\p{L}*)(?!\p{L})/u],
  ['grey', /(?<!\p{L})(?:gr[ea]y|gris\p{L}*|grau\p{L}*|grigi\p{L}*|grijs\p{L}*|cinzent[oa]s?|szar\p{L}*)(?!\p{L})/u],
];

/** The one colour that a text names. */
export function hueNamed(text: string): string | undefined {
  const plain = plainWords(text);
  const named = HUES.filter(([, pattern]) => pattern.test(plain));
  return named.length === 1 ? named[0]?.[0] : undefined;
}
