import type { ApprovalView } from '../../../schemas/run';
import { answerFromRecord, decisionOf } from '../../../src/runs/decide';
import { parseWorkflowId, workflowIdOf } from '../../../src/temporal/ids';
import { requestDigest } from '../../../src/runs/audit/start';

const decided = {
  approval_id: 'rows',
  status: 'decided',
  decision: { decision_id: 'd-1', choice: 'provide', by: 'ann', channel: 'api', verified: true, decided_at: 'now' },
} as ApprovalView;
const expired = { approval_id: 'review', status: 'expired' } as ApprovalView;

test.each([
  [
    'the same decision',
    { approval_id: 'rows', decision_id: 'd-1', choice: 'provide', by: 'ann' },
    { outcome: 'repeated' },
  ],
  ['another', { approval_id: 'rows', decision_id: 'd-2', choice: 'decline', by: 'bob' }, { outcome: 'late' }],
  [
    'one on what has expired',
    { approval_id: 'review', choice: 'x', by: 'bob' },
    { outcome: 'refused', reason: 'closed' },
  ],
  [
    'one on nothing',
    { approval_id: 'none', choice: 'x', by: 'bob' },
    { outcome: 'refused', reason: 'unknown_approval' },
  ],
])('after its run has closed, %s is answered from the record', (_, decision, answer) => {
  expect(answerFromRecord([decided, expired], decision)).toMatchObject(answer);
});

test('a decision has the same name when it is sent again, and another when anything in it differs', () => {
  const base = { approval_id: 'a', choice: 'yes', by: 'ann' };
  const name = (more: object) => decisionOf({ ...base, ...more }).updateId;
  expect(name({})).toBe(name({}));
  const others = [
    { by: 'bob' },
    { choice: 'no' },
    { approval_id: 'b' },
    { comment: 'x' },
    { data: { x: 1 } },
    { decision_id: 'd' },
  ];
  expect(new Set([{}, ...others].map(name)).size).toBe(others.length + 1);
  // with a key, the key is the name, for that person and that question
  expect(name({ idempotency_key: 'k', choice: 'no' })).toBe(name({ idempotency_key: 'k' }));
  expect(name({ idempotency_key: 'k', by: 'bob' })).not.toBe(name({ idempotency_key: 'k' }));
});

test('workflow ids say namespace and process, and nothing of another namespace', () => {
  const id = workflowIdOf('audit', 'audit', 'P1');
  expect(id).toMatch(/^audit\.audit\.P1-[0-9a-f]{16}$/);
  // names that look alike are not the same, and what would need escaping is left out
  const alike = ['P1', 'p1', 'P1 ', 'P-1', 'P/1', '«»', 'x'.repeat(200)].map((name) =>
    workflowIdOf('audit', 'audit', name),
  );
  expect(new Set(alike).size).toBe(alike.length);
  for (const one of alike) expect(parseWorkflowId('audit', one)?.name).toMatch(/^[A-Za-z0-9-]{16,77}$/);
  expect(parseWorkflowId('audit', id)?.process).toBe('audit');
  expect(parseWorkflowId('aud', id)).toBeUndefined();
  expect(parseWorkflowId('audit', "audit.audit.' OR 1=1")).toBeUndefined();
});

test('a request is the same if its words and its work are', () => {
  const ref = { $ref: `sha256:${'0'.repeat(64)}` };
  expect(requestDigest('x', undefined)).toBe(requestDigest('x', undefined));
  expect(requestDigest('x', ref)).not.toBe(requestDigest('x', undefined));
});
