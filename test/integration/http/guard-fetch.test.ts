import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { awe } from '../cli/awe';

const run = promisify(execFile);
const root = join(__dirname, '../../..');
const text = '{"said":"hello"}';
const packed: Record<string, Buffer> = {
  '/none': Buffer.from(text),
  '/gzip': gzipSync(text),
  '/deflate': deflateSync(text),
  '/br': brotliCompressSync(text),
  '/gzip,br': brotliCompressSync(gzipSync(text)),
  '/zstd': Buffer.from('never read'),
};

let server: Server;
let url = '';
beforeAll(async () => {
  // it answers so, whatever it is asked for
  server = createServer((req, res) => {
    const path = decodeURIComponent(req.url ?? '');
    const encoding = path in packed ? path.slice(1) : 'br';
    if (encoding !== 'none') res.setHeader('Content-Encoding', encoding);
    res.end(packed[path] ?? brotliCompressSync('{}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** What `fetch` gives in a process of its own, because jest keeps the true one away from its tests. */
async function fetched(paths: string[]): Promise<string[]> {
  const program = `
    require(${JSON.stringify(join(root, 'src/http/guard-fetch.ts'))}).guardFetch();
    Promise.all(process.argv.slice(1).map((url) =>
      fetch(url).then((answer) => answer.text(), (error) => error.cause.message)
    )).then((all) => console.log(JSON.stringify(all)));`;
  const urls = paths.map((path) => url + encodeURI(path));
  const args = ['-r', join(root, 'test/support/ts-hook.cjs'), '-e', program, ...urls];
  return JSON.parse((await run(process.execPath, args)).stdout) as string[];
}

describe('fetch', () => {
  it('unpacks what is safe to unpack', async () => {
    expect(await fetched(['/none', '/gzip', '/deflate'])).toEqual([text, text, text]);
  });

  it('refuses every other encoding before it is unpacked, asked for or not', async () => {
    const refused = (encoding: string) => `The answer has the encoding ${encoding}, which is not unpacked here.`;
    expect(await fetched(['/br', '/gzip,br', '/zstd'])).toEqual([refused('br'), refused('br'), refused('zstd')]);
  });

  it('does so in the program', async () => {
    const { code, err } = await awe({ AWE_PORT: new URL(url).port }, ['orders', 'list']);
    expect([code, err]).toEqual([1, expect.stringContaining('does not answer')]);
  });
});
