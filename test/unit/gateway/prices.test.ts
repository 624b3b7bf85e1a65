import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { UserError } from '../../../src/config';
import { formatMoney, parseMoney, priceOf } from '../../../src/gateway/money';
import { boundOf, costOf, loadPrices } from '../../../src/gateway/prices';
import { inputBound, promptBound, readUsage } from '../../../src/gateway/usage';

const dir = mkdtempSync(join(tmpdir(), 'awe-prices-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const file = (content: unknown): string => {
  const path = join(dir, `${Math.random()}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

describe('money', () => {
  it('is exact where floating numbers are not', () => {
    const tenth = parseMoney('0.1');
    expect(formatMoney(tenth + parseMoney('0.2'))).toBe('0.3');
    expect(formatMoney(priceOf(3, parseMoney('0.15')))).toBe('0.00000045');
    expect(formatMoney(priceOf(1, parseMoney('0.000001')))).toBe('0.000000000001');
  });

  it('comes back as it was written', () => {
    const decimals = fc.tuple(fc.nat(999_999_999), fc.nat(999_999));
    fc.assert(
      fc.property(decimals, ([whole, fraction]) => {
        const text = `${whole}.${String(fraction).padStart(6, '0')}`;
        const short = fraction === 0 ? String(whole) : text.replace(/0+$/, '');
        expect(formatMoney(parseMoney(text))).toBe(short);
      }),
    );
  });

  it.each(['', '-1', '1e3', '1,50', '.5', '1.', 'NaN'])('is not %j', (text) => {
    expect(() => parseMoney(text)).toThrow(RangeError);
  });
});

describe('prices', () => {
  const prices = loadPrices();

  it('come with the day they are of, and know what the mock costs: nothing', () => {
    expect(prices.asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(costOf(prices.of('mock-rules'), { prompt: 1_000, cached: 0, written: 0, completion: 1_000 })).toBe(0n);
  });

  it('count cached tokens at their own price', () => {
    const cost = costOf(prices.of('gpt-4o-mini'), { prompt: 1_000, cached: 400, written: 0, completion: 100 });
    expect(formatMoney(cost as bigint)).toBe('0.00018'); // 600 × 0.15 + 400 × 0.075 + 100 × 0.60, by the million
  });

  it('of a dated version are those of the model', () => {
    expect(prices.of('gpt-4o-mini-2024-07-18')).toEqual(prices.of('gpt-4o-mini'));
    expect(prices.of('gpt-4o-mini-2024-07')).toBeUndefined();
  });

  it('that are not known are not nothing', () => {
    expect(costOf(prices.of('somebody/else'), { prompt: 1, cached: 0, written: 0, completion: 1 })).toBeNull();
    expect(costOf(prices.of('text-embedding-3-small'), { prompt: 1, cached: 0, written: 0, completion: 1 })).toBeNull();
    expect(
      costOf(prices.of('text-embedding-3-small'), { prompt: 1, cached: 0, written: 0, completion: 0 }),
    ).not.toBeNull();
  });

  it('bound a call by the dearer of cached and not', () => {
    const dearCache = { input: parseMoney('1'), cached: parseMoney('3'), output: parseMoney('2') };
    expect(formatMoney(boundOf(dearCache, { prompt: 1_000_000, completion: 1_000_000 }) as bigint)).toBe('5');
  });

  it('may come from a file, and a wrong one is refused with the place', () => {
    const good = { as_of: '2026-01-01', currency: 'EUR', models: { mine: { input: '1.5', output: '2' } } };
    expect(loadPrices(file(good))).toMatchObject({ currency: 'EUR', models: ['mine'] });
    expect(() => loadPrices(file({ ...good, models: { mine: { input: 1.5 } } }))).toThrow(
      /\/models\/mine\/input must be a string.*Prices are text/,
    );
    expect(() => loadPrices(file('{'))).toThrow(UserError);
    expect(() => loadPrices(join(dir, 'none.json'))).toThrow(/LLM_PRICES_FILE.*cannot be read/);
  });
});

describe('usage', () => {
  it('is read with cached tokens, and with thinking that only the total counts', () => {
    const usage = {
      prompt_tokens: 10,
      completion_tokens: 5,
      total_tokens: 35,
      prompt_tokens_details: { cached_tokens: 4 },
    };
    expect(readUsage(usage)).toMatchObject({ prompt: 10, cached: 4, written: 0, completion: 25, estimated: false });
  });

  it.each([
    undefined,
    null,
    {},
    { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
    { prompt_tokens: -1, completion_tokens: 1, total_tokens: 0 },
    { prompt_tokens: 1.5, completion_tokens: 1, total_tokens: 3 },
    { prompt_tokens: 1e300, completion_tokens: 1, total_tokens: 3 },
    { prompt_tokens: '5', completion_tokens: 1, total_tokens: 6 },
    { prompt_tokens: 5, completion_tokens: 1, total_tokens: 6, prompt_tokens_details: { cached_tokens: 6 } },
  ])('is none where it makes no sense: %j', (usage) => {
    expect(readUsage(usage)).toBeUndefined();
  });

  it('is bounded by the bytes of all that a model reads', () => {
    const request = { model: 'm', messages: [{ role: 'user' as const, content: 'é'.repeat(100) }] };
    const plain = promptBound(request) as number;
    expect(plain).toBeGreaterThanOrEqual(200);
    const tools = [{ type: 'function', function: { name: 'look', description: 'x'.repeat(500) } }];
    expect(promptBound({ ...request, tools })).toBeGreaterThan(plain + 500);
    expect(inputBound({ model: 'm', input: [[1, 2, 3], [4]] })).toBe(4);
  });

  it('of a picture has no bound', () => {
    const content = [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }] as never;
    expect(promptBound({ model: 'm', messages: [{ role: 'user', content }] })).toBeUndefined();
  });
});
