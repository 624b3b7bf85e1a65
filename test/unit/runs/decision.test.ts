import { judge, objectionTo, type Judged, type Way } from '../../../core/decision';
import type { DecisionRules } from '../../../schemas/run';

const api: Way = { channel: 'api' };
const signal: Way = { channel: 'signal', signals: 'accept' };
const question = (rules: DecisionRules = {}, more: Partial<Judged> = {}): Judged => ({
  status: 'open',
  choices: ['approve', 'correct', 'reject'],
  digest: 'sha256:now',
  rules,
  ...more,
});
const say = (choice: string, more: object = {}) => ({ approval_id: 'validation', by: 'ann', choice, ...more });
const reasonFor = (decision: ReturnType<typeof say>, asked: Judged | undefined, way: Way = api) =>
  objectionTo(decision, asked, way)?.reason;

it('takes a choice that the question offers', () => {
  expect(objectionTo(say('approve'), question(), api)).toBeUndefined();
  expect(objectionTo(say('approve', { digest: 'sha256:now' }), question(), signal)).toBeUndefined();
});

it.each([
  [
    'a signal where signals do not decide',
    say('approve'),
    question(),
    { ...signal, signals: 'token' },
    'signals_refused',
  ],
  ['one on nothing', say('approve'), undefined, api, 'unknown_approval'],
  ['one that comes too late', say('approve'), question({}, { status: 'expired' }), api, 'closed'],
  ['a choice that is none', say('constructor'), question(), api, 'unknown_choice'],
  [
    'one on something else than is asked',
    say('approve', { digest: 'sha256:then' }),
    question(),
    api,
    'digest_mismatch',
  ],
] as const)('refuses %s', (_, decision, asked, way, reason) => {
  expect(reasonFor(decision, asked, way)).toBe(reason);
});

it('four eyes: a party leaves its choices to somebody else, and what proves nobody never counts', () => {
  const eyes = question({ parties: [{ by: 'ann', not: ['approve'], why: 'has sent the order in' }] });
  expect(objectionTo(say('approve'), eyes, api)).toEqual({
    reason: 'forbidden',
    message: 'ann has sent the order in; somebody else has to approve it',
  });
  expect(reasonFor(say('reject'), eyes)).toBeUndefined();
  expect(reasonFor(say('approve', { by: 'bob' }), eyes)).toBeUndefined();
  expect(reasonFor(say('approve', { by: 'bob' }), eyes, signal)).toBe('signals_refused');
});

it('a choice may need a comment, or data', () => {
  const needs = question({ comment: { reject: 'the reason' }, data: { correct: 'what is to be corrected' } });
  expect(reasonFor(say('reject', { comment: ' ' }), needs)).toBe('incomplete');
  expect(reasonFor(say('reject', { comment: 'twice' }), needs)).toBeUndefined();
  expect(reasonFor(say('correct', { data: {} }), needs)).toBe('incomplete');
  expect(reasonFor(say('correct', { data: [1] }), needs)).toBe('malformed');
  expect(reasonFor(say('correct', { data: null }), needs)).toBe('malformed');
  expect(reasonFor(say('correct', { data: { lines: [] } }), needs)).toBeUndefined();
});

it('faults forbid a choice, unless data comes along that may mend them', () => {
  const blocked = question({ blocking: { approve: { count: 2, codes: ['a', 'b'] } } });
  expect(objectionTo(say('approve'), blocked, api)?.message).toBe('2 blocking faults are left: a, b');
  expect(reasonFor(say('approve', { data: { lines: [] } }), blocked)).toBeUndefined();
  expect(reasonFor(say('reject'), blocked)).toBeUndefined();
  expect(reasonFor(say('approve'), question({ blocking: { approve: { count: 0, codes: [] } } }))).toBeUndefined();
});

it('the first decision wins: it may be sent again, and whoever is later gets to know it', () => {
  const made = { decision_id: 'd-1', choice: 'approve', by: 'ann', channel: 'api', verified: true, decided_at: 'now' };
  const decided = question({}, { status: 'decided', decision: made as Judged['decision'] });
  const answer = (decision: ReturnType<typeof say>) => judge(decision, decided, api);
  expect(answer(say('approve', { decision_id: 'd-1' }))).toMatchObject({ answer: { outcome: 'repeated' } });
  expect(answer(say('reject', { decision_id: 'd-2' }))).toMatchObject({ answer: { outcome: 'late', decision: made } });
});
