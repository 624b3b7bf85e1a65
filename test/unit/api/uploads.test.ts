/** Forms over real connections: however a request ends, its files are closed and its folder is gone. */
import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import pino from 'pino';
import { answerProblems } from '../../../api/problem';
import { createUploads } from '../../../api/uploads';
import { until } from '../../support/until';

const root = mkdtempSync(join(tmpdir(), 'awe-uploads-'));
const log = pino({ level: 'silent' });
let server: Server;
let port: number;
let parsed = 0;

beforeAll(async () => {
  const uploads = createUploads(root, { fileBytes: 1_000_000, fieldBytes: 1_000, silence: 500 }, log);
  const app = express();
  app.post('/', (req, res, next) => {
    uploads
      .use(req, res, { field: 'file', most: 2 }, async ({ files }) => {
        parsed += 1;
        res.json(files.map(({ bytes }) => bytes));
      })
      .catch(next);
  });
  app.use(answerProblems(log));
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(root, { recursive: true, force: true });
});

const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n';
const whole = `${head}a,b\r\n--b--\r\n`;

function send(body: string, length: number): { socket: Socket; answer: () => string } {
  let answer = '';
  const socket = connect(port, '127.0.0.1', () => {
    const type = 'Content-Type: multipart/form-data; boundary=b';
    socket.write(`POST / HTTP/1.1\r\nHost: x\r\n${type}\r\nContent-Length: ${length}\r\n\r\n${body}`);
  });
  socket.on('error', () => undefined).on('data', (chunk) => (answer += chunk.toString()));
  return { socket, answer: () => answer };
}

/** Files of ours that this process has open. */
const open = () =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(root);
    } catch {
      return false;
    }
  });
const clean = () => until(() => readdirSync(root).length === 0 && open().length === 0);

test('a whole form is read', async () => {
  const { answer } = send(whole, whole.length);
  await until(() => answer().includes('[3]'));
  expect(parsed).toBe(1);
  await clean();
});

test.each([
  ['a sender that falls silent', head + 'x'.repeat(500_000), 900_000, 408],
  ['a sender that never begins', '', 900_000, 408],
  ['a body longer than its Content-Length', head + 'x'.repeat(200_000), 100_000, 400],
  ['a body that goes on behind its end', whole + whole, whole.length, '(200|400)'],
  ['a body without its end', head + 'x'.repeat(100), head.length + 100, 400],
  ['a file over the limit', head + 'x'.repeat(1_200_000) + '\r\n--b--\r\n', head.length + 1_200_009, 413],
  ['a file over the limit whose sender then falls silent', head + 'x'.repeat(1_200_000), 1_900_000, 408],
  ['a part with a broken head', '--b\r\nnothing\r\n\r\n', 16, 400],
])('%s leaves no file and no folder', async (_, body, length, status) => {
  const { socket, answer } = send(body, length);
  await until(() => answer() !== '' || socket.destroyed);
  expect(answer()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  await clean();
  socket.destroy();
});

test('a hundred senders that leave in the middle leave nothing', async () => {
  const sent = Array.from({ length: 100 }, () => send(head + 'x'.repeat(50_000), 900_000));
  await until(() => open().length > 0);
  for (const { socket } of sent) socket.destroy();
  await clean();
});
