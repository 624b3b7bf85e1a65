/** The console as the API serves it: what a browser loads before the first page is there, and what it is told. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import express from 'express';
import { consoleRouter } from '../../../api/console';
import { findBuild } from '../../../src/config';

const folder = join(findBuild(), 'console');

/** Bytes of the first load, compressed. */
const BUDGET = 180_000;

const html = readFileSync(join(folder, 'index.html'), 'utf8');
const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);

it('the first load keeps its budget, all of it is from here, and no script stands in the page', () => {
  expect(loaded.every((path) => path.startsWith('/console/'))).toBe(true);
  expect(html.match(/<script(?![^>]*\bsrc=)|\son\w+=/g)).toBeNull();
  const files = [html, ...loaded.map((path) => readFileSync(join(folder, path.replace('/console/', ''))))];
  const bytes = files.reduce((sum, file) => sum + gzipSync(file).length, 0);
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThanOrEqual(BUDGET);
});

it('a browser gets there from `/`; a page is asked for anew, what has its hash in its name is kept, and both come compressed', async () => {
  const server = express().use(consoleRouter(folder)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(url + path, { redirect: 'manual', headers: { 'accept-encoding': 'gzip', ...headers } });
  try {
    const home = await get('/', { accept: 'text/html,*/*;q=0.8' });
    expect([home.status, home.headers.get('location')]).toEqual([302, '/console/']);
    expect((await get('/', { accept: 'application/json' })).status).toBe(404);

    expect((await get('/console/tools/http.request')).headers.get('content-type')).toMatch('text/html');
    const page = await get('/console/orders/some?tab=history');
    expect(page.headers.get('content-type')).toMatch('text/html');
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self'/);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const etag = page.headers.get('etag') ?? '';
    const again = await get('/console/', { 'if-none-match': etag });
    expect(again.status).toBe(304);
    expect(again.headers.get('content-security-policy')).toBe(page.headers.get('content-security-policy'));

    const script = await get(loaded.find((path) => path.endsWith('.js')) ?? '');
    expect(script.headers.get('cache-control')).toMatch('immutable');
    expect(script.headers.get('content-encoding')).toBe('gzip');
    expect((await get('/console/assets/none.js')).status).toBe(404);
    expect((await get('/console/../package.json')).headers.get('content-type') ?? '').not.toMatch('json');
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
