/** Stores besides the documents that keep a generation. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TemporalPort } from '../temporal/client';
import type { Generation, GenerationKeeper } from './generations';

/** Milliseconds for Temporal to answer a start, which can wait. */
const PATIENCE_MS = 10_000;

/** Temporal keeps it in the data of its namespace, so it is saved and restored with the server's own database. */
export function temporalKeeper(
  temporal: Pick<TemporalPort, 'call' | 'namespace'>,
  namespace: string,
): GenerationKeeper {
  const member = `awe.generation.${namespace}`;
  return {
    name: 'Temporal',
    async read() {
      const { namespaceInfo } = await temporal.call(
        ({ workflowService }) => workflowService.describeNamespace({ namespace: temporal.namespace }),
        PATIENCE_MS,
      );
      const text = namespaceInfo?.data?.[member];
      return text === undefined ? undefined : (JSON.parse(text) as Generation);
    },
    async write(generation) {
      const data = { [member]: JSON.stringify(generation) };
      await temporal.call(
        ({ workflowService }) =>
          workflowService.updateNamespace({ namespace: temporal.namespace, updateInfo: { data } }),
        PATIENCE_MS,
      );
    },
  };
}

/** The gateway's journal keeps it in a file of its folder. */
export function journalKeeper(dir: string, namespace: string): GenerationKeeper {
  const file = join(dir, `generation.${namespace}.json`);
  return {
    name: 'the journal of the gateway',
    async read() {
      try {
        return JSON.parse(await readFile(file, 'utf8')) as Generation;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async write(generation) {
      await mkdir(dir, { recursive: true });
      await writeFile(`${file}.new`, JSON.stringify(generation), { mode: 0o600 });
      await rename(`${file}.new`, file);
    },
  };
}
