import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDoor, hidingPlace } from '../../../src/local/web-ui';

const servers: Server[] = [];
const listen = async (server: Server): Promise<number> => {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};
afterEach(() => servers.splice(0).forEach((server) => server.close()));

/** Sends a request by a name; answers its status and text. */
function ask(port: number, host: string, body = ''): Promise<[number | undefined, string]> {
  const headers = { host, 'x-csrf-token': 't' };
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path: '/api?x=1', method: 'POST', headers }, (answer) => {
      let text = '';
      answer.on('data', (part) => (text += String(part)));
      answer.on('end', () => resolve([answer.statusCode, text]));
    });
    sent.on('error', reject).end(body);
  });
}

/** A page that repeats what it is asked, behind a door. */
async function start() {
  const asked: string[] = [];
  const page = createServer((req, res) => {
    asked.push(`${req.method} ${req.url} ${String(req.headers['x-csrf-token'])}`);
    res.statusCode = 201;
    req.pipe(res);
  });
  const port = await listen(page);
  return { asked, door: await listen(createDoor({ host: '127.0.0.1', port })) };
}

it.each(['localhost:8233', '127.0.0.1:8233', 'LOCALHOST'])('calls by %s go through as they are', async (host) => {
  const { asked, door } = await start();
  expect(await ask(door, host, 'hello')).toEqual([201, 'hello']);
  expect(asked).toEqual(['POST /api?x=1 t']);
});

it.each(['evil.example:8233', 'localhost.evil.example', '127.0.0.1.nip.example:8233'])(
  'calls by %s, which any web page may choose, do not',
  async (host) => {
    const { asked, door } = await start();
    expect((await ask(door, host))[0]).toBe(403);
    expect(asked).toEqual([]);
  },
);

it('what is away behind the door is a 502', async () => {
  const away = createServer();
  const port = await listen(away);
  await new Promise((resolve) => away.close(resolve));
  const door = await listen(createDoor({ host: '127.0.0.1', port }));
  expect((await ask(door, 'localhost'))[0]).toBe(502);
});

it('the place behind it is drawn once, and for nobody else to read', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'awe-ui-'));
  const file = join(dir, 'state', 'web-ui.json');
  const place = await hidingPlace(file);
  expect(place.host).toMatch(/^127\./);
  expect(await hidingPlace(file)).toEqual(place);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  rmSync(dir, { recursive: true });
});
