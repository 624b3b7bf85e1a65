import type { NativeConnection } from '@temporalio/worker';
import { UserError } from '../src/config';
import { searchAttributes } from '../src/temporal/search-attributes';

/**
 * A run that sets an unregistered search attribute hangs for ever, so a worker does not start without them.
 * A server without an operator service (the time-skipping one) is accepted as it is.
 */
export async function assertSearchAttributes(connection: NativeConnection, namespace: string): Promise<void> {
  const missing = await missingAttributes(connection, namespace);
  if (missing.length === 0) return;
  throw new UserError(
    `Temporal's namespace "${namespace}" lacks the search attributes ${missing.join(', ')}. Register them: ` +
      missing.map((name) => `temporal operator search-attribute create --name ${name} --type Keyword`).join('; '),
  );
}

async function missingAttributes(connection: NativeConnection, namespace: string): Promise<string[]> {
  const { operatorService } = connection;
  try {
    const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
    return Object.values(searchAttributes).flatMap(({ name }) => (name in (customAttributes ?? {}) ? [] : [name]));
  } catch (error) {
    if ((error as { code?: number }).code === 12) return []; // UNIMPLEMENTED
    throw error;
  }
}
