import type { Bilingual } from '../../schemas/language';

/** Reasons why a spreadsheet is refused. Stable, because clients distinguish them. */
export type SpreadsheetFault =
  | 'not_a_spreadsheet'
  | 'old_format'
  | 'encrypted'
  | 'macros'
  | 'external_links'
  | 'doctype'
  | 'too_large'
  | 'too_many_parts'
  | 'damaged'
  | 'unreadable'
  | 'too_slow'
  | 'encoding'
  | 'no_sheets'
  | 'no_columns'
  | 'too_many_rows';

/** A spreadsheet is refused. The message names the fault, its place and the mend, in both languages. */
export class SpreadsheetError extends Error {
  override readonly name = 'SpreadsheetError';

  constructor(
    readonly code: SpreadsheetFault,
    /** `message` is the English one */
    readonly text: Bilingual,
    /** part of the file, sheet or cell */
    readonly where?: string,
  ) {
    super(text.en);
  }
}
