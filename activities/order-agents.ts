import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json, JsonObject } from '../schemas/json';
import type { FileReading } from '../schemas/order';
import { Ref } from '../schemas/refs';
import type { JsonSchema } from '../schemas/tool';
import { draftOf, type Letter } from '../src/orders/draft';
import type { OrderReader } from '../src/orders/reader';
import { summaryOf } from '../src/orders/summary';
import { defineAgent, type Agent } from './agents/base';
import { ToolError } from './tools/errors';
import type { Tool } from './tools/tool';

interface ReadTask extends JsonObject {
  order_id: string;
  file: string;
  artifact_id: string;
  language: 'en' | 'fr';
}

interface ReadDelivery extends JsonObject {
  reading: Ref;
  outcome: FileReading['outcome'];
  reason: string | null;
  lines: number;
  anomalies: number;
}

const text = (maxLength: number): JsonSchema => ({ type: 'string', minLength: 1, maxLength });
const ref = { ...Ref, $id: undefined } as JsonSchema;
const count: JsonSchema = { type: 'integer', minimum: 0 };

/** Largest file that an order may have (bytes). The API refuses larger ones before. */
const LARGEST = 64 * 1024 * 1024;

/** Reads one file of an order. What cannot be read is an outcome like any other: a person has to look at it. */
export function createOrderAgents(reader: OrderReader): Agent[] {
  return [
    defineAgent<ReadTask, ReadDelivery>({
      spec: {
        name: 'order_intake_agent',
        version: '1.0.0',
        description: 'Reads a file of an order: its lines, what it says beside them, and what is odd',
        input: {
          type: 'object',
          required: ['order_id', 'file', 'artifact_id', 'language'],
          properties: {
            order_id: text(80),
            file: text(400),
            artifact_id: { type: 'string', pattern: '^[0-9a-f]{64}$' },
            language: { enum: ['en', 'fr'] },
          },
        },
        output: {
          type: 'object',
          required: ['reading', 'outcome', 'reason', 'lines', 'anomalies'],
          properties: {
            reading: ref,
            outcome: { enum: ['order', 'not_an_order', 'refused'] },
            reason: { type: ['string', 'null'] },
            lines: count,
            anomalies: count,
          },
        },
        effect: 'idempotent',
        risk: 'low',
        approval: false,
        timeout: 60_000,
        retry: { attempts: 5, initialMs: 500, backoff: 2, maxMs: 10_000 },
        queue: 'orders',
      },
      async deliver({ file, artifact_id, language }, { documents, signal }) {
        const bytes = await documents.readArtifact(artifact_id, { maxBytes: LARGEST });
        if (!bytes) throw missing(file, artifact_id);
        const reading = await onDisk(bytes, (path) => reader.read(path, { file, language }, signal));
        const { outcome, reason, lines, anomalies } = reading;
        return {
          reading: await documents.putValue(reading as unknown as Json),
          outcome,
          reason: reason?.code ?? null,
          lines: lines.length,
          anomalies: anomalies.length,
        };
      },
    }),
  ];
}

interface AssembleTask extends JsonObject {
  letter: Ref;
  files: string[];
  readings: (ReadDelivery | null)[];
}

/** Puts the readings of an order's files together: its first draft, checked. */
export const orderAssemble: Tool = {
  spec: {
    name: 'order.assemble',
    version: '1.0.0',
    description: 'Makes the first draft of an order from what was read out of its files',
    input: {
      type: 'object',
      required: ['letter', 'files', 'readings'],
      properties: {
        letter: ref,
        files: { type: 'array', items: text(400) },
        readings: { type: 'array', items: { type: ['object', 'null'] } },
      },
    },
    output: { type: 'object', required: ['order', 'version', 'lines', 'blocking', 'warnings'] },
    effect: 'idempotent',
    risk: 'low',
    approval: false,
    timeout: 60_000,
    retry: { attempts: 5, initialMs: 500, backoff: 2, maxMs: 10_000 },
  },
  async run(input, { documents }) {
    const { letter, files, readings } = input as AssembleTask;
    const about = (await documents.getValue(letter)) as unknown as Letter;
    const read = await Promise.all(
      readings.map(async (delivery, i) =>
        delivery
          ? ((await documents.getValue(delivery.reading)) as unknown as FileReading)
          : unread(files[i] ?? `file ${i + 1}`),
      ),
    );
    const order = draftOf(about, read);
    const kept = await documents.putValue(order);
    return summaryOf(order, kept) as unknown as Json;
  },
};

/** A file on which the agent has failed for good. */
const unread = (file: string): FileReading => ({
  file,
  outcome: 'refused',
  reason: {
    code: 'unread',
    message: {
      en: 'it could not be read; the steps of the run say why',
      fr: "il n'a pas pu être lu ; les étapes de l'exécution disent pourquoi",
    },
  },
  ...{ sheets: [], structures: [], lines: [], facts: {}, totals: [], anomalies: [], sketch: [] },
});

/** The reader takes files, the store may be anywhere. */
async function onDisk<T>(bytes: Buffer, work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'awe-order-'));
  try {
    const path = join(folder, 'file');
    await writeFile(path, bytes, { mode: 0o600 });
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const missing = (file: string, id: string) =>
  new ToolError({
    class: 'permanent',
    type: 'order.file_missing',
    message: `the file ${file} (${id}) is not in the document store any more`,
  });
