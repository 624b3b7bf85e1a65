import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createIdempotencyStore, type Claim, type IdempotentRequest } from '../../../src/documents/idempotency';
import { faulty, temporaryStore } from './support';

const TTL = 1000;
const answer = { status: 202, body: { job_id: 'r1' } };

const request = (change: Partial<IdempotentRequest> = {}): IdempotentRequest => ({
  principal: 'key:m.durand',
  route: 'POST /initial-request',
  key: 'the-key-of-the-client',
  bodyDigest: 'sha256:1',
  runId: 'awe.audit.1',
  ...change,
});

async function idempotency(): Promise<{
  root: string;
  time: { now: number };
  claims: ReturnType<typeof createIdempotencyStore>;
}> {
  const { root, store } = await temporaryStore();
  const time = { now: 1_000_000 };
  return { root, time, claims: createIdempotencyStore(store, { ttlMs: TTL, clock: () => time.now }) };
}

const states = (claims: Claim[]): string[] => claims.map(({ state }) => state);
const runs = (claims: Claim[]): string[] => claims.flatMap((claim) => ('record' in claim ? [claim.record.run_id] : []));

describe('a request with an Idempotency-Key', () => {
  it('is new once; until it is answered its repeats are unfinished, then they are done with the same answer', async () => {
    const { claims } = await idempotency();
    const first = await claims.claim(request({ start: { rows: 'sha256:2' } }));
    expect(first.state).toBe('new');
    const repeat = await claims.claim(request());
    expect(repeat).toMatchObject({ state: 'unfinished', record: { start: { rows: 'sha256:2' } } });
    if (first.state !== 'new') throw new Error();
    await claims.finish(first.record, answer);
    expect(await claims.claim(request())).toMatchObject({ state: 'done', answer });
  });

  it('that was interrupted is finished by the next try with the same run id, whatever the try would have called it', async () => {
    const { claims } = await idempotency();
    await claims.claim(request({ runId: 'awe.audit.first' }));
    const next = await claims.claim(request({ runId: 'awe.audit.second' }));
    expect(next).toMatchObject({ state: 'unfinished', record: { run_id: 'awe.audit.first' } });
  });

  it('sent 50 times at once is new once, and all have one run id', async () => {
    const { claims } = await idempotency();
    const all = await Promise.all(Array.from({ length: 50 }, (_, i) => claims.claim(request({ runId: `run-${i}` }))));
    expect(states(all).filter((state) => state === 'new')).toHaveLength(1);
    expect(states(all).filter((state) => state === 'unfinished')).toHaveLength(49);
    expect(new Set(runs(all)).size).toBe(1);
  });

  it('with another body is a conflict, before and after the answer', async () => {
    const { claims } = await idempotency();
    const first = await claims.claim(request());
    expect(await claims.claim(request({ bodyDigest: 'sha256:2' }))).toEqual({ state: 'conflict' });
    if (first.state === 'new') await claims.finish(first.record, answer);
    expect(await claims.claim(request({ bodyDigest: 'sha256:2' }))).toEqual({ state: 'conflict' });
  });

  it('is another one for another principal, another route, another key', async () => {
    const { claims } = await idempotency();
    const all = await Promise.all(
      [{}, { principal: 'b' }, { route: 'POST /jobs' }, { key: 'other' }].map((change) =>
        claims.claim(request(change)),
      ),
    );
    expect(states(all)).toEqual(['new', 'new', 'new', 'new']);
  });

  it('keeps the first answer', async () => {
    const { claims } = await idempotency();
    const first = await claims.claim(request());
    if (first.state !== 'new') throw new Error();
    expect(await claims.finish(first.record, answer)).toEqual(answer);
    expect(await claims.finish(first.record, { status: 500, body: null })).toEqual(answer);
  });

  it('does not leave its key on the disk', async () => {
    const { root, claims } = await idempotency();
    await claims.claim(request());
    const [file = ''] = readdirSync(join(root, 'idempotency'));
    expect(file).toMatch(/^[0-9a-f]{64}\.json$/);
    expect(readFileSync(join(root, 'idempotency', file), 'utf8')).not.toContain('the-key-of-the-client');
  });

  it('is as if it had never been once its time is over, also with another body, and of 50 late repeats one is new', async () => {
    const { claims, time } = await idempotency();
    const first = await claims.claim(request());
    if (first.state === 'new') await claims.finish(first.record, answer);
    time.now += TTL - 1;
    expect(await claims.claim(request())).toMatchObject({ state: 'done' });
    for (let generation = 1; generation <= 3; generation++) {
      time.now += TTL;
      const change = { bodyDigest: `sha256:late-${generation}` };
      const all = await Promise.all(
        Array.from({ length: 50 }, (_, i) => claims.claim(request({ ...change, runId: `late-${generation}-${i}` }))),
      );
      expect(states(all).filter((state) => state === 'new')).toHaveLength(1);
      expect(new Set(runs(all)).size).toBe(1);
      expect(runs(all)[0]).toMatch(new RegExp(`^late-${generation}-`));
      expect(await claims.claim(request())).toEqual({ state: 'conflict' });
    }
  });

  it('whose answer comes after its time does not answer the next request of that key', async () => {
    const { claims, time } = await idempotency();
    const slow = await claims.claim(request());
    time.now += TTL;
    const next = await claims.claim(request({ runId: 'awe.audit.2' }));
    if (slow.state === 'new') await claims.finish(slow.record, answer);
    expect(next.state).toBe('new');
    expect(await claims.claim(request())).toMatchObject({ state: 'unfinished', record: { run_id: 'awe.audit.2' } });
  });

  it('looks at what a faster one wrote between its own look and its own writing', async () => {
    const { store } = await temporaryStore();
    const claims = createIdempotencyStore(store, { ttlMs: TTL });
    const overtaken = createIdempotencyStore(
      faulty(store, {
        create: async (...given) => {
          await claims.claim(request({ runId: 'faster' }));
          return await store.create(...given);
        },
      }),
      { ttlMs: TTL },
    );
    expect(await overtaken.claim(request())).toMatchObject({ state: 'unfinished', record: { run_id: 'faster' } });
  });
});
