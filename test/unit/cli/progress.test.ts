import type { StreamedEvent } from '../../../src/http/api-client';
import { createLive } from '../../../cli/live';
import { begun, lineOf, told, treeOf } from '../../../cli/jobs/progress';

let seq = 0;
const event = (event_type: string, payload: StreamedEvent['payload']): StreamedEvent => ({
  ...{ event_type, payload, occurred_at: '2026-01-05T08:00:00.000Z', seq: ++seq },
});
const after = (...events: StreamedEvent[]) => events.reduce(told, begun('J-1'));

it('draws a job and its tasks as a tree', () => {
  const progress = after(
    event('PLAN.POLICY_DECIDED', { effect: 'allow' }),
    event('TASK.STARTED', { step: 'a', uses: 'http.request', round: 1 }),
    event('TASK.COMPLETED', { step: 'a', round: 1, milliseconds: 412 }),
    event('TASK.STARTED', { step: 'b', round: 2 }),
    event('TASK.FAILED', { step: 'c', error: { type: 'x', message: 'answered 404' } }),
  );
  expect(treeOf(progress)).toEqual([
    'J-1  plan policy decided',
    '├─ ✓ a  0.412 s',
    '├─ ▸ b  round 2',
    '└─ ✗ c  answered 404',
  ]);
});

it('keeps what runs in sight where there is no room for all', () => {
  const done = Array.from({ length: 30 }, (_, i) => event('TASK.COMPLETED', { step: `s${i}`, milliseconds: 1 }));
  const lines = treeOf(after(event('TASK.STARTED', { step: 'long' }), ...done), 5);
  expect(lines[1]).toMatch('… and 26 more');
  expect(lines.filter((line) => /long|s29/.test(line))).toHaveLength(2);
  expect(lines).toHaveLength(1 + 1 + 5);
});

it('words an event as one line', () => {
  const failed = event('TASK.FAILED', { step: 'c', error: { type: 'x', message: 'answered 404' } });
  expect(lineOf(failed)).toBe('08:00:00  TASK.FAILED  c  answered 404');
});

it('draws over what was drawn, no wider than the terminal, and obeys no control characters', () => {
  const written: string[] = [];
  const live = createLive({ columns: 24, write: (text: string) => written.push(text) > 0 });
  live.draw(['one', 'two']);
  live.draw(['\x1b[2J'.padEnd(60, 'x')]);
  live.leave();
  live.draw(['three']);
  expect(written).toEqual(['one\ntwo\n', `\x1b[2A\x1b[0J\\u001b[2J${'x'.repeat(14)}\n`, 'three\n']);
});
