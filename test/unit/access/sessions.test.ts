import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSessions, type Sessions } from '../../../src/access/sessions';
import { faulty, temporaryStore } from '../documents/support';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const limits = { limitMs: 12 * HOUR, idleMs: HOUR };

const keyOf = (name: string, key = `key of ${name}`) => ({ name, hash: createHash('sha256').update(key).digest() });
const ann = keyOf('ann');
const bob = keyOf('bob');
const keys = [ann, bob];

async function begin() {
  const { root, store } = await temporaryStore();
  const time = { now: 1_000_000_000 };
  const process = () => createSessions({ store, limits, clock: () => time.now });
  return { root, store, time, process, sessions: process() };
}

/** A request with a session's secret; true if it is answered. */
async function ask(sessions: Sessions, secret: string, known = keys): Promise<boolean> {
  const found = await sessions.find(secret, known);
  if (found) await sessions.use(found.session);
  return found !== undefined;
}

const filesIn = (root: string) =>
  readdirSync(join(root, 'sessions'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe('a session', () => {
  it('is its key, with a token of its own, and the store holds nothing that would open it', async () => {
    const { root, sessions } = await begin();
    const { secret, session } = await sessions.open(ann);
    const other = await sessions.open(ann);
    expect(await sessions.find(secret, keys)).toEqual({ key: ann, session });
    expect(other.session.csrfToken).not.toBe(session.csrfToken);
    const kept = filesIn(root).map((file) => file + readFileSync(file, 'utf8'));
    expect(kept).toHaveLength(4);
    for (const text of kept)
      for (const never of [secret, session.csrfToken, ann.hash.toString('hex'), ann.hash.toString('base64url')])
        expect(text).not.toContain(never);
  });

  it('ends with its key: when it is withdrawn, or another takes its name', async () => {
    const { sessions } = await begin();
    const { secret } = await sessions.open(ann);
    expect(await ask(sessions, secret, [bob])).toBe(false);
    expect(await ask(sessions, secret, [keyOf('ann', 'another'), bob])).toBe(false);
    expect(await ask(sessions, secret, [bob, keyOf('ann', 'another'), ann])).toBe(true);
  });

  it('ends an hour after its last use, and twelve hours after its beginning; other processes know of its uses', async () => {
    const { time, process, sessions } = await begin();
    const [idle, busy] = [await sessions.open(ann), await sessions.open(ann)];
    for (let minutes = 0; minutes < 12 * 60 - 10; minutes += 10) {
      time.now += 10 * MINUTE;
      expect(await ask(minutes % 20 === 0 ? sessions : process(), busy.secret)).toBe(true);
      expect([minutes, await ask({ ...sessions, use: async (one) => one }, idle.secret)]).toEqual([
        minutes,
        minutes < 50,
      ]);
    }
    time.now += 10 * MINUTE;
    expect(await ask(sessions, busy.secret)).toBe(false);
  });

  it('writes its use once a minute, and lives on where that cannot be written', async () => {
    const { store, time } = await begin();
    const written: string[] = [];
    const replace = async (path: string) => (written.push(path), Promise.reject(new Error('full')));
    const full = faulty(store, { replace });
    const sessions = createSessions({ store: full, limits, clock: () => time.now });
    const { secret } = await sessions.open(ann);
    for (let seconds = 0; seconds < 3 * 60 * 60; seconds += 20) {
      time.now += 20_000;
      expect(await ask(sessions, secret)).toBe(true);
    }
    expect(written).toHaveLength(3 * 60);
  });
});

describe('signing out', () => {
  it('counts at once here and within five seconds in other processes, and not for other sessions', async () => {
    const { time, process, sessions } = await begin();
    const [one, two] = [await sessions.open(ann), await sessions.open(ann)];
    const other = process();
    expect(await ask(other, one.secret)).toBe(true);
    await sessions.end(one.session);
    expect(await ask(sessions, one.secret)).toBe(false);
    time.now += 5_000;
    expect(await ask(other, one.secret)).toBe(false);
    expect(await ask(other, two.secret)).toBe(true);
  });

  it('everywhere ends all sessions of a name', async () => {
    const { sessions } = await begin();
    const opened = [await sessions.open(ann), await sessions.open(ann), await sessions.open(bob)];
    expect(await sessions.endAll('ann')).toBe(2);
    expect(await Promise.all(opened.map(({ secret }) => ask(sessions, secret)))).toEqual([false, false, true]);
    expect(await sessions.endAll('ann')).toBe(0);
  });

  it('cannot be undone by a use that is written, or a session that is read, meanwhile', async () => {
    const { store, time, process, sessions } = await begin();
    const { secret, session } = await sessions.open(ann);
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow = faulty(store, { replace: async (...args) => (await held, await store.replace(...args)) });
    const late = createSessions({ store: slow, limits, clock: () => time.now });
    time.now += 2 * MINUTE;
    const using = ask(late, secret);
    const reading = ask(sessions, secret);
    await sessions.end(session);
    release();
    await Promise.all([using, reading]);
    expect(await ask(sessions, secret)).toBe(false);
    expect(await ask(process(), secret)).toBe(false);
  });
});

it('a name has at most 50 sessions: one more ends the one least lately used, and sweeps those that are over', async () => {
  const { root, time, sessions } = await begin();
  const opened: Awaited<ReturnType<Sessions['open']>>[] = [];
  for (let count = 0; count < 50; count++) {
    time.now += 1_000;
    opened.push(await sessions.open(ann));
  }
  time.now += 2 * MINUTE;
  await ask(sessions, opened[0]!.secret);
  opened.push(await sessions.open(ann));
  expect(await Promise.all([0, 1, 2, 50].map((at) => ask(sessions, opened[at]!.secret)))).toEqual([
    true,
    false,
    true,
    true,
  ]);
  time.now += 2 * HOUR;
  await sessions.open(ann);
  expect(filesIn(root)).toHaveLength(2);
});
