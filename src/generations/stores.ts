/** Generations of the stores that a configuration names. */
import { UserError, type Config } from '../config';
import { openFilesystemStore } from '../documents/filesystem';
import type { DocumentStore } from '../documents/port';
import { TemporalError } from '../temporal/errors';
import { withTemporal } from '../temporal/with-temporal';
import {
  beginGeneration,
  describeMismatch,
  findMismatch,
  readGenerations,
  type Generation,
  type GenerationKeeper,
} from './generations';
import { journalKeeper, temporalKeeper } from './keepers';

export interface Stores {
  /** @throws UserError if the stores do not fit each other */
  assertFit(): Promise<void>;
  /** Begins the next generation; undefined, with a report, where Temporal does not let us keep it. */
  begin(report: (line: string) => void): Promise<Generation | undefined>;
}

/** Whether the journal of the gateway is looked at too; only its own machine can. */
export interface StoresChoice {
  journal: boolean;
}

/** Opens the stores for some calls. @throws UserError if Temporal does not answer */
export async function withStores<T>(
  config: Config,
  { journal }: StoresChoice,
  use: (stores: Stores) => Promise<T>,
): Promise<T> {
  const { namespace, store: place, llm } = config;
  const documents = await openFilesystemStore({ root: place.dir });
  return await withTemporal(config, async (temporal) => {
    const keepers = [temporalKeeper(temporal, namespace)];
    if (journal && !llm.external) keepers.push(journalKeeper(llm.gateway.journalDir, namespace));
    return await use(storesOf(documents, keepers, namespace));
  });
}

const storesOf = (documents: DocumentStore, keepers: GenerationKeeper[], namespace: string): Stores => ({
  async assertFit() {
    const mismatch = await findMismatch(await readGenerations(documents, namespace), keepers);
    if (mismatch) throw new UserError(describeMismatch(mismatch));
  },
  async begin(report) {
    try {
      return await beginGeneration(documents, keepers, namespace);
    } catch (error) {
      if (!isForbidden(error)) throw error;
      report(
        'Temporal does not let AWE write to its namespace: a restore of stores that do not fit each other will not be noticed.',
      );
      return undefined;
    }
  },
});

/** A hosted Temporal may let nobody change its namespaces. */
const isForbidden = (error: unknown) => error instanceof TemporalError && error.fault === 'denied';
