/** The image: its contents, and its health check. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { findProjectRoot } from '../../../src/config';
import { freePorts } from '../../../src/local/ports';

const root = findProjectRoot();
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8').split('\n');
const ignore = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');

describe('Dockerfile', () => {
  it('copies only what .dockerignore lets in, and lets in only what it copies', () => {
    const copies = dockerfile.filter((line) => line.startsWith('COPY ') && !line.includes('--from='));
    const sources = new Set(copies.flatMap((line) => line.split(' ').slice(1, -1)));
    const allowed = ignore.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    expect(ignore.find((line) => line !== '' && !line.startsWith('#'))).toBe('*');
    const under = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);
    expect([...sources].filter((source) => !allowed.some((one) => under(source, one)))).toEqual([]);
    expect(allowed.filter((one) => ![...sources].some((source) => under(source, one)))).toEqual([]);
  });

  it('runs as a user of its own, by number', () => {
    expect(dockerfile.filter((line) => line.startsWith('USER '))).toEqual(['USER 1000:1000']);
  });
});

describe('the health check', () => {
  const check = (env: Record<string, string>): Promise<number | null> =>
    new Promise((resolve) => {
      const script = join(root, 'deploy/image/healthy.js');
      spawn(process.execPath, [script], { env, stdio: 'ignore' }).on('exit', resolve);
    });

  async function answering(status: number, variable: string): Promise<number | null> {
    const server = createServer((req, res) => void res.writeHead(req.url === '/health' ? status : 404).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const [nobody = 0] = await freePorts(1);
    const { port } = server.address() as AddressInfo;
    try {
      const others = { AWE_PORT: String(nobody), AWE_GATEWAY_PORT: String(nobody), AWE_METRICS_PORT: String(nobody) };
      return await check({ ...others, [variable]: String(port) });
    } finally {
      server.close();
    }
  }

  it.each(['AWE_PORT', 'AWE_GATEWAY_PORT', 'AWE_METRICS_PORT'])(
    'asks the role at the port of its configuration (%s)',
    async (variable) => {
      expect(await answering(200, variable)).toBe(0);
      expect(await answering(503, variable)).toBe(1);
    },
  );

  it('is not content where nobody listens', async () => {
    const [one = '', two = '', three = ''] = (await freePorts(3)).map(String);
    expect(await check({ AWE_PORT: one, AWE_GATEWAY_PORT: two, AWE_METRICS_PORT: three })).toBe(1);
  });
});
