/** The namespace of Temporal for AWE, on a server that somebody else runs. */
import { UserError } from '../config';
import { sleep, type Report } from './commands';
import { withConnection, type TemporalPlace } from './temporal';

/** Time that Temporal keeps a closed run; AWE keeps a record of its own. */
const RETENTION_SECONDS = 7 * 86_400;

/** Time that the server may take to answer before it counts as away (milliseconds). */
const PATIENCE_MS = 60_000;

const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;

/** Registers the namespace if it is missing, and waits until the server knows it. */
export async function ensureNamespace(place: TemporalPlace, report: Report): Promise<void> {
  const { namespace } = place;
  const end = Date.now() + PATIENCE_MS;
  for (let asked = false; ;) {
    const state = await findNamespace(place).catch((error: unknown) => {
      if (Date.now() > end) throw namespaceError(place, error);
      return 'silent' as const;
    });
    if (state === 'there') return report(`Temporal: namespace ${namespace} ${asked ? 'registered' : 'exists'}.`);
    if (state === 'missing' && !asked) {
      await register(place);
      asked = true;
    }
    if (Date.now() > end) throw namespaceError(place, new Error('the namespace was registered but does not appear'));
    await sleep(500);
  }
}

async function findNamespace(place: TemporalPlace): Promise<'there' | 'missing'> {
  return await withConnection(place, async ({ workflowService, operatorService }) => {
    try {
      await workflowService.describeNamespace({ namespace: place.namespace });
      // this call has a cache of its own, which learns of a new namespace later
      await operatorService.listSearchAttributes({ namespace: place.namespace });
      return 'there';
    } catch (error) {
      if ((error as { code?: number }).code === NOT_FOUND) return 'missing';
      throw error;
    }
  });
}

async function register(place: TemporalPlace): Promise<void> {
  await withConnection(place, async ({ workflowService }) => {
    await workflowService.registerNamespace({
      namespace: place.namespace,
      description: 'AWE',
      workflowExecutionRetentionPeriod: { seconds: RETENTION_SECONDS as never },
    });
  }).catch((error: unknown) => {
    if ((error as { code?: number }).code !== ALREADY_EXISTS) throw namespaceError(place, error);
  });
}

const namespaceError = ({ connection, namespace }: TemporalPlace, error: unknown) =>
  new UserError(
    `Temporal at ${connection.address}: namespace ${namespace} cannot be prepared (${(error as Error).message}): ` +
      'correct TEMPORAL_ADDRESS, or register the namespace by hand.',
  );
