/** A document store that takes nothing for a while, as on a full disk, in the middle of a run. */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tool } from '../../activities/tools/tool';
import { WORKING_FOLDER } from '../../src/documents/paths';
import { startStack, type Stack } from '../support/stack';

/** Milliseconds that the store takes nothing: longer than a step with one attempt would last without waiting. */
const AWAY = 3_000;

const common = { version: '1.0.0', description: 'for tests', input: {}, output: {}, risk: 'low', approval: false };

let stack: Stack;
/** The folder without which the store cannot write. */
const working = () => join(stack.config.store.dir, WORKING_FOLDER);

const tools: Tool[] = [
  {
    spec: { ...common, name: 'test.take_away', effect: 'idempotent' } as Tool['spec'],
    async run() {
      await rename(working(), `${working()}-away`);
      setTimeout(() => void rename(`${working()}-away`, working()), AWAY);
      return { away: true };
    },
  },
  {
    spec: {
      ...common,
      ...{ name: 'test.keep_file', effect: 'idempotent', timeout: 60_000 },
      retry: { attempts: 1, initialMs: 1, backoff: 1, maxMs: 1 },
    } as Tool['spec'],
    async run(_input, { documents }) {
      const { path } = await documents.putArtifact({
        path: 'kept/file',
        bytes: Buffer.from('kept'),
        media_type: 'text/plain',
      });
      return { path: path ?? null };
    },
  },
];

beforeAll(async () => (stack = await startStack({ tools })));
afterAll(async () => await stack.stop());

it('costs a step none of its attempts, and the run goes on when the store is back', async () => {
  const handle = await stack.run({
    name: 'store away',
    steps: [
      { id: 'away', kind: 'tool', uses: 'test.take_away', with: {} },
      { id: 'keep', kind: 'tool', uses: 'test.keep_file', with: {}, depends_on: ['away'] },
    ],
    result: { path: '${{ steps.keep.output.path }}' },
  });
  expect(await handle.result()).toEqual({ inline: { path: 'kept/file' } });
});
