import type { Response } from 'express';
import { createRates } from '../../../api/middleware/rates';
import { HttpProblem } from '../../../api/problem';

let time = 0;
const headers: Record<string, string> = {};
const res = { set: (name: string, value: string) => void (headers[name] = value) } as unknown as Response;
const rates = () => createRates({ requests: 60, changes: 0 }, () => time);

/** Requests that are taken, of so many. */
const taken = (one: ReturnType<typeof rates>, who: string, many: number) => {
  let count = 0;
  for (let i = 0; i < many; i++) {
    try {
      one.charge(res, 'requests', who);
      count += 1;
    } catch (error) {
      expect(error).toBeInstanceOf(HttpProblem);
      expect((error as HttpProblem).more.headers).toEqual({ 'Retry-After': '1' });
    }
  }
  return count;
};

test('a minute may be used at once, refills evenly, and is each caller’s own', () => {
  const one = rates();
  expect(taken(one, 'ann', 100)).toBe(60);
  expect(headers).toMatchObject({ RateLimit: '"requests";r=0;t=1', 'RateLimit-Policy': '"requests";q=60;w=60' });
  expect(taken(one, 'bob', 1)).toBe(1);
  time += 10_000;
  expect(taken(one, 'ann', 100)).toBe(10);
  time += 3_600_000;
  expect(taken(one, 'ann', 100)).toBe(60);
});

test('no limit is no limit', () => {
  const one = rates();
  for (let i = 0; i < 1_000; i++) one.charge(res, 'changes', 'ann');
});

test('a flood of callers costs a bounded memory', () => {
  const one = rates();
  for (let i = 0; i < 50_000; i++) one.charge(res, 'requests', `address ${i}`);
  expect(taken(one, 'address 49999', 100)).toBe(59);
});
