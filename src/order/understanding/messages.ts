import type { Bilingual } from '../../../schemas/language';
import type { Anomaly, Provenance } from '../../../schemas/order/order';
import type { UnnumberedLine } from './line';

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
  'line.quantity_uncertain': {
    severity: 'blocking',
    en: 'The quantity “{text}” can be {readings}.',
    fr: 'La quantité « {text} » peut être {readings_fr}.',
    fix: { en: 'Give one of these: {readings}.', fr: 'Donnez l’une d’elles : {readings_fr}.' },
  },
  'line.quantity_packed': {
    severity: 'warning',
    en: 'The quantity “{text}” was read as {value}.',
    fr: 'La quantité « {text} » a été lue : {value}.',
  },
  'line.noted': {
    severity: 'warning',
    en: 'Somebody has put a note on a cell of this line: “{text}”.',
    fr: 'Une note est attachée à une cellule de cette ligne : « {text} ».',
  },
  'line.remark': {
    severity: 'warning',
    en: 'A remark on this line was not taken into account: “{text}”.',
    fr: 'Une remarque sur cette ligne n’a pas été prise en compte : « {text} ».',
  },
  'line.carried': {
    severity: 'warning',
    en: 'A sign for “the same as above” was replaced by what stands above it.',
    fr: 'Un signe « idem » a été remplacé par la valeur au-dessus.',
  },
  'line.part_struck': {
    severity: 'warning',
    en: 'A part of “{text}” is struck through: “{value}” was read.',
    fr: 'Une partie de « {text} » est barrée : « {value} » a été lu.',
  },
  'line.reference_uncertain': {
    severity: 'blocking',
    en: 'The cell “{text}” names more than one reference: {parts}.',
    fr: 'La cellule « {text} » nomme plus d’une référence : {parts}.',
    fix: { en: 'Give the one that is meant.', fr: 'Donnez celle qui est voulue.' },
  },
  'line.variant_damaged': {
    severity: 'blocking',
    en: 'The size or colour “{text}” became a day in the spreadsheet.',
    fr: 'La taille ou la couleur « {text} » est devenue une date dans le tableur.',
    fix: { en: 'Ask the customer for the size, as text.', fr: 'Demandez au client la taille, en texte.' },
  },
  'cells.no_heading': {
    severity: 'warning',
    en: 'Filled cells of this line stand under no heading.',
    fr: 'Des cellules remplies de cette ligne n’ont pas d’en-tête.',
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
  'line.quantity_free': {
    severity: 'warning',
    en: 'Beside the quantity the file gives {text} free of charge, which was not read.',
    fr: 'En plus de la quantité, le fichier indique {text} sans frais, qui n’a pas été lu.',
  },
  'line.quantity_limit': {
    severity: 'warning',
    en: 'The quantity {text} is more than “{label}” says, {size}.',
    fr: 'La quantité {text} dépasse ce qu’indique « {label} », {size}.',
  },
  'line.contradiction': {
    severity: 'warning',
    en: 'The code {text} ends with another size than its words name.',
    fr: 'Le code {text} se termine par une autre taille que celle que ses mots indiquent.',
  },
  'line.repeated': {
    severity: 'warning',
    en: '{text} is on several lines with the same quantity: it may have been entered twice.',
    fr: '{text} figure sur plusieurs lignes avec la même quantité : il a peut-être été saisi deux fois.',
  },
  'line.quantity_multiple': {
    severity: 'warning',
    en: 'The quantity {text} is no multiple of the pack, {size}; nearly all others are.',
    fr: 'La quantité {text} n’est pas un multiple du conditionnement, {size} ; presque toutes les autres le sont.',
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
  'line.price_zero': {
    severity: 'warning',
    en: 'The price is zero.',
    fr: 'Le prix est nul.',
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
  'line.date_by_country': {
    severity: 'warning',
    en: 'The date “{text}” was read as {first}, as it is written in the country of the addresses.',
    fr: 'La date « {text} » a été lue {first}, comme on l’écrit dans le pays des adresses.',
  },
  'line.packs_mismatch': {
    severity: 'warning',
    en: 'The packs of this line hold {first}, the quantity says {text}; in the other lines they agree.',
    fr: 'Les colis de cette ligne contiennent {first}, la quantité indique {text} ; sur les autres lignes ils concordent.',
  },
  'line.variant_incomplete': {
    severity: 'warning',
    en: 'This line lacks a value that every other line like it has, beside “{text}”.',
    fr: 'Il manque à cette ligne une valeur que toutes les autres semblables ont, à côté de « {text} ».',
  },
  'line.date_partial': {
    severity: 'warning',
    en: 'The date “{text}” names no year, or a week: it was read as {first}.',
    fr: 'La date « {text} » n’indique pas d’année, ou une semaine : elle a été lue {first}.',
  },
  'line.date_ambiguous': {
    severity: 'blocking',
    en: 'The date “{text}” can be {first} or {second}.',
    fr: 'La date « {text} » peut être {first} ou {second}.',
  },
  'line.hidden': {
    severity: 'warning',
    en: 'The row is hidden in the file and was read as a line.',
    fr: 'La ligne est masquée dans le fichier et a été lue.',
  },
  'line.held': {
    severity: 'blocking',
    en: 'A remark puts this line in question: “{text}”.',
    fr: 'Une remarque met cette ligne en question : « {text} ».',
    fix: {
      en: 'Ask the customer whether it is ordered; remove the line, or dismiss this.',
      fr: 'Demandez au client si elle est commandée ; supprimez la ligne, ou écartez ceci.',
    },
  },
  'rows.left_out': {
    severity: 'warning',
    en: 'Rows were left out, because they are {why} ({text}).',
    fr: 'Des lignes n’ont pas été retenues : {why_fr} ({text}).',
    fix: {
      en: 'If one is ordered all the same, add it as a line.',
      fr: 'Si l’une est commandée malgré tout, ajoutez-la comme ligne.',
    },
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
  'columns.unread': {
    severity: 'warning',
    en: 'Columns of figures were not read, because nothing says what they are for: {text}.',
    fr: 'Des colonnes de chiffres n’ont pas été lues, car rien n’indique leur rôle : {text}.',
  },
  'remarks.unread': {
    severity: 'warning',
    en: 'Remarks around the lines were not taken into account: {text}.',
    fr: 'Des remarques autour des lignes n’ont pas été prises en compte : {text}.',
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
  'orders.several': {
    severity: 'blocking',
    en: 'The file holds {count} orders: {text}.',
    fr: 'Le fichier contient {count} commandes : {text}.',
    fix: {
      en: 'Enter them apart, or dismiss this if they are to be one order.',
      fr: 'Saisissez-les séparément, ou écartez ceci s’il s’agit d’une seule commande.',
    },
  },
  'sheets.versions': {
    severity: 'blocking',
    en: 'The sheets {text} seem to be versions of one order; the lines of all were read.',
    fr: 'Les feuilles {text} semblent être des versions d’une même commande ; les lignes de toutes ont été lues.',
    fix: {
      en: 'Remove the lines of the old version, or dismiss this if all are ordered.',
      fr: 'Supprimez les lignes de l’ancienne version, ou écartez ceci si toutes sont commandées.',
    },
  },
  'delivery.several': {
    severity: 'blocking',
    en: 'The lines go to {count} addresses: {text}.',
    fr: 'Les lignes vont à {count} adresses : {text}.',
    fix: {
      en: 'Each line has its own destination; dismiss this once the addresses are clear.',
      fr: 'Chaque ligne a sa destination ; écartez ceci une fois les adresses éclaircies.',
    },
  },
  'date.order': {
    severity: 'warning',
    en: 'The delivery date {first} is before the date of the order, {second}.',
    fr: 'La date de livraison {first} précède la date de commande, {second}.',
  },
  'text.encoding': {
    severity: 'warning',
    en: 'The encoding of the file was told from its letters ({text}); check names with accents.',
    fr: 'Le codage du fichier a été déduit de ses lettres ({text}) ; vérifiez les noms accentués.',
  },
  'text.mended': {
    severity: 'warning',
    en: 'Rows of the file were not well formed and were mended to read them ({text}).',
    fr: 'Des lignes du fichier étaient mal formées et ont été réparées pour être lues ({text}).',
  },
  'line.text_damaged': {
    severity: 'warning',
    en: 'Letters of “{text}” were lost before the file was sent.',
    fr: 'Des lettres de « {text} » ont été perdues avant l’envoi du fichier.',
  },
  'date.by_country': {
    severity: 'warning',
    en: 'The date “{text}” was read as {first}, as it is written in the country of the addresses.',
    fr: 'La date « {text} » a été lue {first}, comme on l’écrit dans le pays des adresses.',
  },
  'date.ambiguous': {
    severity: 'blocking',
    en: 'The date “{text}” can be {first} or {second}.',
    fr: 'La date « {text} » peut être {first} ou {second}.',
  },
  'date.unreadable': {
    severity: 'warning',
    en: 'The date “{text}” cannot be read.',
    fr: 'La date « {text} » est illisible.',
  },
  'currency.uncertain': {
    severity: 'warning',
    en: 'Several currencies are written “{text}”: nothing in the file says which it is.',
    fr: 'Plusieurs devises s’écrivent « {text} » : rien dans le fichier ne dit laquelle.',
  },
  'currency.mixed': {
    severity: 'warning',
    en: 'The file has several currencies: {text}.',
    fr: 'Le fichier comporte plusieurs devises : {text}.',
  },
  'lines.prose': {
    severity: 'warning',
    en: 'The lines were read from a text without columns; check them against it.',
    fr: 'Les lignes ont été lues dans un texte sans colonnes ; vérifiez-les.',
  },
  'rows.coloured': {
    severity: 'blocking',
    en: 'The file says that the colour of a row decides whether it is ordered ({text}), and leaves open whether all lines are.',
    fr: 'Le fichier dit que la couleur d’une ligne décide si elle est commandée ({text}), sans que toutes les lignes soient tranchées.',
    fix: {
      en: 'Compare the lines with the file and remove those that are not ordered; then dismiss this.',
      fr: 'Comparez les lignes au fichier et supprimez celles qui ne sont pas commandées ; puis écartez ceci.',
    },
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
  /** lines that it is about, before they have numbers */
  lines?: readonly UnnumberedLine[];
  line_ids?: string[];
}

export function anomaly({ code, evidence, words = {}, severity, line_id, line_ids }: Found): Anomaly {
  const message: Message = messages[code];
  const { fix } = message;
  return {
    code,
    severity: severity ?? message.severity,
    message: { en: fill(message.en, words), fr: fill(message.fr, words) },
    ...(line_id ? { line_id } : {}),
    ...(line_ids ? { line_ids } : {}),
    evidence,
    ...(fix ? { suggestion: { en: fill(fix.en, words), fr: fill(fix.fr, words) } } : {}),
  };
}

const fill = (text: string, words: Record<string, string>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => (words[name] ?? '…').slice(0, 200));
