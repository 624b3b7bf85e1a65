import type { Message } from './message';
import { lineMessages } from './line-messages';

/** Messages of a reading; `{x}` is replaced. */
export const messages = {
  ...lineMessages,
  'cells.no_heading': {
    severity: 'warning',
    en: 'Filled cells of this line stand under no heading.',
    fr: 'Des cellules remplies de cette ligne n’ont pas d’en-tête.',
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
    en: 'Columns were not read, because nothing says what they are for: {text}.',
    fr: 'Des colonnes n’ont pas été lues, car rien n’indique leur rôle : {text}.',
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
