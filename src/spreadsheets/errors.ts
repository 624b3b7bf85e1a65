import type { Bilingual } from '../../schemas/language';

/** Why a spreadsheet is not taken. Stable: clients tell them apart by it. */
export type SpreadsheetFault =
  | 'not_a_spreadsheet'
  | 'old_format'
  | 'binary_format'
  | 'encrypted'
  | 'macros'
  | 'external_links'
  | 'doctype'
  | 'too_large'
  | 'too_many_parts'
  | 'damaged'
  | 'unreadable'
  | 'too_slow'
  | 'no_sheets'
  | 'no_columns'
  | 'too_many_rows';

/** A spreadsheet that is not taken. The message says what, where, and how to mend it, in both languages. */
export class SpreadsheetError extends Error {
  override readonly name = 'SpreadsheetError';

  constructor(
    readonly code: SpreadsheetFault,
    /** `message` is the English one */
    readonly text: Bilingual,
    /** the part of the file, the sheet or the cell */
    readonly where?: string,
  ) {
    super(text.en);
  }
}
