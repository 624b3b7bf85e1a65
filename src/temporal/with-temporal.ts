import { UserError, type Config } from '../config';
import { createTemporal, type TemporalPort } from './client';
import { TemporalError } from './errors';

/** Opens Temporal for some calls of a command; what it refuses is a sentence for the person who gave the command. */
export async function withTemporal<T>(config: Config, use: (temporal: TemporalPort) => Promise<T>): Promise<T> {
  const temporal = createTemporal(config);
  try {
    return await use(temporal);
  } catch (error) {
    if (error instanceof TemporalError) throw new UserError(`Temporal says: ${error.message}`);
    throw error;
  } finally {
    await temporal.close();
  }
}
