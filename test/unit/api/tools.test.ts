/** The tools that plans may use, as the API lists and shows them. */
import { withWorstCase } from '../../../core/worst-case';
import type { ToolDetail, ToolPage } from '../../../schemas/tools/api';
import type { ToolSpec } from '../../../schemas/tool';
import { createPublishedCatalogue } from '../../../src/catalogue/published';
import { temporaryStore } from '../documents/support';
import { openDoor } from './door';

let url: string;
let close: () => void;
let publish: () => Promise<void>;
const tool = (name: string, more: Partial<ToolSpec> = {}) =>
  withWorstCase({ name, version: '1', description: `does ${name}`, input: {}, output: {}, ...more });

beforeAll(async () => {
  const { store } = await temporaryStore();
  const catalogue = createPublishedCatalogue(store);
  const withheld = { code: 'mcp.unpinned', message: 'nobody has accepted it' };
  const input = {
    type: 'object',
    properties: { path: { type: 'string', examples: ['a.txt'] }, mode: { type: 'string' } },
    required: ['path'],
  };
  const read: Partial<ToolSpec> = { effect: 'none', risk: 'low', approval: false, aliases: ['read_file'] };
  publish = () =>
    catalogue.publish({
      tools: [tool('file.read', { ...read, input }), tool('mcp.bria.cut', { withheld }), tool('order.assemble')],
      agents: [],
    });
  ({ url, close } = await openDoor({ catalogue }));
});
afterAll(() => close());

async function get<T>(path: string): Promise<{ status: number; body: T }> {
  const answer = await fetch(`${url}/api/v1/tools${path}`);
  return { status: answer.status, body: (await answer.json()) as T };
}
const names = async (query: string) => (await get<ToolPage>(query)).body.tools.map(({ name }) => name);

it('knows none before a worker has started', async () => {
  expect((await get('')).status).toBe(503);
  await publish();
  expect((await get('')).status).toBe(200);
});

it('lists tools by pages and filters, and says which may not be used and why', async () => {
  const { body } = await get<ToolPage>('?limit=2');
  expect(body).toMatchObject({
    total: 3,
    tools: [
      { name: 'file.read', group: 'file', effect: 'none', usable: true },
      { name: 'mcp.bria.cut', group: 'mcp.bria', server: 'bria', usable: false, withheld: { code: 'mcp.unpinned' } },
    ],
  });
  expect(await names(`?limit=2&cursor=${body.next_cursor}`)).toEqual(['order.assemble']);
  expect(await names('?q=READ%20file')).toEqual(['file.read']);
  expect(await names('?usable=true&risk=high')).toEqual(['order.assemble']);
});

it('shows one by any of its names, with its schemas and a step that would be taken', async () => {
  expect((await get<ToolDetail>('/read_file')).body).toMatchObject({
    name: 'file.read',
    input: { required: ['path'] },
    example: { kind: 'tool', uses: 'file.read', with: { path: 'a.txt' } },
    attempts: 1,
    words: expect.arrayContaining(['effect none, risk low', 'hosts: none']),
  });
  expect((await get<ToolDetail>('/order.assemble')).body).toMatchObject({
    process: 'order',
    effect: 'once',
    approval: true,
  });
  expect(await get('/file.reed')).toMatchObject({
    status: 404,
    body: { detail: expect.stringContaining('file.read') },
  });
});
