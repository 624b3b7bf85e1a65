import * as fc from 'fast-check';
import { rm } from 'node:fs/promises';
import { openFilesystemStore } from '../../../src/documents/filesystem';
import type { DocumentStore } from '../../../src/documents/port';
import { temporaryFolder } from './support';

type Action =
  | { do: 'create' | 'replace'; path: string; content: string }
  | { do: 'remove' | 'read'; path: string }
  | { do: 'copy'; path: string; to: string }
  | { do: 'place'; path: string; to: string; replace: boolean }
  | { do: 'list'; prefix: string; after: string; limit: number };

/** Names of which none is a folder of another, because there a file system differs from an object store. */
const path = fc.constantFrom('x', 'a-b', 'a/b', 'a/b-c', 'a/b.d', 'a.c', 'aa/é/1', 'aa/é/2', 'A/b', 'z/🙂');
const content = fc.string({ maxLength: 40 });
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constantFrom('create' as const, 'replace' as const), path, content }),
  fc.record({ do: fc.constantFrom('remove' as const, 'read' as const), path }),
  fc.record({ do: fc.constant('copy' as const), path, to: path }),
  fc.record({ do: fc.constant('place' as const), path, to: path, replace: fc.boolean() }),
  fc.record({
    do: fc.constant('list' as const),
    prefix: fc.constantFrom('', 'a', 'a/', 'a/b', 'aa/', 'q'),
    after: fc.oneof(fc.constant(''), path),
    limit: fc.integer({ min: 1, max: 5 }),
  }),
);

/** The answers of an object store. */
function expected(model: Map<string, string>, step: Action): unknown {
  switch (step.do) {
    case 'create':
      if (model.has(step.path)) return 'exists';
      model.set(step.path, step.content);
      return 'created';
    case 'replace':
      model.set(step.path, step.content);
      return undefined;
    case 'remove':
      model.delete(step.path);
      return undefined;
    case 'read':
      return model.get(step.path);
    case 'copy':
    case 'place': {
      const source = model.get(step.path);
      if (source === undefined) return 'not_found';
      if (model.has(step.to) && !('replace' in step && step.replace)) return 'exists';
      model.set(step.to, source);
      return 'created';
    }
    case 'list': {
      const compare = (x: string, y: string): number => Buffer.compare(Buffer.from(x), Buffer.from(y));
      const all = [...model.keys()]
        .sort(compare)
        .filter((name) => name.startsWith(step.prefix) && compare(name, step.after) > 0);
      return { paths: all.slice(0, step.limit), next: all.length > step.limit ? all[step.limit - 1] : undefined };
    }
  }
}

async function actual(store: DocumentStore, step: Action): Promise<unknown> {
  switch (step.do) {
    case 'create':
      return await store.create(step.path, Buffer.from(step.content));
    case 'replace':
      return await store.replace(step.path, Buffer.from(step.content));
    case 'remove':
      return await store.remove(step.path);
    case 'read':
      return (await store.read(step.path))?.toString();
    case 'copy':
      return await store.copy(step.path, step.to).catch((error: { code: string }) => error.code);
    case 'place':
      return await store.place(step.path, step.to, step).catch((error: { code: string }) => error.code);
    case 'list': {
      const { paths, next } = await store.list(step.prefix, { after: step.after, limit: step.limit });
      return { paths, next };
    }
  }
}

it('the filesystem store answers any sequence of calls as an object store would', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 30 }), async (steps) => {
      const root = temporaryFolder();
      const store = await openFilesystemStore({ root });
      const model = new Map<string, string>();
      for (const step of steps) expect(await actual(store, step)).toEqual(expected(model, step));
      await rm(root, { recursive: true });
    }),
    { numRuns: 60 },
  );
});
