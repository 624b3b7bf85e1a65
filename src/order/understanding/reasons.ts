import type { Bilingual } from '../../../schemas/language';
import type { LeftOutReason } from './types';
import { kinds } from './lexicon/kinds';

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
  months: {
    en: 'quantities of other weeks or months stand beside those that were read',
    fr: 'des quantités d’autres semaines ou mois se trouvent à côté de celles lues',
  },
  basis: {
    en: 'the price is for several units',
    fr: 'le prix est pour plusieurs unités',
  },
  amount: {
    en: 'it is called an amount and was read as the quantity',
    fr: 'il s’appelle montant et a été lu comme la quantité',
  },
  arithmetic: {
    en: 'quantity × price = amount holds for these columns, not for those that the headings name',
    fr: 'quantité × prix = montant vaut pour ces colonnes, et non pour celles que nomment les en-têtes',
  },
  date: {
    en: 'it only says date, and was read as the day of delivery',
    fr: 'il n’indique que date, et a été lu comme jour de livraison',
  },
  summed: {
    en: 'its heading says price, but the figure below is the sum of this column: it was read as the amount of each line',
    fr: 'son en-tête dit prix, mais le chiffre en dessous est la somme de cette colonne : elle a été lue comme le montant de chaque ligne',
  },
  absurd: {
    en: 'with these prices for one piece a line would be worth more than a million: they may be for all of it',
    fr: 'à ces prix par pièce, une ligne vaudrait plus d’un million : ce sont peut-être des prix pour l’ensemble',
  },
  money: {
    en: 'its heading only says money: it was read as the unit price, and nothing proves it',
    fr: 'son en-tête n’indique que la monnaie : il a été lu comme prix unitaire, et rien ne le prouve',
  },
  hidden: {
    en: 'the column is hidden and its quantities were left out',
    fr: 'la colonne est masquée et ses quantités n’ont pas été lues',
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

/** Reasons why rows were left out. */
export const leftOutReasons = {
  struck: { en: 'struck through', fr: 'barrées' },
  cancelled: { en: 'cancelled', fr: 'annulées' },
  returned: { en: 'returned', fr: 'des retours' },
  example: { en: 'an example', fr: 'un exemple' },
  superseded: { en: 'superseded', fr: 'remplacées' },
  done: { en: 'delivered already', fr: 'déjà livrées' },
  unavailable: { en: 'marked as not available', fr: 'marquées comme indisponibles' },
  suspended: { en: 'on hold', fr: 'suspendues' },
  held: { en: 'not yet confirmed', fr: 'pas encore confirmées' },
  filtered: {
    en: 'hidden by a filter, for somebody else than the rows shown',
    fr: 'masquées par un filtre, pour un autre que les lignes affichées',
  },
  hidden: { en: 'hidden', fr: 'masquées' },
  charge: { en: 'a deposit or another charge, no goods', fr: 'une consigne ou autre frais, pas une marchandise' },
  coloured: {
    en: 'not ordered by their colour, says a legend',
    fr: 'non commandées par leur couleur, selon une légende',
  },
  part: { en: 'what the line above them is made of', fr: 'le contenu de la ligne au-dessus' },
  section: {
    en: 'under a heading of other goods than ordered ones',
    fr: 'sous un titre d’autres marchandises que celles commandées',
  },
} satisfies Record<LeftOutReason, Bilingual>;

/** Reasons why a sheet was not read. */
export const sheetReasons = {
  no_table: { en: 'no table of ordered lines was found', fr: 'aucun tableau de lignes commandées n’a été trouvé' },
  repeated: { en: 'it repeats the lines of another sheet', fr: 'elle répète les lignes d’une autre feuille' },
  summary: { en: 'it sums up the lines of other sheets', fr: 'elle récapitule les lignes d’autres feuilles' },
  aside: { en: 'another sheet says that it alone is the order', fr: 'une autre feuille dit être seule la commande' },
  other: {
    en: 'its rows are not of the kind that the order’s are; please say if they are ordered as well',
    fr: 'ses lignes ne sont pas du même genre que celles de la commande ; dites-nous si elles sont aussi commandées',
  },
  earlier: {
    en: 'it is from before the order; please say if it is ordered as well',
    fr: 'elle date d’avant la commande ; dites-nous si elle est aussi commandée',
  },
  price_list: { en: 'products and prices without a quantity', fr: 'des produits et des prix sans quantité' },
  template: { en: 'no quantity is filled in', fr: 'aucune quantité n’est remplie' },
  header_only: { en: 'headings without rows', fr: 'des en-têtes sans lignes' },
  empty: { en: 'the sheet is empty', fr: 'la feuille est vide' },
  superseded: { en: 'it says that it no longer counts', fr: 'elle dit qu’elle ne compte plus' },
  hidden: { en: 'the sheet is hidden', fr: 'la feuille est masquée' },
} satisfies Record<string, Bilingual>;

/** Reasons why a file or a sheet is no order by its own words. */
export const kindReasons = {
  ...kinds,
  superseded: { en: 'An order that no longer counts', fr: 'Une commande qui ne compte plus' },
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
