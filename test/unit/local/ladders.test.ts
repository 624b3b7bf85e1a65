import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLong } from '../../../src/local/commands';
import { ensureRedisBinary } from '../../../src/local/redis';
import { ensureTemporalBinary } from '../../../src/local/temporal';
import { ensureTestServer } from '../../../src/local/test-server';

const newDir = () => mkdtempSync(join(tmpdir(), 'awe-ladder-'));
/** An address without a listener: the network allows no download. */
const NO_NETWORK = 'http://127.0.0.1:1';
const silent = () => undefined;

/** Creates a folder of programs to use instead of PATH. */
function programs(scripts: Record<string, string>) {
  const dir = newDir();
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(dir, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(dir, name), 0o755);
  }
  return (name: string) => (name in scripts ? join(dir, name) : undefined);
}

describe('the program of Temporal', () => {
  it('is the one on PATH where it is new enough', async () => {
    const find = programs({ temporal: 'echo "temporal version 1.6.0 (Server 1.30.0, UI 2.43.0)"' });
    expect(await ensureTemporalBinary(silent, { find, cacheDir: newDir() })).toBe(find('temporal'));
  });

  it('is the cached one where the one on PATH is too old', async () => {
    const cacheDir = newDir();
    mkdirSync(join(cacheDir, 'bin'));
    writeFileSync(join(cacheDir, 'bin', 'temporal'), '');
    const find = programs({ temporal: 'echo "temporal version 1.0.0 (Server 1.24.2, UI 2.28.0)"' });
    const lines: string[] = [];
    const found = await ensureTemporalBinary((line) => lines.push(line), { find, cacheDir });
    expect(found).toBe(join(cacheDir, 'bin', 'temporal'));
    expect(lines).toEqual([`Temporal: ${find('temporal')} is too old (server 1.24).`]);
  });

  it('is downloaded where the network allows it', async () => {
    const site = await downloadSite('temporal', 'the program');
    const cacheDir = newDir();
    const found = await ensureTemporalBinary(silent, { find: programs({}), cacheDir, downloadFrom: site.url });
    expect(readFileSync(found, 'utf8')).toBe('the program');
    expect(site.asked[0]).toMatch(/^\/cli\/v1\.5\.1\?arch=(amd64|arm64)&platform=(linux|darwin)&format=tar\.gz$/);
    site.server.close();
  });

  it('is built with Go, once, where two start at the same time', async () => {
    const cacheDir = newDir();
    const find = programs({
      go: `echo "$@" >> ${cacheDir}/calls; sleep 0.2; mkdir -p "$GOBIN"; echo built > "$GOBIN/temporal"`,
    });
    const start = () => ensureTemporalBinary(silent, { find, cacheDir, downloadFrom: NO_NETWORK });
    const [a, b] = await Promise.all([start(), start()]);
    expect(readFileSync(a, 'utf8')).toBe('built\n');
    expect(b).toBe(a);
    expect(readFileSync(join(cacheDir, 'calls'), 'utf8')).toBe(
      'install github.com/temporalio/cli/cmd/temporal@v1.5.1\n',
    );
  });

  it('is asked for in one sentence where Go is missing', async () => {
    await expect(
      ensureTemporalBinary(silent, { find: programs({}), cacheDir: newDir(), downloadFrom: NO_NETWORK }),
    ).rejects.toThrow(/Go, which could build it, is missing: install Go .* or set TEMPORAL_ADDRESS/);
  });

  it('that cannot be built says why', async () => {
    const find = programs({ go: 'echo "no space left on device" >&2; exit 1' });
    await expect(ensureTemporalBinary(silent, { find, cacheDir: newDir(), downloadFrom: NO_NETWORK })).rejects.toThrow(
      /^Temporal could not be built \(.*exit code 1: no space left on device\)/,
    );
  });
});

describe('the time-skipping test server', () => {
  it('is the one that the user names', async () => {
    const find = programs({ mine: '' });
    expect(await ensureTestServer(silent, { configured: find('mine') })).toBe(find('mine'));
    await expect(ensureTestServer(silent, { configured: '/nowhere' })).rejects.toThrow(
      'TEMPORAL_TEST_SERVER: /nowhere is not an executable file',
    );
  });

  it.each([
    ['Java', programs({ mvn: '' }), /^Test server: Java is missing: install Java/],
    [
      'Maven',
      programs({ java: '' }),
      /^Test server: none can be downloaded here, and Maven, .* is missing: install it/,
    ],
  ])('is asked for in one sentence where %s is missing', async (_, find, sentence) => {
    await expect(ensureTestServer(silent, { find, cacheDir: newDir(), downloadFrom: NO_NETWORK })).rejects.toThrow(
      sentence,
    );
  });
});

describe('the program of Redis', () => {
  it.each(['6.2.14', '5.0.7'])('is refused in one sentence where it is %s', async (version) => {
    const find = programs({ 'redis-server': `echo "Redis server v=${version} sha=00000000:0"` });
    await expect(ensureRedisBinary(silent, { find })).rejects.toThrow(
      `is version ${version}, and AWE needs 7.0 or newer: install a newer one, or set REDIS_URL`,
    );
  });

  it('is asked for in one sentence where nothing can install it', async () => {
    await expect(ensureRedisBinary(silent, { find: programs({}) })).rejects.toThrow(
      /^Redis: there is no redis-server on PATH, and it could not be installed: install Redis 7\.0 or newer .*REDIS_URL/,
    );
  });
});

it('a command that takes long says so from time to time', async () => {
  const lines: string[] = [];
  const report = (line: string) => lines.push(line);
  const args = ['-c', 'sleep 0.4'];
  await runLong({ program: 'sh', args, label: 'Building', report, timeoutMs: 5_000, heartbeatMs: 80 });
  expect(lines[0]).toBe('Building, for 0 s now…');
});

/** Works like temporal.download: answers the archive's URL, and serves it. */
async function downloadSite(file: string, content: string): Promise<{ server: Server; url: string; asked: string[] }> {
  const dir = newDir();
  writeFileSync(join(dir, file), content);
  execFileSync('tar', ['-czf', 'archive.tar.gz', file], { cwd: dir });
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/archive') response.end(readFileSync(join(dir, 'archive.tar.gz')));
    else response.end(JSON.stringify({ archiveUrl: `http://${request.headers.host}/archive`, fileToExtract: file }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}
