import type { ArtifactRef } from '../../../schemas/refs';
import type { ArtifactStore } from '../../documents/artifacts';
import { DocumentError } from '../../documents/errors';
import { sha256 } from '../../documents/json';
import type { ValueStore } from '../../documents/values';
import { createInFlight } from '../../in-flight';
import type { Logger } from '../../logging';
import type { Threads } from '../../threads/pool';
import { RunError } from '../errors';
import type { OrderNow } from './desk';

export interface ExportKeeperParts {
  readOrder: (orderId: string) => Promise<OrderNow>;
  artifacts: Pick<ArtifactStore, 'putArtifact' | 'readArtifact'>;
  values: Pick<ValueStore, 'files'>;
  threads: Threads<'order'>;
  log: Logger;
}

/** Restores a lost export under its path. `undefined` if no order has exported this file. */
export type ExportKeeper = (path: string) => Promise<ArtifactRef | undefined>;

const EXPORT = /^exports\/([^/]+)\.(csv|xlsx)$/;

/** Milliseconds in which a file is made again: an order of 100,000 lines takes half a minute where nothing else runs. */
const TIME = 300_000;

/**
 * Puts a lost export back: the same bytes from the store, else made again from the approved order. Only bytes with the
 * digest that was published count; others would be another export than the one that somebody may have fetched.
 */
export function createExportKeeper({ readOrder, artifacts, values, threads, log }: ExportKeeperParts): ExportKeeper {
  const share = createInFlight<ArtifactRef | undefined>();

  async function restore(path: string, orderId: string, ending: 'csv' | 'xlsx'): Promise<ArtifactRef | undefined> {
    const now = await readOrder(orderId).catch((error: unknown) => {
      if (error instanceof RunError && error.fault === 'not_found') return undefined;
      throw error;
    });
    const lost = now?.view.exports?.find((one) => one.path === path);
    if (!now || !lost) return undefined;
    const facts = { order_id: orderId, path, artifact_id: lost.artifact_id };
    const kept = await artifacts.readArtifact(lost.artifact_id).catch(unlessCorrupt);
    const bytes = kept ?? (await make(now, ending));
    if (!bytes || sha256(bytes) !== lost.artifact_id) {
      log.error(facts, 'an export is lost, and this release makes other bytes of its order: restore it from a backup');
      return undefined;
    }
    await artifacts.putArtifact({ path, bytes, media_type: lost.media_type });
    log.warn({ ...facts, from: kept ? 'store' : 'order' }, 'an export was lost: made again as it was approved');
    return lost;
  }

  async function make({ view }: OrderNow, ending: 'csv' | 'xlsx'): Promise<Uint8Array | undefined> {
    if (!view.draft || !view.csv) return undefined;
    const { order } = view.draft;
    const conditions = { documents: values, signal: AbortSignal.timeout(TIME) };
    const files = await threads.run('write', { order, csv: view.csv }, conditions);
    return files[ending];
  }

  return async (path) => {
    const [, orderId, ending] = EXPORT.exec(path) ?? [];
    if (orderId === undefined) return undefined;
    return await share(path, () => restore(path, orderId, ending as 'csv' | 'xlsx'));
  };
}

function unlessCorrupt(error: unknown): undefined {
  if (!(error instanceof DocumentError) || error.code !== 'corrupt') throw error;
}
