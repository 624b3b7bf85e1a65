import type { PastFigures, PastPlan } from '../../schemas/job/forecast';
import { recordPath } from '../../schemas/run';
import type { DocumentStore } from '../documents/port';
import type { RecordStore } from '../documents/records';
import type { Logger } from '../logging';
import { figuresOf, NO_SAMPLES, planFiguresOf, samplesOf, withSamples, type Sampled, type Samples } from './samples';

/** Milliseconds between an end of a run and the file that holds its samples; those of many runs are kept together. */
const PAUSE = 2_000;

/** Milliseconds for which what was read counts as true. */
const FRESH = 10_000;

/**
 * Records that the samples are made of where they were lost: so many of each process are looked at, which is a random
 * part where there are more, and of those the newest are read.
 */
const REBUILD = { processes: ['job', 'definition', 'audit', 'order'], looked: 500, read: 200 };

export interface PastRunsParts {
  store: Pick<DocumentStore, 'read' | 'replace' | 'stat'>;
  records: Pick<RecordStore, 'readRecord' | 'listRecords'>;
  namespace: string;
  log: Logger;
}

/** Figures of past runs, for forecasts. */
export interface PastRuns {
  /** Remembers a run that has ended. Nothing waits for it, and no failure of it is one of the run. */
  note(record: Sampled): void;
  /** Figures of tools and agents by their names, and of the runs of a plan by its content hash; empty where none is known. */
  of(names: readonly string[], plan: string): Promise<{ tools: PastFigures; plan?: PastPlan }>;
  /** Keeps what was noted last. */
  close(): Promise<void>;
}

/**
 * Samples of past runs in one bounded file of the document store. It is no truth of its own: where it is missing or
 * broken it is made again from the newest records. Two workers that write at the same moment may lose the samples of
 * some runs, which makes a forecast rest on fewer.
 */
export function createPastRuns({ store, records, namespace, log }: PastRunsParts): PastRuns {
  const path = `past-runs/${namespace}.json`;
  let noted: Samples = NO_SAMPLES;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let known: { at: number; samples: Promise<Samples> } | undefined;

  async function read(): Promise<Samples> {
    const bytes = await store.read(path);
    const samples = bytes && parse(bytes);
    if (samples) return samples;
    const rebuilt = await rebuild();
    await store.replace(path, bytesOf(rebuilt), { media_type: 'application/json' });
    return rebuilt;
  }

  async function rebuild(): Promise<Samples> {
    const ids: { id: string; at: number }[] = [];
    for (const process of REBUILD.processes) {
      const page = await records.listRecords(`${namespace}.${process}.`, { limit: REBUILD.looked });
      for (const id of page.workflow_ids) ids.push({ id, at: (await store.stat(recordPath(id)))?.modified_at ?? 0 });
    }
    let samples = NO_SAMPLES;
    for (const { id } of ids.sort((a, b) => a.at - b.at).slice(-REBUILD.read)) {
      const record = await records.readRecord(id);
      if (record) samples = withSamples(samples, samplesOf(record));
    }
    return samples;
  }

  async function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const more = noted;
    noted = NO_SAMPLES;
    try {
      const samples = withSamples(await read(), more);
      await store.replace(path, bytesOf(samples), { media_type: 'application/json' });
      known = { at: Date.now(), samples: Promise.resolve(samples) };
    } catch (error) {
      log.warn({ err: error }, 'cannot keep the figures of past runs; forecasts rest on those of before');
    }
  }

  return {
    note(record) {
      const more = samplesOf(record);
      if (Object.keys(more.tools).length + Object.keys(more.plans).length === 0) return;
      noted = withSamples(noted, more);
      timer ??= setTimeout(() => void (writing = writing.then(write)), PAUSE).unref();
    },
    async of(names, plan) {
      if (!known || Date.now() - known.at > FRESH) known = { at: Date.now(), samples: read() };
      try {
        const samples = withSamples(await known.samples, noted);
        return { tools: figuresOf(samples, names), plan: planFiguresOf(samples, plan) };
      } catch (error) {
        known = undefined;
        log.warn({ err: error }, 'cannot read the figures of past runs: the forecast does without');
        return { tools: {} };
      }
    },
    async close() {
      await (writing = timer ? writing.then(write) : writing);
    },
  };
}

const bytesOf = (samples: Samples): Buffer => Buffer.from(JSON.stringify(samples));

/** Samples of a file; undefined for a file that holds none. */
function parse(bytes: Buffer): Samples | undefined {
  try {
    const { tools, plans } = JSON.parse(bytes.toString()) as Partial<Samples>;
    return tools && plans ? { tools, plans } : undefined;
  } catch {
    return undefined;
  }
}
