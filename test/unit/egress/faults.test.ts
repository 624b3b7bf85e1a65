/** Answers that are too large, too slow, cut off or nonsense. */
import { deflateRawSync, deflateSync, gzipSync, brotliCompressSync } from 'node:zlib';
import { parseEgressAllow } from '../../../src/egress/allow';
import { createConnector, type EgressInit } from '../../../src/egress/connector';
import { EgressError } from '../../../src/egress/errors';
import { startRaw, startWeb } from '../../support/web';
import { until } from '../../support/until';

const connector = createConnector({ allow: parseEgressAllow('127.0.0.1') });
const never = new AbortController().signal;

/** The answer's text, or the code and stage of the error. */
async function read(url: string, init: EgressInit = {}, signal = never): Promise<string> {
  try {
    return await (await connector(url, init, { signal })).text();
  } catch (error) {
    return error instanceof EgressError ? `${error.code} ${error.stage}` : String(error);
  }
}

describe('encodings', () => {
  it.each([
    ['gzip', gzipSync('hello')],
    ['x-gzip', gzipSync('hello')],
    ['deflate', deflateSync('hello')],
    ['deflate', deflateRawSync('hello')],
    ['identity', Buffer.from('hello')],
  ])('%s is unpacked', async (encoding, bytes) => {
    const web = await startWeb((_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(bytes));
    expect(await read(web.url)).toBe('hello');
    expect(web.requests[0]?.headers['accept-encoding']).toBe('gzip, deflate');
  });

  it.each([
    ['br', brotliCompressSync('hello')],
    ['gzip, br', Buffer.from('x')],
    ['zstd', Buffer.from('x')],
    ['gzip, gzip', gzipSync(gzipSync('hello'))],
  ])('%s is refused', async (encoding, bytes) => {
    const web = await startWeb((_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(bytes));
    expect(await read(web.url)).toBe('encoding answered');
  });

  it.each([
    ['cut off', gzipSync('hello'.repeat(1_000)).subarray(0, 20)],
    ['nonsense', Buffer.from('nonsense')],
  ])('gzip that is %s is no answer', async (_, bytes) => {
    const web = await startWeb((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bytes));
    expect(await read(web.url)).toBe('bad_answer answered');
  });
});

describe('sizes', () => {
  it('a bomb of gzip ends where the limit is, and its connection with it', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024));
    const web = await startWeb((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    expect(await read(web.url, { limits: { bodyBytes: 1_000_000 } })).toBe('too_large answered');
    await until(async () => web.connections.open.size === 0);
  });

  it('a declared length over the limit is refused before a byte is read', async () => {
    const web = await startWeb((_, response) => response.writeHead(200, { 'content-length': '5000' }).write('x'));
    expect(await read(web.url, { limits: { bodyBytes: 4_000 } })).toBe('too_large answered');
  });

  it('an endless body without a length ends at the limit', async () => {
    const web = await startWeb((_, response) => {
      const pour = (): void =>
        void response.write(Buffer.alloc(16_384), () => response.destroyed || setImmediate(pour));
      pour();
    });
    expect(await read(web.url, { limits: { bodyBytes: 1_000_000 } })).toBe('too_large answered');
  });

  it('a head of over 32 KiB is refused', async () => {
    const web = await startRaw((socket) => socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`));
    expect(await read(web.url)).toBe('too_large sent');
  });

  it('a head without an end is refused as it grows', async () => {
    const web = await startRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      for (let i = 0; i < 5_000; i++) socket.write(`x-${i}: ${'y'.repeat(20)}\r\n`);
    });
    expect(await read(web.url)).toBe('too_large sent');
  });
});

describe('times', () => {
  it('an answer that does not begin', async () => {
    const web = await startWeb(() => undefined);
    expect(await read(web.url, { limits: { headersMs: 100 } })).toBe('timeout sent');
    await until(async () => web.connections.open.size === 0);
  });

  it('a head that comes byte by byte', async () => {
    const web = await startRaw((socket) => {
      const timer = setInterval(() => socket.write('x'), 20);
      socket.write('HTTP/1.1 200 OK\r\n');
      socket.on('close', () => clearInterval(timer));
    });
    expect(await read(web.url, { limits: { headersMs: 200 } })).toBe('timeout sent');
  });

  it('a body that falls silent', async () => {
    const web = await startWeb((_, response) => response.write('beginning'));
    expect(await read(web.url, { limits: { silenceMs: 100 } })).toBe('timeout answered');
    await until(async () => web.connections.open.size === 0);
  });

  it('a body that drips for ever', async () => {
    const web = await startWeb((_, response) => {
      const timer = setInterval(() => response.write('x'), 10);
      response.on('close', () => clearInterval(timer));
    });
    expect(await read(web.url, { limits: { silenceMs: 5_000, totalMs: 300 } })).toMatch(/^timeout/);
    await until(async () => web.connections.open.size === 0);
  });

  it('a name server that does not answer', async () => {
    const slow = createConnector({ resolve: () => new Promise(() => undefined) });
    await expect(slow('http://slow.example/', { limits: { totalMs: 50 } }, { signal: never })).rejects.toMatchObject({
      code: 'timeout',
    });
  });
});

describe('connections', () => {
  it('nobody listens', async () => {
    const web = await startWeb(() => undefined);
    await web.close();
    expect(await read(web.url)).toBe('unreachable before');
  });

  it('ends without an answer', async () => {
    const web = await startRaw((socket) => socket.once('data', () => socket.destroy()));
    expect(await read(web.url)).toBe('broken sent');
  });

  it('ends in the middle of an answer', async () => {
    const web = await startWeb((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      setTimeout(() => response.destroy(), 20);
    });
    expect(await read(web.url)).toBe('broken answered');
  });

  it.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxy'],
    [
      'a length and chunks',
      'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n',
    ],
    ['a bare line feed in a head', 'HTTP/1.1 200 OK\nx: y\n\nz'],
  ])('%s is no answer', async (_, bytes) => {
    const web = await startRaw((socket) => socket.once('data', () => socket.end(bytes)));
    expect(await read(web.url)).toMatch(/^bad_answer/);
  });

  it('cancelling ends the socket, before and while the answer comes', async () => {
    const web = await startWeb(({ url }, response) => (url === '/body' ? response.write('beginning') : undefined));
    for (const path of ['/head', '/body']) {
      const controller = new AbortController();
      const reading = read(`${web.url}${path}`, {}, controller.signal);
      await until(async () => web.requests.some(({ url }) => url === path));
      controller.abort(new Error('not wanted any more'));
      expect(await reading).toBe('Error: not wanted any more');
      await until(async () => web.connections.open.size === 0);
    }
  });

  it('a body that nobody reads ends when its reader lets go of it, or the signal is aborted', async () => {
    const web = await startWeb((_, response) => response.write('beginning'));
    const response = await connector(web.url, {}, { signal: never });
    await response.body?.cancel();
    await until(async () => web.connections.open.size === 0);
    const over = new AbortController();
    await connector(web.url, {}, { signal: over.signal });
    expect(web.connections.open.size).toBe(1);
    over.abort();
    await until(async () => web.connections.open.size === 0);
  });

  it('no proxy of the environment is asked', async () => {
    const proxy = await startWeb((_, response) => response.end('proxied'));
    const web = await startWeb((_, response) => response.end('direct'));
    const before = { ...process.env };
    Object.assign(process.env, { http_proxy: proxy.url, HTTP_PROXY: proxy.url, NODE_USE_ENV_PROXY: '1' });
    try {
      expect(await read(web.url)).toBe('direct');
    } finally {
      for (const name of ['http_proxy', 'HTTP_PROXY', 'NODE_USE_ENV_PROXY']) delete process.env[name];
      Object.assign(process.env, before);
    }
  });

  it.each(['host', 'content-length', 'transfer-encoding', 'connection', 'accept-encoding', 'upgrade'])(
    'the header %s cannot be chosen',
    async (name) => expect(await read('http://127.0.0.1/', { headers: { [name]: 'x' } })).toBe('refused before'),
  );
});
