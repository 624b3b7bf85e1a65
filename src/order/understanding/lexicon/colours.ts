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
