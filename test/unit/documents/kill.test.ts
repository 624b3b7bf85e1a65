import { transformFileSync } from '@swc/core';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openFilesystemStore } from '../../../src/documents/filesystem';
import type { DocumentStore } from '../../../src/documents/port';
import { temporaryFolder } from './support';

const KILLS = 12;

/** The store's own code as plain JavaScript, for a process that can be killed. */
function compileStore(): string {
  const folder = temporaryFolder();
  const source = join(__dirname, '../../../src/documents');
  for (const file of readdirSync(source)) {
    const { code } = transformFileSync(join(source, file), {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
      module: { type: 'commonjs' },
    });
    writeFileSync(join(folder, file.replace(/\.ts$/, '.js')), code);
  }
  return folder;
}

/** A writer that never stops: documents that end in the hash of their beginning. */
const WRITER = `
const { openFilesystemStore } = require('./filesystem.js');
const { createHash, randomBytes } = require('node:crypto');
const whole = (size) => {
  const body = randomBytes(size).toString('hex');
  return Buffer.from(body + createHash('sha256').update(body).digest('hex'));
};
(async () => {
  const store = await openFilesystemStore({ root: process.argv[2] });
  process.stdout.write('ready');
  const round = process.argv[3];
  await Promise.all([0, 1, 2, 3].map(async (lane) => {
    for (let i = 0; ; i++) {
      await store.create('made/' + round + '/' + lane + '/' + i, whole(Math.floor(Math.random() * 60000)));
      await store.replace('replaced/' + lane, whole(Math.floor(Math.random() * 60000)));
      await store.place('replaced/' + lane, 'placed/' + (lane % 2), { replace: true });
    }
  }));
})();
`;

function isWhole(bytes: Buffer): boolean {
  const content = bytes.toString();
  const body = content.slice(0, -64);
  return content.length >= 64 && createHash('sha256').update(body).digest('hex') === content.slice(-64);
}

async function readAll(store: DocumentStore): Promise<number> {
  let read = 0;
  for (let after: string | undefined = ''; after !== undefined;) {
    const page: { paths: string[]; next?: string } = await store.list('', { after });
    for (const path of page.paths) {
      const bytes = await store.read(path);
      if (!bytes || !isWhole(bytes)) throw new Error(`${path} is not whole`);
      read += 1;
    }
    after = page.next;
  }
  return read;
}

it('readers see whole documents or none while writers are killed at random moments', async () => {
  const code = compileStore();
  writeFileSync(join(code, 'writer.js'), WRITER);
  const root = temporaryFolder();
  mkdirSync(join(root, '.tmp'));
  const store = await openFilesystemStore({ root });
  const seed = Number(process.env.AWE_TEST_SEED ?? Date.now() % 1_000_000);
  let random = seed;
  const next = (): number => (random = (random * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  let leftovers = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const child = spawn(process.execPath, [join(code, 'writer.js'), root, String(kill)]);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const killed = sleep(10 + next() * 150).then(() => child.kill('SIGKILL'));
    await readAll(store);
    await killed;
    await ended;
    leftovers += readdirSync(join(root, '.tmp')).length;
  }
  const read = await readAll(store);
  console.log(`seed ${seed}: ${KILLS} kills, ${read} documents whole, ${leftovers} leftovers seen`);
  expect(read).toBeGreaterThan(KILLS);
  await openFilesystemStore({ root, leftoverAge: -1000 });
  expect(readdirSync(join(root, '.tmp'))).toEqual([]);
});
