/** Faults of transformations. Stable, because plans and people tell them apart. */
export type TransformFault =
  | 'bad_field'
  | 'not_a_number'
  | 'bad_json'
  | 'bad_workbook'
  | 'bad_operation'
  | 'bad_expression'
  | 'timeout'
  | 'too_large';

/** A transformation that cannot be done. The message names the item, the field or the place, and the remedy. */
export class TransformError extends Error {
  override readonly name = 'TransformError';

  constructor(
    readonly code: TransformFault,
    message: string,
    /** JSON for diagnosis */
    readonly details?: { [name: string]: string | number | null },
  ) {
    super(message);
  }
}
