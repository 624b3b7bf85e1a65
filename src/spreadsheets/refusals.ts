import type { Bilingual } from '../../schemas/language';
import { SpreadsheetError } from './errors';

/** Refusals of a file, each worded once. */
export const refusal = {
  empty: () =>
    new SpreadsheetError('not_a_spreadsheet', {
      en: 'The file is empty. Send .xlsx, .xls, .xlsb, .ods or .csv.',
      fr: 'Le fichier est vide. Envoyez un fichier .xlsx, .xls, .xlsb, .ods ou .csv.',
    }),
  notASpreadsheet: (what: Bilingual) =>
    new SpreadsheetError('not_a_spreadsheet', {
      en: `The file is ${what.en}, not a workbook. Send .xlsx, .xls, .xlsb, .ods or .csv.`,
      fr: `Le fichier est ${what.fr}, pas un classeur. Envoyez un fichier .xlsx, .xls, .xlsb, .ods ou .csv.`,
    }),
  oldFormat: () =>
    new SpreadsheetError('old_format', {
      en: 'The file is in a format of Excel before 1995. Save it as .xlsx or .csv.',
      fr: "Le fichier est dans un format d'Excel d'avant 1995. Enregistrez-le en .xlsx ou en .csv.",
    }),
  encrypted: (where?: string) =>
    new SpreadsheetError(
      'encrypted',
      {
        en: 'The file is protected by a password. Save it without one.',
        fr: 'Le fichier est protégé par un mot de passe. Enregistrez-le sans mot de passe.',
      },
      where,
    ),
  macros: (where?: string) =>
    new SpreadsheetError(
      'macros',
      {
        en: 'The workbook holds macros. Save it as .xlsx (without macros).',
        fr: 'Le classeur contient des macros. Enregistrez-le en .xlsx (sans macros).',
      },
      where,
    ),
  externalLinks: (where?: string) =>
    new SpreadsheetError(
      'external_links',
      {
        en: 'The workbook is linked to other files. Break the links (Data, Edit Links), or paste the values into a new workbook.',
        fr: "Le classeur est lié à d'autres fichiers. Rompez les liaisons (Données, Modifier les liens), ou collez les valeurs dans un nouveau classeur.",
      },
      where,
    ),
  doctype: (where?: string) =>
    new SpreadsheetError(
      'doctype',
      {
        en: 'The workbook declares a document type, which no workbook needs. Open it in your spreadsheet program and save it again.',
        fr: "Le classeur déclare un type de document, ce dont aucun n'a besoin. Ouvrez-le dans votre tableur et enregistrez-le à nouveau.",
      },
      where,
    ),
  unfoldsTooFar: (megabytes: number, where?: string) =>
    new SpreadsheetError(
      'too_large',
      {
        en: `The workbook unfolds to more than ${megabytes} MB, or is packed more tightly than rows can be. Send the rows alone, as .csv if need be.`,
        fr: `Le classeur se déplie à plus de ${megabytes} Mo, ou est compressé plus que des lignes ne peuvent l'être. Envoyez les lignes seules, en .csv au besoin.`,
      },
      where,
    ),
  tooLarge: (what: Bilingual, where?: string) =>
    new SpreadsheetError(
      'too_large',
      {
        en: `The spreadsheet holds ${what.en}. Send the rows alone, or split the file.`,
        fr: `Le fichier contient ${what.fr}. Envoyez les lignes seules, ou divisez le fichier.`,
      },
      where,
    ),
  tooMuchMemory: () =>
    new SpreadsheetError('too_large', {
      en: 'The spreadsheet needs more memory than it is given. Send the rows alone, as .csv, or split the file.',
      fr: 'Le fichier demande plus de mémoire que permis. Envoyez les lignes seules, en .csv, ou divisez le fichier.',
    }),
  tooManyParts: (parts: number) =>
    new SpreadsheetError('too_many_parts', {
      en: `The file has more than ${parts} parts. Copy the rows into a new workbook.`,
      fr: `Le fichier a plus de ${parts} parties. Copiez les lignes dans un nouveau classeur.`,
    }),
  tooManyRows: (rows: number, where?: string) =>
    new SpreadsheetError(
      'too_many_rows',
      {
        en: `A sheet has more than ${rows} rows. Send at most as many in one file.`,
        fr: `Une feuille a plus de ${rows} lignes. Envoyez-en au plus autant par fichier.`,
      },
      where,
    ),
  tooManyLines: (lines: number) =>
    new SpreadsheetError('too_many_rows', {
      en: `An order has at most ${lines} lines, and its files have more filled rows than that. Send it as several orders, or without the rows that order nothing.`,
      fr: `Une commande a au plus ${lines} lignes, et ses fichiers ont plus de lignes remplies. Envoyez-la en plusieurs commandes, ou sans les lignes qui ne commandent rien.`,
    }),
  tooSlow: (milliseconds: number) =>
    new SpreadsheetError('too_slow', {
      en: `The spreadsheet was not read within ${milliseconds / 1_000} s. Send the rows alone, as .csv; if that is what you have sent, try again later, or with fewer rows.`,
      fr: `Le fichier n'a pas été lu en ${milliseconds / 1_000} s. Envoyez les lignes seules, en .csv ; si c'est ce que vous avez envoyé, réessayez plus tard, ou avec moins de lignes.`,
    }),
  damaged: (what: Bilingual, where?: string) =>
    new SpreadsheetError(
      'damaged',
      {
        en: `The file is damaged: ${what.en}. Open it in your spreadsheet program and save it again.`,
        fr: `Le fichier est endommagé : ${what.fr}. Ouvrez-le dans votre tableur et enregistrez-le à nouveau.`,
      },
      where,
    ),
  unreadable: (detail: Bilingual, where?: string) =>
    new SpreadsheetError(
      'unreadable',
      {
        en: `The spreadsheet cannot be read: ${detail.en}. Open it in your spreadsheet program and save it again as .xlsx, or as .csv.`,
        fr: `Le fichier ne peut pas être lu : ${detail.fr}. Ouvrez-le dans votre tableur et enregistrez-le à nouveau en .xlsx, ou en .csv.`,
      },
      where,
    ),
  openQuotation: (row: number) =>
    refusal.unreadable({
      en: `row ${row}: a quotation mark is never closed`,
      fr: `ligne ${row} : un guillemet n'est jamais fermé`,
    }),
  unknownEncoding: () =>
    new SpreadsheetError('encoding', {
      en: 'The letters of the file are in an encoding that cannot be told. Save it as CSV UTF-8, or as .xlsx.',
      fr: 'Les lettres du fichier sont dans un codage qui ne peut être reconnu. Enregistrez-le en CSV UTF-8, ou en .xlsx.',
    }),
  unreadableMail: (detail: string) =>
    new SpreadsheetError('unreadable', {
      en: `The mail cannot be read: ${detail.slice(0, 200)}. Save it again in your mail program as .eml, or send its spreadsheets alone.`,
      fr: `Le courriel ne peut pas être lu : ${detail.slice(0, 200)}. Enregistrez-le à nouveau dans votre messagerie en .eml, ou envoyez ses classeurs seuls.`,
    }),
  noSheets: () =>
    new SpreadsheetError('no_sheets', {
      en: 'The workbook has no sheet with cells (charts and dialogs do not count). Send the workbook that holds the rows.',
      fr: 'Le classeur ne contient aucune feuille de cellules (les graphiques et les dialogues ne comptent pas). Envoyez le classeur qui contient les lignes.',
    }),
};

/** The same words in both languages: names, figures, messages of a library. */
export const asIs = (text: string): Bilingual => ({ en: text, fr: text });
