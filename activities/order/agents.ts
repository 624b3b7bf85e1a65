import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Type } from 'typebox';
import type { FileReading, TableStructure } from '../../schemas/order/order';
import { nullable, type Json } from '../../schemas/json';
import { refTo, type Ref } from '../../schemas/refs';
import type { Documents } from '../../src/documents/content';
import { isUncertain, acceptProposal, usableStructures } from '../../src/order/structure';
import type { OrderReader } from '../../src/reading/orders';
import { defineAgent, type Agent } from '../agents/base';
import { ToolError } from '../tools/errors';
import { about, FileName, Language, ReadDelivery } from './task';

/** Largest file that an order may have (bytes). The API refuses larger ones before. */
const LARGEST = 64 * 1024 * 1024;

/** Reads one file of an order. An unreadable file is an outcome like any other: a person has to look at it. */
export function createOrderAgents(reader: Pick<OrderReader, 'read'>): Agent[] {
  return [
    defineAgent({
      ...about,
      name: 'order_intake_agent',
      description: 'Reads a file of an order: its lines, what it says beside them, and what is odd',
      input: Type.Object({
        order_id: Type.String({ minLength: 1, maxLength: 80 }),
        file: FileName,
        artifact_id: Type.String({ pattern: '^[0-9a-f]{64}$' }),
        language: Language,
        /** first reading of this file: handed on, unless structures make it better */
        reading: Type.Optional(nullable(ReadDelivery)),
        /** layout of the tables as a model proposes it; held against the first reading */
        structures: Type.Optional(nullable(refTo())),
      }),
      output: ReadDelivery,
      queue: 'orders',
      async deliver({ file, artifact_id, language, reading: before, structures: answer }, { documents, signal }) {
        const read = async (structures?: TableStructure[]): Promise<FileReading> => {
          const bytes = await documents.readArtifact(artifact_id, { maxBytes: LARGEST });
          if (!bytes) throw missing(file, artifact_id);
          return await onDisk(bytes, (path) => reader.read(path, { file, language, structures }, signal));
        };
        if (!before) return await delivered(documents, await read());
        const better = answer && (await readAgain(documents, before.reading, answer, read));
        return better ? await delivered(documents, better) : before;
      },
    }),
  ];
}

async function delivered(documents: Documents, reading: FileReading): Promise<ReadDelivery> {
  const { outcome, reason, lines, anomalies } = reading;
  return {
    reading: await documents.putValue(reading),
    outcome,
    reason: reason?.code ?? null,
    lines: lines.length,
    anomalies: anomalies.length,
    uncertain: isUncertain(reading),
  };
}

/**
 * Reads a file again as a model has proposed; undefined where the reading before it stays.
 * @param answer the model's answer, which is checked here once more
 */
async function readAgain(
  documents: Documents,
  before: Ref<FileReading>,
  answer: Ref<Json>,
  read: (structures: TableStructure[]) => Promise<FileReading>,
): Promise<FileReading | undefined> {
  const looked = await documents.getValue(before);
  const structures = usableStructures(await documents.getValue(answer), looked);
  return structures && acceptProposal(looked, await read(structures), structures);
}

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
