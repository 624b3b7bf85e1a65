import type { Sense } from './sense';

/**
 * Names of fields in exports of programs, as `plainWords` gives them: SAP, Sage 100, JD Edwards, M3, Cegid, and segments
 * of EDI.
 */
const names: Partial<Record<Sense, string>> = {
  order_number: 'ebeln|vbeln|beg03|do piece|shdoco|sddoco|ibpuno|oborno|gl numero|bgm 1004',
  line_number: 'ebelp|posnr|posex|po101|dl ligne|sdlnid|ibpnli|obponr|gl numligne',
  reference:
    'matnr|idnlf|idtnr|kdmat|ar ref|af ref four|sdlitm|ibitno|obitno|gl codearticle|gl refartsaisie|pia 1|pia 5',
  ean: 'ean11|ar code barre|gl codebarre',
  description: 'txz01|maktx|arktx|ktext|pid05|dl design|ar design|sddsc1|ibpitd|obitds|gl libelle|imd f',
  quantity: 'menge|kwmeng|bstmg|po102|dl qte|sduorg|iborqa|oborqt|gl qtefact|gl qtestock|qty 21',
  unit: 'meins|bstme|vrkme|menee|po103|eu enumere|sduom|ibpuun|obalun',
  unit_price: 'netpr|vprei|po104|dl prix unitaire|sduprc|ibpupr|obsapr|gl puhtdev|gl puht|pri aaa|pri aab',
  amount: 'netwr|dl montant ht|sdaexp|oblnam|gl totalht|gl totalhtdev|moa 203',
  delivery_date: 'eindt|edatu|lfdat|dtm02|dtm 002|dtm 010|dtm 2|do date livr|dl date livr|sddrqj|ibdwdt|obdwdt',
  destination: 'n104 st|n102 st',
  customer: 'n102 by|do tiers|name1',
  currency: 'waers|waerk|cur02|cux 02',
  status: 'loekz|elikz|abgru',
  other:
    'bukrs|ekorg|ekgrp|bsart|auart|lifnr|kunnr|kunag|kunwe|bedat|aedat|erdat|audat|mwskz|werks|lgort|bprme|matkl|pstyp|knttp|mandt|beg01|beg02|beg05|isa|gs|st|cur01|po105|po106|po108|po110|ctt01|ctt02|n101|n103|n104 by|dtm 137|do date|do type|do domaine',
};

const senses = new Map(
  (Object.entries(names) as [Sense, string][]).flatMap(([sense, list]) =>
    list.split('|').map((name): [string, Sense] => [name, sense]),
  ),
);
/** Qualifiers of an article's numbers in EDI, which stand behind the name of the element: `PO109_VN`. */
const QUALIFIERS: Record<string, Sense> = {
  ...{ up: 'ean', upc: 'ean', en: 'ean', ean: 'ean', uk: 'ean', gtin: 'ean', ui: 'ean' },
  ...{ vn: 'reference', vp: 'reference', vc: 'reference', sk: 'reference', mg: 'reference' },
  ...{ bp: 'other', in: 'other', cb: 'other', pi: 'other' },
};

/** Sense of a program's field; undefined if it is none. An element of EDI may have a word behind it: `PO102_QTY`. */
export function programField(plain: string): Sense | undefined {
  const own = senses.get(plain);
  if (own) return own;
  const [first = '', second = '', ...rest] = plain.split(' ');
  if (!/^(?:po1|beg|cur|n1|pid|ctt|dtm|isa|gs|st)\d{0,2}$/.test(first) || second === '') return undefined;
  if (/^po1(?:0[79]|1\d|2\d)$/.test(first)) return QUALIFIERS[rest.at(-1) ?? second] ?? 'other';
  return senses.get(`${first} ${second}`) ?? senses.get(first);
}
