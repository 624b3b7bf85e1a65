import { Type } from 'typebox';
import type { TableStructure } from '../../schemas/order/order';
import { ReadDelivery } from '../../schemas/order/run';
import { nullable } from '../../schemas/json';
import { refTo } from '../../schemas/refs';
import { onDisk } from '../../src/reading/folder';
import type { OrderReader } from '../../src/reading/orders';
import type { Threads } from '../../src/threads/pool';
import { defineAgent, type Agent } from '../agents/base';
import { ToolError } from '../tools/errors';
import { about, FileName, Language } from './task';

/** Largest file that an order may have (bytes). The API refuses larger ones before. */
const LARGEST = 64 * 1024 * 1024;

/** Reads one file of an order. An unreadable file is an outcome like any other: a person has to look at it. */
export function createOrderAgents(reader: Pick<OrderReader, 'read'>, threads: Threads<'order'>): Agent[] {
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
      async deliver({ file, artifact_id, language, reading: before, structures: answer }, context) {
        const { documents, signal } = context;
        const read = async (structures?: TableStructure[]): Promise<ReadDelivery> => {
          const bytes = await documents.readArtifact(artifact_id, { maxBytes: LARGEST });
          if (!bytes) throw missing(file, artifact_id);
          return await onDisk(bytes, (path) => reader.read(path, { file, language, structures }, documents, signal));
        };
        if (!before) return await read();
        const looked = { before: before.reading };
        const structures = answer && (await threads.run('structures', { ...looked, answer }, context));
        if (!structures) return before;
        const after = (await read(structures)).reading;
        return (await threads.run('accept', { ...looked, after, structures }, context)) ?? before;
      },
    }),
  ];
}

const missing = (file: string, id: string) =>
  new ToolError({
    class: 'permanent',
    type: 'order.file_missing',
    message: `the file ${file} (${id}) is not in the document store any more`,
  });
