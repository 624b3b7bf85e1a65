import type { Recovery } from '../../../schemas/job/run';
import type { Step } from '../../../schemas/plan';
import { proposeRecovery } from '../../../src/job/recovery/rules';

const step = (uses: string, args: Step['with'] = {}): Step => ({ id: 's', kind: 'tool', uses, with: args });
const tried = (choice: Recovery['choice'], n: number): Recovery[] =>
  Array.from({ length: n }, (_, turn) => ({ turn, step: 's', choice, reason: '', error: { type: '', message: '' } }));
const propose = (
  one: Step,
  type: string,
  before: Recovery[] = [],
  outcome?: 'unknown',
  retries?: 'transient' | 'any' | 'none',
) => proposeRecovery(one, { type, message: 'm', ...(outcome ? { outcome } : {}) }, before, retries);

it('waits longer each time for what passes by itself, and not for ever', () => {
  const get = step('http.request', { url: 'https://a.test' });
  expect(propose(get, 'http.status_503')).toMatchObject({ choice: 'retry', after_ms: 5_000 });
  expect(propose(get, 'http.rate_limited', tried('retry', 1))).toMatchObject({ choice: 'retry', after_ms: 20_000 });
  expect(propose(get, 'http.status_503', tried('retry', 2))).toMatchObject({ choice: 'fail' });
});

it.each([
  ['http.timeout', step('http.request', { timeout: '30s' }), { timeout: '60s' }],
  ['http.too_large', step('http.request', {}), { response: 'file' }],
  ['sql.unique', step('sql.insert', { table: 't' }), { table: 't', on_conflict: 'skip' }],
])('changes the arguments where they are known to mend %s', (type, failed, args) => {
  expect(propose(failed, type)).toMatchObject({ choice: 'modify', step: { with: args } });
});

it('fails where another try would end the same way, and asks where nobody knows what has happened', () => {
  expect(propose(step('http.request'), 'http.status_404')).toMatchObject({ choice: 'fail' });
  expect(propose(step('http.request'), 'http.timeout', [], 'unknown')).toMatchObject({ choice: 'ask' });
  expect(propose(step('sql.insert', { on_conflict: 'update' }), 'sql.unique')).toMatchObject({ choice: 'fail' });
});

it('tries again after any failure, or after none, as the workers are configured', () => {
  const get = step('http.request');
  expect(propose(get, 'http.status_404', [], undefined, 'any')).toMatchObject({ choice: 'retry' });
  expect(propose(get, 'http.status_404', tried('retry', 2), undefined, 'any')).toMatchObject({ choice: 'fail' });
  expect(propose(get, 'egress.refused', [], undefined, 'any')).toMatchObject({ choice: 'fail' });
  expect(propose(get, 'http.status_503', [], undefined, 'none')).toMatchObject({ choice: 'fail' });
  expect(propose(get, 'http.timeout', [], undefined, 'none')).toMatchObject({ choice: 'fail' });
  for (const retries of ['any', 'none'] as const)
    expect(propose(get, 'http.timeout', [], 'unknown', retries)).toMatchObject({ choice: 'ask' });
});
