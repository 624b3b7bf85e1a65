import { DatabaseError } from 'pg';

/** A fault of a database that its server did not name; what the server itself says is a `pg.DatabaseError`. */
export class DatabaseFault extends Error {
  override readonly name = 'DatabaseFault';

  /**
   * `unreachable`: no connection, or one that broke · `timeout`: the time of the work was up · `too_large`: more rows
   * or bytes than were asked for
   */
  constructor(
    readonly code: 'unreachable' | 'timeout' | 'too_large',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Last words of a server that ends a connection, or takes none yet: admin_shutdown, crash_shutdown, cannot_connect_now. */
const GOODBYES: readonly string[] = ['57P01', '57P02', '57P03'];

/** What a connection is asked for. An error that is not the server's own is a connection that is none. */
export async function fromConnection<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof DatabaseError && GOODBYES.includes(error.code ?? ''))
      throw new DatabaseFault('unreachable', error.message, { cause: error });
    if (error instanceof DatabaseError || error instanceof DatabaseFault) throw error;
    throw new DatabaseFault('unreachable', reasonOf(error), { cause: error });
  }
}

/** Without the address, which is not everybody's. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the connection broke';
  if ('code' in error) return String(error.code);
  return error.message.startsWith('timeout exceeded') ? 'no connection was free in time' : 'the connection broke';
}
