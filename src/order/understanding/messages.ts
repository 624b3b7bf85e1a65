import type { Bilingual } from '../../../schemas/language';
import type { Anomaly, Provenance } from '../../../schemas/order/order';

type Severity = Anomaly['severity'];

interface Message {
  severity: Severity;
  en: string;
  fr: string;
  /** advice to the reader */
  fix?: Bilingual;
}

/** Messages of a reading; `{x}` is replaced. */
const messages = {
  'line.reference_missing': {
    severity: 'blocking',
    en: 'This line has neither a reference nor a barcode.',
    fr: 'Cette ligne n’a ni référence ni code-barres.',
    fix: {
      en: 'Ask the customer for the reference of “{what}”.',
      fr: 'Demandez au client la référence de « {what} ».',
    },
  },
  'line.reference_damaged': {
    severity: 'blocking',
    en: 'The reference “{text}” lost digits or its form in the spreadsheet.',
    fr: 'La référence « {text} » a perdu des chiffres ou sa forme dans le tableur.',
    fix: {
      en: 'Ask the customer for the full reference, as text.',
      fr: 'Demandez au client la référence complète, en texte.',
    },
  },
  'line.reference_duplicate': {
    severity: 'warning',
    en: 'The reference {text} is on more than one line.',
    fr: 'La référence {text} figure sur plusieurs lignes.',
  },
  'line.quantity_missing': {
    severity: 'blocking',
    en: 'This line has no quantity.',
    fr: 'Cette ligne n’a pas de quantité.',
    fix: {
      en: 'Ask the customer how many are wanted, or remove the line.',
      fr: 'Demandez la quantité au client, ou supprimez la ligne.',
    },
  },
  'line.quantity_unreadable': {
    severity: 'blocking',
    en: 'The quantity “{text}” is not one number.',
    fr: 'La quantité « {text} » n’est pas un nombre.',
  },
  'line.quantity_negative': {
    severity: 'blocking',
    en: 'The quantity {text} is below zero.',
    fr: 'La quantité {text} est négative.',
  },
  'line.quantity_zero': {
    severity: 'warning',
    en: 'The quantity is zero: the row was not read as a line.',
    fr: 'La quantité est nulle : la ligne n’a pas été retenue.',
  },
  'line.quantity_fractional': {
    severity: 'warning',
    en: 'The quantity {text} is not a whole number.',
    fr: 'La quantité {text} n’est pas un nombre entier.',
  },
  'line.quantity_absurd': {
    severity: 'warning',
    en: 'The quantity {text} is far from all others.',
    fr: 'La quantité {text} est très éloignée des autres.',
  },
  'line.unit_unknown': {
    severity: 'warning',
    en: 'The unit “{text}” is not known.',
    fr: 'L’unité « {text} » n’est pas connue.',
  },
  'line.price_unreadable': {
    severity: 'warning',
    en: 'The price “{text}” is not a number.',
    fr: 'Le prix « {text} » n’est pas un nombre.',
  },
  'line.amount_unreadable': {
    severity: 'warning',
    en: 'The amount “{text}” is not a number.',
    fr: 'Le montant « {text} » n’est pas un nombre.',
  },
  'line.price_negative': {
    severity: 'warning',
    en: 'The price {text} is below zero.',
    fr: 'Le prix {text} est négatif.',
  },
  'line.amount_mismatch': {
    severity: 'warning',
    en: 'Quantity × price gives {expected}, the file says {text}.',
    fr: 'Quantité × prix donne {expected}, le fichier indique {text}.',
  },
  'line.value_error': {
    severity: 'warning',
    en: 'The cell holds the error {text}.',
    fr: 'La cellule contient l’erreur {text}.',
  },
  'line.formula_computed': {
    severity: 'warning',
    en: 'The file had no result for a formula; {text} was computed here.',
    fr: 'Le fichier ne donnait pas le résultat d’une formule ; {text} a été calculé ici.',
  },
  'line.formula_unknown': {
    severity: 'warning',
    en: 'The file has no result for a formula, and it cannot be computed here.',
    fr: 'Le fichier ne donne pas le résultat d’une formule, et elle ne peut être calculée ici.',
    fix: {
      en: 'Open the file in a spreadsheet program and save it again.',
      fr: 'Ouvrez le fichier dans un tableur et enregistrez-le à nouveau.',
    },
  },
  'line.number_ambiguous': {
    severity: 'warning',
    en: '“{text}” can be {first} or {second}: nothing in the file decides.',
    fr: '« {text} » peut être {first} ou {second} : rien dans le fichier ne le dit.',
  },
  'line.date_unreadable': {
    severity: 'warning',
    en: 'The date “{text}” cannot be read.',
    fr: 'La date « {text} » est illisible.',
  },
  'line.date_ambiguous': {
    severity: 'warning',
    en: 'The date “{text}” can be {first} or {second}.',
    fr: 'La date « {text} » peut être {first} ou {second}.',
  },
  'line.hidden': {
    severity: 'warning',
    en: 'The row is hidden in the file and was read as a line.',
    fr: 'La ligne est masquée dans le fichier et a été lue.',
  },
  'sheet.hidden': {
    severity: 'warning',
    en: 'The sheet “{text}” is hidden and was left out; it looks like an order.',
    fr: 'La feuille « {text} » est masquée et n’a pas été lue ; elle ressemble à une commande.',
  },
  'sheet.not_read': {
    severity: 'warning',
    en: 'The sheet “{text}” was not read: {why}.',
    fr: 'La feuille « {text} » n’a pas été lue : {why_fr}.',
  },
  'columns.uncertain': {
    severity: 'warning',
    en: 'It is not certain what a column is for ({text}): {why}.',
    fr: 'Le rôle d’une colonne n’est pas certain ({text}) : {why_fr}.',
  },
  'columns.proposed': {
    severity: 'warning',
    en: 'A model has proposed how the table on the sheet “{text}” is built; quantities were read from {columns}. Please check.',
    fr: 'Un modèle a proposé la structure du tableau de la feuille « {text} » ; les quantités ont été lues en {columns}. Merci de vérifier.',
  },
  'references.none': {
    severity: 'warning',
    en: 'The table has no column of references: the lines have a description only.',
    fr: 'Le tableau n’a pas de colonne de références : les lignes n’ont qu’une désignation.',
  },
  'total.mismatch': {
    severity: 'warning',
    en: 'The file states {text} for “{label}”; the lines add up to {expected}.',
    fr: 'Le fichier indique {text} pour « {label} » ; la somme des lignes est {expected}.',
  },
  'date.ambiguous': {
    severity: 'warning',
    en: 'The date “{text}” can be {first} or {second}.',
    fr: 'La date « {text} » peut être {first} ou {second}.',
  },
  'date.unreadable': {
    severity: 'warning',
    en: 'The date “{text}” cannot be read.',
    fr: 'La date « {text} » est illisible.',
  },
  'currency.mixed': {
    severity: 'warning',
    en: 'The file has several currencies: {text}.',
    fr: 'Le fichier comporte plusieurs devises : {text}.',
  },
  'rows.skipped': {
    severity: 'warning',
    en: 'Rows inside the table were not understood and not read ({text}).',
    fr: 'Des lignes du tableau n’ont pas été comprises ni lues ({text}).',
  },
} satisfies Record<string, Message>;

export type Code = keyof typeof messages;

export interface Found {
  code: Code;
  evidence: Provenance[];
  words?: Record<string, string>;
  severity?: Severity;
  line_id?: string;
}

export function anomaly({ code, evidence, words = {}, severity, line_id }: Found): Anomaly {
  const message: Message = messages[code];
  const { fix } = message;
  return {
    code,
    severity: severity ?? message.severity,
    message: { en: fill(message.en, words), fr: fill(message.fr, words) },
    ...(line_id ? { line_id } : {}),
    evidence,
    ...(fix ? { suggestion: { en: fill(fix.en, words), fr: fill(fix.fr, words) } } : {}),
  };
}

const fill = (text: string, words: Record<string, string>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => (words[name] ?? '…').slice(0, 200));

/** Reasons for doubt about a column. */
export const doubtReasons = {
  close: { en: 'two columns could have the same role', fr: 'deux colonnes peuvent avoir le même rôle' },
  no_heading: { en: 'its heading does not say so, its content does', fr: 'son en-tête ne le dit pas, son contenu oui' },
  list_price: { en: 'it may be a recommended retail price', fr: 'il peut s’agir d’un prix public conseillé' },
  matrix: {
    en: 'quantities across several columns, without a total that proves it',
    fr: 'des quantités en plusieurs colonnes, sans total qui le prouve',
  },
  title: {
    en: 'the title above the table speaks of other quantities than ordered ones',
    fr: 'le titre du tableau parle d’autres quantités que celles commandées',
  },
  periods: {
    en: 'quantities by week or month, of which only the sum was read',
    fr: 'des quantités par semaine ou par mois, dont seule la somme a été lue',
  },
  basis: {
    en: 'the price is for several units',
    fr: 'le prix est pour plusieurs unités',
  },
  gaps: {
    en: 'it is filled for some lines only',
    fr: 'elle n’est remplie que pour certaines lignes',
  },
  packs: {
    en: 'the heading counts packs of several units',
    fr: 'l’en-tête compte des lots de plusieurs unités',
  },
  structure: {
    en: 'the given structure does not fit the sheet and was not used',
    fr: 'la structure donnée ne correspond pas à la feuille et n’a pas été utilisée',
  },
} satisfies Record<string, Bilingual>;

/** Reasons why a sheet was not read. */
export const sheetReasons = {
  no_table: { en: 'no table of ordered lines was found', fr: 'aucun tableau de lignes commandées n’a été trouvé' },
  repeated: { en: 'it repeats the lines of another sheet', fr: 'elle répète les lignes d’une autre feuille' },
  summary: { en: 'it sums up the lines of other sheets', fr: 'elle récapitule les lignes d’autres feuilles' },
  price_list: { en: 'products and prices without a quantity', fr: 'des produits et des prix sans quantité' },
  template: { en: 'no quantity is filled in', fr: 'aucune quantité n’est remplie' },
  header_only: { en: 'headings without rows', fr: 'des en-têtes sans lignes' },
  empty: { en: 'the sheet is empty', fr: 'la feuille est vide' },
  hidden: { en: 'the sheet is hidden', fr: 'la feuille est masquée' },
} satisfies Record<string, Bilingual>;

/** Reasons why a file is not an order. */
export const outcomeReasons = {
  price_list: {
    en: 'A list of products and prices: it has no column of ordered quantities.',
    fr: 'Une liste de produits et de prix : elle n’a pas de colonne de quantités commandées.',
  },
  template: {
    en: 'An order form in which no quantity is filled in.',
    fr: 'Un bon de commande dans lequel aucune quantité n’est remplie.',
  },
  header_only: { en: 'Headings of a table without any rows.', fr: 'Des en-têtes de tableau sans aucune ligne.' },
  empty: { en: 'The file has no cell that holds anything.', fr: 'Le fichier ne contient aucune cellule remplie.' },
  no_table: {
    en: 'No table of ordered lines was found in the file.',
    fr: 'Aucun tableau de lignes commandées n’a été trouvé dans le fichier.',
  },
  only_hidden: {
    en: 'Everything that looks like an order is on hidden sheets.',
    fr: 'Tout ce qui ressemble à une commande est sur des feuilles masquées.',
  },
} satisfies Record<string, Bilingual>;

export type OutcomeReason = keyof typeof outcomeReasons;
