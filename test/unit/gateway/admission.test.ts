import fc from 'fast-check';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { createAdmission, type Candidate } from '../../../src/gateway/admission';
import { CallerGone } from '../../../src/gateway/errors';
import { openAccounts } from '../../../src/gateway/accounts/accounts';
import type { Limit } from '../../../src/gateway/accounts/state';
import { createRates } from '../../../src/gateway/limits/rate';
import { createSeats } from '../../../src/gateway/limits/seats';
import { createMeter } from '../../../src/gateway/meter';
import { parseMoney } from '../../../src/gateway/money';
import { loadPrices } from '../../../src/gateway/prices';

const log = pino({ level: 'silent' });
const silent = {
  read: async () => '',
  append: async () => undefined,
  replace: async () => undefined,
  close: async () => undefined,
};

async function door({ run = {}, day = {}, fails = false }: { run?: Limit; day?: Limit; fails?: boolean } = {}) {
  const registry = new Registry();
  const seats = createSeats({ seats: 2, queue: 1, waitMs: 20 });
  const append = async () => {
    if (fails) throw new Error('no space');
  };
  const accounts = await openAccounts({ journal: { ...silent, append }, log });
  const meter = createMeter(registry, () => ({ inFlight: seats.inFlight, waiting: seats.waiting }));
  const admit = createAdmission({
    accounts,
    rates: createRates(),
    seats,
    prices: loadPrices(),
    budgets: { run, day },
    meter,
    log,
  });
  const candidate: Candidate = {
    caller: { name: 'tests', rate: {}, seats: 2 },
    run: 'audit.audit.1',
    model: 'gpt-4o-mini',
    promptBound: 100,
    completionBound: 100,
    signal: new AbortController().signal,
  };
  const ask = (more: Partial<Candidate> = {}) => admit({ ...candidate, ...more });
  return { ask, accounts, seats, registry, caller: candidate.caller };
}
const used = { prompt: 50, cached: 0, written: 0, completion: 10, estimated: false };

describe('the door', () => {
  it('gives an account of what was used, and the same one when asked again', async () => {
    const { ask, accounts, seats } = await door();
    const ticket = await ask();
    expect(seats.inFlight).toBe(1);
    const account = { cost: '0.0000135', currency: 'USD', usage: 'reported' };
    expect(ticket.settle(used)).toEqual(account);
    expect(ticket.settle('bound')).toEqual(account);
    expect(seats.inFlight).toBe(0);
    expect(accounts.account('run:audit.audit.1')).toMatchObject({ money: parseMoney('0.0000135'), tokens: 60 });
    expect(accounts.account('key:tests')?.tokens).toBe(60);
  });

  it('takes the bound where nothing was reported, and nothing where no model was asked', async () => {
    const { ask, accounts } = await door();
    expect((await ask()).settle('bound')).toMatchObject({ cost: '0.000075', usage: 'bound' });
    expect((await ask()).settle('nothing')).toMatchObject({ cost: '0' });
    expect(accounts.account('key:tests')?.tokens).toBe(200);
  });

  it('says that a cost is unknown where the price is', async () => {
    const { ask } = await door();
    expect((await ask({ model: 'somebody/else' })).settle(used)).toMatchObject({ cost: 'unknown' });
  });

  it('refuses what does not fit under a budget, in words that say which', async () => {
    const { ask, registry, seats } = await door({ run: { tokens: 300 }, day: { money: parseMoney('0.000150') } });
    await ask();
    await expect(ask()).rejects.toMatchObject({
      code: 'budget_exceeded',
      status: 402,
      message:
        'The budget of the run audit.audit.1 is 300 tokens, 200 are spent or reserved, and this call may need 200.',
    });
    (await ask({ run: 'other' })).settle('bound');
    await expect(ask({ run: 'third' })).rejects.toThrow(
      /budget of the day \d{4}-\d\d-\d\d is 0.00015 USD, 0.00015 USD are spent or reserved, and this call may cost 0.000075 USD/,
    );
    expect(seats.inFlight).toBe(1);
    expect(await registry.metrics()).toContain('awe_llm_budget_refusals_total{scope="run",what="tokens"} 1');
  });

  it.each([
    ['its own', { tokens: 1_000 }, 'run_tokens'],
    ['of the gateway', { tokens: 150 }, 'tokens'],
  ])('tells of a run which limit has ended: %s', async (_, run, reason) => {
    const { ask } = await door({ run });
    await expect(ask({ budget: { tokens: 180 } })).rejects.toMatchObject({ more: { reason } });
  });

  it('refuses under a budget what cannot be accounted for', async () => {
    const { ask } = await door({ run: { money: parseMoney('1') } });
    await expect(ask({ model: 'somebody/else' })).rejects.toMatchObject({
      code: 'budget_exceeded',
      more: { reason: 'price_unknown' },
    });
    await expect(ask({ run: undefined })).rejects.toMatchObject({
      code: 'bad_request',
      more: { reason: 'run_missing' },
    });
    await expect(ask({ promptBound: undefined })).rejects.toMatchObject({ more: { reason: 'no_bound' } });
  });

  it('holds a key to its own budget, of the day or for ever', async () => {
    const { ask } = await door();
    const caller = { name: 'k', rate: {}, seats: 2, budget: { per: 'ever' as const, tokens: 250 } };
    (await ask({ caller })).settle('bound');
    await expect(ask({ caller })).rejects.toThrow(/budget of the key k is 250 tokens/);
    (await ask({ caller: { ...caller, budget: { per: 'day', tokens: 250 } } })).settle(used);
  });

  it('spends nothing while it cannot write down what is spent', async () => {
    const { ask, seats, accounts } = await door({ fails: true });
    await expect(ask()).rejects.toMatchObject({ code: 'unavailable', status: 503, more: { reason: 'ledger' } });
    expect(seats.inFlight).toBe(0);
    expect(accounts.account('key:tests')?.reserved.tokens).toBe(0);
  });

  it('lets as many wait as there is room for, as long as they may', async () => {
    const { ask: askAs, seats } = await door();
    let callers = 0;
    const ask = (more: Partial<Candidate> = {}) =>
      askAs({ caller: { name: `caller ${(callers += 1)}`, rate: {}, seats: 2 }, ...more });
    const first = await ask();
    await ask();
    const third = ask();
    await expect(ask()).rejects.toMatchObject({
      code: 'unavailable',
      more: { reason: 'overloaded', retryAfterMs: 1_000 },
    });
    first.settle(used);
    await third;
    await expect(ask()).rejects.toMatchObject({ more: { reason: 'overloaded' } });
    const abort = new AbortController();
    const gone = ask({ signal: abort.signal });
    abort.abort();
    await expect(gone).rejects.toThrow(CallerGone);
    expect([seats.inFlight, seats.waiting]).toEqual([2, 0]);
  });
});

describe('seats', () => {
  const never = new AbortController().signal;
  const crowd = (seats: number, queue = 10) => {
    const room = createSeats({ seats, queue, waitMs: 60_000 });
    return { room, take: (name: string, share: number) => room.take({ name, seats: share }, never) };
  };

  it('are not all taken by one key, however much it asks', async () => {
    const { room, take } = crowd(4, 4);
    const leave = await Promise.all([take('greedy', 2), take('greedy', 2)]);
    const waiting = [take('greedy', 2), take('greedy', 2)];
    await expect(take('greedy', 2)).rejects.toMatchObject({
      code: 'rate_limited',
      message: 'The key greedy has 2 calls under way, its share.',
      more: { reason: 'parallel', retryAfterMs: 1_000 },
    });
    await Promise.all([take('other', 2), take('third', 2)]);
    expect([room.inFlight, room.waiting]).toEqual([4, 2]);
    leave.forEach((go) => go());
    await Promise.all(waiting);
    expect([room.inFlight, room.waiting]).toEqual([4, 0]);
  });

  it('go to the key that has the fewest, and then to the first that came', async () => {
    const { take } = crowd(3);
    const [a1, a2, b1] = await Promise.all([take('a', 3), take('a', 3), take('b', 3)]);
    const order: string[] = [];
    const wait = (name: string) => take(name, 3).then(() => order.push(name));
    const turns = ['a', 'b', 'c'].map(wait);
    a1?.();
    await turns[2];
    b1?.();
    await turns[1];
    a2?.();
    await turns[0];
    expect(order).toEqual(['c', 'b', 'a']);
  });

  it('never hold more than they have, and leave nobody standing beside a free one', async () => {
    const calls = fc.array(fc.record({ name: fc.constantFrom('a', 'b', 'c'), turns: fc.nat(5) }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(calls, async (all) => {
        const { room, take } = crowd(4, 1_000);
        const held: Record<string, number> = { a: 0, b: 0, c: 0 };
        const call = async ({ name, turns }: { name: string; turns: number }) => {
          const leave = await take(name, 2);
          held[name] = (held[name] ?? 0) + 1;
          expect([room.inFlight <= 4, (held[name] ?? 0) <= 2]).toEqual([true, true]);
          for (let i = 0; i < turns; i++) await Promise.resolve();
          held[name] = (held[name] ?? 0) - 1;
          leave();
        };
        await Promise.all(all.map(call));
        expect([room.inFlight, room.waiting]).toEqual([0, 0]);
      }),
    );
  });

  it('are given back once', async () => {
    const { room, take } = crowd(2);
    const leave = await take('a', 2);
    await take('a', 2);
    leave();
    leave();
    expect(room.inFlight).toBe(1);
  });
});

describe('rates', () => {
  it('come back evenly over a minute, and give back what was not used', () => {
    let now = 0;
    const rates = createRates(() => now);
    const rate = { requests: 2, tokens: 100 };
    expect(rates.take('k', rate, 60)).toBeUndefined();
    expect(rates.take('k', rate, 60)).toEqual({ what: 'tokens', waitMs: 12_000 });
    expect(rates.take('other', rate, 60)).toBeUndefined();
    rates.giveBack('k', rate, 50);
    expect(rates.take('k', rate, 60)).toBeUndefined();
    expect(rates.take('k', rate, 1)).toEqual({ what: 'requests', waitMs: 30_000 });
    now = 30_000;
    expect(rates.take('k', rate, 1)).toBeUndefined();
  });

  it('let a call that is larger than a minute in when nothing else was, and make the next ones wait for it', () => {
    let now = 0;
    const rates = createRates(() => now);
    expect(rates.take('k', { tokens: 100 }, 250)).toBeUndefined();
    expect(rates.take('k', { tokens: 100 }, 50)).toEqual({ what: 'tokens', waitMs: 120_000 });
    now = 120_000;
    expect(rates.take('k', { tokens: 100 }, 50)).toBeUndefined();
  });
});
