import * as fs from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { pino } from 'pino';
import { openFileJournal, type Journal } from '../../../src/gateway/accounts/journal';
import { openAccounts, type Accounts } from '../../../src/gateway/accounts/accounts';
import { BrokenJournal, parseJournal } from '../../../src/gateway/accounts/lines';
import type { Amount, Claim } from '../../../src/gateway/accounts/state';

const log = pino({ level: 'silent' });
const dir = mkdtempSync(join(tmpdir(), 'awe-ledger-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
let count = 0;
const newFile = () => join(dir, `${count++}`, 'spending.jsonl');

const claims = (limit: Claim['limit']): Claim[] => [{ account: 'run:a', limit }];
const money = (units: number | bigint, tokens = 1): Amount => ({ money: BigInt(units), tokens });
const open = async (file: string, now?: () => Date) => openAccounts({ journal: await openFileJournal(file), log, now });

/** Asserts that a reservation was made, and returns its id. */
async function reserve(accounts: Accounts, limit: Claim['limit'], amount: Amount): Promise<string> {
  const result = await accounts.reserve(claims(limit), amount);
  if (!result.ok) throw new Error(`refused: ${result.shortage.what}`);
  return result.id;
}

describe('accounts on disk', () => {
  it('reserves before a call, settles after it, and knows both after a restart', async () => {
    const file = newFile();
    const first = await open(file);
    const id = await reserve(first, { money: 100n }, money(60, 6));
    expect(await first.reserve(claims({ money: 100n }), money(50))).toEqual({
      ok: false,
      shortage: { account: 'run:a', what: 'money', limit: 100n, used: 60n },
    });
    first.settle(id, money(40, 4));
    first.settle(id, money(40, 4));
    await first.close();
    const second = await open(file);
    expect(second.account('run:a')).toMatchObject({ money: 40n, tokens: 4, reserved: { money: 0n, tokens: 0 } });
    await reserve(second, { money: 100n }, money(60));
    await second.close();
  });

  it('counts a reservation whose process has died as spent, once', async () => {
    const file = newFile();
    const dead = await open(file);
    await reserve(dead, { money: 100n }, money(60, 6));
    for (let restart = 0; restart < 3; restart++) {
      const next = await open(file);
      expect(next.account('run:a')).toMatchObject({ money: 60n, tokens: 6 });
      expect((await next.reserve(claims({ money: 100n }), money(41))).ok).toBe(false);
      await next.close();
    }
    await dead.close();
  });

  it('lets as many calls in at once as fit, and no more', async () => {
    const accounts = await open(newFile());
    const results = await Promise.all(
      Array.from({ length: 50 }, () => accounts.reserve(claims({ tokens: 70 }), money(1, 10))),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(7);
    await accounts.close();
  });

  it('refuses an unknown price under a budget of money, and takes it where only tokens count', async () => {
    const accounts = await open(newFile());
    const unknown: Amount = { money: null, tokens: 5 };
    expect(await accounts.reserve(claims({ money: 10n }), unknown)).toMatchObject({
      shortage: { what: 'price_unknown' },
    });
    accounts.settle(await reserve(accounts, { tokens: 10 }, unknown), unknown);
    expect(accounts.account('run:a')).toMatchObject({ money: 0n, tokens: 5, unpriced: 1 });
    await accounts.close();
  });

  it('leaves out an end that was not written whole, and refuses a hole in the middle', async () => {
    const file = newFile();
    const accounts = await open(file);
    await reserve(accounts, {}, money(60, 6));
    await accounts.close();
    const whole = fs.readFileSync(file, 'utf8');
    fs.writeFileSync(file, `${whole}{"t":"reserve","id":"to`);
    const next = await open(file);
    expect(next.account('run:a')?.tokens).toBe(6);
    await next.close();
    fs.writeFileSync(file, whole.replace('\n', '\nnot a line\n'));
    await expect(open(file)).rejects.toThrow(BrokenJournal);
    fs.writeFileSync(file, 'something else\n');
    await expect(open(file)).rejects.toThrow(/line 1: is not the beginning of a ledger/);
  });

  it('takes nothing more when somebody else writes into its file, or moves it', async () => {
    const file = newFile();
    const accounts = await open(file);
    fs.appendFileSync(file, '{"t":"account"}\n');
    await expect(accounts.reserve(claims({}), money(1))).rejects.toThrow(/written to by somebody else/);
    expect(accounts.fault()).toMatch(/somebody else/);
    await accounts.close();
    const moved = newFile();
    const other = await open(moved);
    fs.renameSync(moved, `${moved}.away`);
    await expect(other.reserve(claims({}), money(1))).rejects.toThrow(/moved or replaced/);
    await other.close();
  });

  it('is written anew each day, and forgets runs that nobody has used for 90 days, but no key', async () => {
    let now = new Date('2026-01-01T10:00:00Z');
    const file = newFile();
    const accounts = await open(file, () => now);
    const all: Claim[] = ['run:old', 'key:k', 'key:k@2026-01-01', 'day:2026-01-01'].map((account) => ({
      account,
      limit: {},
    }));
    for (let call = 0; call < 20; call++) {
      const made = await accounts.reserve(all, money(1));
      if (made.ok) accounts.settle(made.id, money(1));
    }
    now = new Date('2026-05-01T10:00:00Z');
    await reserve(accounts, {}, money(1));
    await accounts.close();
    const state = parseJournal(fs.readFileSync(file, 'utf8'));
    expect([...state.accounts.keys()]).toEqual(['key:k', 'run:a']);
    expect(state.accounts.get('key:k')?.money).toBe(20n);
    expect(fs.readFileSync(file, 'utf8').split('\n').length).toBeLessThan(8);
  });
});

interface Disk {
  text: string;
  full: boolean;
}

/** A process's access to a disk: after a kill, none of its writes arrive and no call answers. */
function processOn(disk: Disk): { journal: Journal; kill(): void } {
  let dead = false;
  const never = () => new Promise<never>(() => undefined);
  const write = async (change: () => void) => {
    await Promise.resolve();
    if (dead) return await never();
    if (disk.full) throw new Error('no space');
    change();
    await Promise.resolve();
    if (dead) await never();
  };
  return {
    journal: {
      read: async () => disk.text,
      append: (text) => write(() => (disk.text += text)),
      replace: (text) => write(() => (disk.text = text)),
      close: async () => undefined,
    },
    kill: () => (dead = true),
  };
}

type Step =
  | { do: 'reserve'; account: number; money: number; tokens: number }
  | { do: 'settle'; which: number; part: number }
  | { do: 'crash'; cut: number }
  | { do: 'disk'; full: boolean }
  | { do: 'wait' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('reserve' as const),
      account: fc.nat(2),
      money: fc.nat(40),
      tokens: fc.integer({ min: 1, max: 40 }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('settle' as const), which: fc.nat(50), part: fc.nat(100) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const), cut: fc.nat(80) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('disk' as const), full: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const) }) },
);

describe('budgets, whatever comes together', () => {
  it('are never passed by what calls really cost, over crashes, full disks and any order', async () => {
    const LIMIT = { money: 100n, tokens: 90 };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 60 }), async (steps) => {
        const disk: Disk = { text: '', full: false };
        let running = processOn(disk);
        let accounts = await openAccounts({ journal: running.journal, log });
        /** the amounts really charged, by run; an admitted call without a settlement may cost its whole reservation */
        const charged = new Map<string, { money: bigint; tokens: number }>();
        let calls: { id: string; account: string; amount: Amount }[] = [];
        const charge = (account: string, { money: m, tokens }: Amount) => {
          const has = charged.get(account) ?? { money: 0n, tokens: 0 };
          charged.set(account, { money: has.money + (m ?? 0n), tokens: has.tokens + tokens });
        };
        let generation = 0;

        for (const one of steps) {
          if (one.do === 'reserve') {
            const account = `run:${one.account}`;
            const amount = money(one.money, one.tokens);
            const of = generation;
            void accounts
              .reserve([{ account, limit: LIMIT }], amount)
              // only a living process makes the call
              .then((made) => made.ok && of === generation && calls.push({ id: made.id, account, amount }))
              .catch(() => undefined);
          } else if (one.do === 'settle' && calls.length > 0) {
            const [call] = calls.splice(one.which % calls.length, 1);
            if (!call) continue;
            const part = (value: number) => Math.floor((value * one.part) / 100);
            const used = money(part(Number(call.amount.money)), part(call.amount.tokens));
            charge(call.account, used);
            accounts.settle(call.id, used);
          } else if (one.do === 'crash') {
            generation += 1;
            // an admitted call goes on at the provider and is charged in full
            for (const { account, amount } of calls) charge(account, amount);
            calls = [];
            running.kill();
            disk.text += '{"t":"reserve","id":"torn","day":"2026-01-01","accounts"'.slice(0, one.cut);
            disk.full = false;
            running = processOn(disk);
            accounts = await openAccounts({ journal: running.journal, log });
          } else if (one.do === 'disk') disk.full = one.full;
          else if (one.do === 'wait') for (let i = 0; i < 5; i++) await Promise.resolve();
        }
        for (const { account, amount } of calls) charge(account, amount);
        for (const [, spent] of charged) {
          expect(spent.money <= LIMIT.money).toBe(true);
          expect(spent.tokens).toBeLessThanOrEqual(LIMIT.tokens);
        }
        // and the next process counts at least as much
        running.kill();
        disk.full = false;
        const after = await openAccounts({ journal: processOn(disk).journal, log });
        for (const [account, spent] of charged) {
          expect((after.account(account)?.money ?? 0n) >= spent.money).toBe(true);
          expect(after.account(account)?.tokens ?? 0).toBeGreaterThanOrEqual(spent.tokens);
        }
      }),
      { numRuns: 300 },
    );
  });
});
