import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Piscina } from 'piscina';
import type { DeliverableDocument, DeliverableKind } from '../../schemas/audit/deliverables';
import type { Verdict } from '../../schemas/tool';
import { findBuild, UserError } from '../../src/config';
import type { Delivery, Commission } from '../../src/audit/deliver';
import type { Examination } from './thread';

/** Milliseconds after which an idle thread ends. */
const IDLE = 30_000;

/** Megabytes of JavaScript that an analysis may take: 50,000 rows need a third of it. */
const MEMORY = 1024;

/**
 * The analysis of audits, in threads of its own: 10,000 rows take a second of computing, in which a process could
 * neither answer requests nor heartbeat. Aborting the signal ends the thread at once.
 */
export interface Analysts {
  deliver(kind: DeliverableKind, commission: Commission, signal: AbortSignal): Promise<Delivery>;
  /** the document alone, without its files */
  compute(kind: DeliverableKind, commission: Commission, signal: AbortSignal): Promise<DeliverableDocument>;
  examine(examination: Examination, signal: AbortSignal): Promise<Verdict>;
  close(): Promise<void>;
}

/** @param build the folder of compiled code, which threads run even when the worker runs from TypeScript */
export function createAnalysts(build = findBuild()): Analysts {
  const filename = join(build, 'activities', 'audit', 'thread.js');
  if (!existsSync(filename)) throw new UserError('The compiled code is missing: run "make build".');
  const threads = new Piscina({
    filename,
    minThreads: 0,
    maxThreads: Math.max(1, availableParallelism() - 1),
    idleTimeout: IDLE,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY },
  });
  return {
    deliver: (kind, commission, signal) =>
      threads.run({ kind, commission }, { name: 'deliver', signal }) as Promise<Delivery>,
    compute: (kind, commission, signal) =>
      threads.run({ kind, commission }, { name: 'compute', signal }) as Promise<DeliverableDocument>,
    examine: (examination, signal) => threads.run(examination, { name: 'examine', signal }) as Promise<Verdict>,
    close: () => threads.destroy(),
  };
}
