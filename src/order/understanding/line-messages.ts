import type { Message } from './message';

/** Messages about one line; `{x}` is replaced. */
export const lineMessages = {
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
    en: 'What stands above was taken for this line too, by a sign for “the same” or an empty cell of a group.',
    fr: 'La valeur au-dessus a été reprise pour cette ligne, d’après un signe « idem » ou une cellule vide d’un groupe.',
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
  'line.text_damaged': {
    severity: 'warning',
    en: 'Letters of “{text}” were lost before the file was sent.',
    fr: 'Des lettres de « {text} » ont été perdues avant l’envoi du fichier.',
  },
} satisfies Record<string, Message>;
