import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { createProver, openProver, type Message } from '../../../src/access/proof';
import { loadConfig } from '../../../src/config';

const key = Buffer.alloc(32, 1);
const prover = createProver([key]);
const decision = { approval_id: 'validation', choice: 'approve', by: 'bob', digest: 'sha256:1', data: { lines: [1] } };
const message: Message = { run: 'audit.order.1', name: 'decide', content: decision };
const proved = { ...message, content: { ...decision, proof: prover.prove(message) } };

it('is believed for what it was made for, whatever the order of its members', () => {
  const { proof, ...says } = proved.content;
  const turned = Object.fromEntries(Object.entries(says).reverse());
  expect(prover.proves(proved)).toBe(true);
  expect(prover.proves({ ...message, content: { proof, ...turned } })).toBe(true);
  expect(prover.proves({ ...message, content: { ...proved.content, comment: undefined } })).toBe(true);
});

it.each<[string, object]>([
  ['another run', { ...proved, run: 'audit.order.2' }],
  ['another message', { ...proved, name: 'cancel' }],
  ['another person', { ...proved, content: { ...proved.content, by: 'eve' } }],
  ['another choice', { ...proved, content: { ...proved.content, choice: 'reject' } }],
  ['another question', { ...proved, content: { ...proved.content, approval_id: 'validation-2' } }],
  ['no digest', { ...proved, content: { ...proved.content, digest: undefined } }],
  ['other data', { ...proved, content: { ...proved.content, data: { lines: [2] } } }],
  ['a further member', { ...proved, content: { ...proved.content, roles: ['approver'] } }],
  ['another time', { ...proved, content: { ...proved.content, proof: { ...proved.content.proof, at: 'now' } } }],
  ['no proof', message],
  ['data too deep for JSON', { ...proved, content: { ...proved.content, data: deep() } }],
])('is not believed for %s', (_what, altered) => {
  expect(prover.proves(altered as Message)).toBe(false);
});

it('cannot be guessed', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 30 }), (mac, at) => {
      expect(prover.proves({ ...message, content: { ...decision, proof: { at, mac } } })).toBe(false);
    }),
  );
});

it('is made by the first key, and believed by all, so that a key can be exchanged', () => {
  const next = createProver([Buffer.alloc(32, 2), key]);
  expect(next.proves(proved)).toBe(true);
  expect(prover.proves({ ...message, content: { ...decision, proof: next.prove(message) } })).toBe(false);
});

describe('the key', () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'awe-proof-'));
  afterAll(() => rmSync(stateDir, { recursive: true, force: true }));
  const file = join(stateDir, 'proof.key');
  const config = { proof: { keys: [], file } };

  it('is made once, whoever comes first, and nobody else can read it', async () => {
    const provers = await Promise.all(Array.from({ length: 8 }, () => openProver(config)));
    const proof = provers[0]!.prove(message);
    for (const one of provers) expect(one.proves({ ...message, content: { ...decision, proof } })).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file)).toHaveLength(32);
  });

  it('that was damaged is not used', async () => {
    writeFileSync(file, '');
    await expect(openProver(config)).rejects.toThrow('is no key of 32 bytes: remove it');
  });

  it('is asked for in production', async () => {
    await expect(openProver(loadConfig({ AWE_ENV: 'production' }))).rejects.toThrow('set AWE_PROOF_KEY');
  });

  it('of an installation has 32 bytes or more', () => {
    expect(() => loadConfig({ AWE_PROOF_KEY: 'c2hvcnQ=' })).toThrow('openssl rand -base64 32');
    expect(loadConfig({ AWE_PROOF_KEY: key.toString('base64') }).proof.keys).toEqual([key]);
  });
});

function deep(): unknown {
  let value: unknown = 1;
  for (let i = 0; i < 300; i++) value = [value];
  return value;
}
