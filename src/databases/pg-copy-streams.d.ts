/** The part of pg-copy-streams that is used here. */
declare module 'pg-copy-streams' {
  import type { Writable } from 'node:stream';
  import type { Submittable } from 'pg';

  /** Takes the lines of `COPY … FROM STDIN`; destroyed, it ends the statement with an error. */
  export function from(sql: string): Writable & Submittable & { readonly rowCount: number };
}
