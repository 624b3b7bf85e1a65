import type { RunRecord } from '../../../schemas/run';
import { resultOf } from '../../../src/recordings/result';

const started = { event_type: 'TASK.STARTED', payload: { run: 'r', step: 's', uses: 'file.read', round: 1 } };
const ready = { event_type: 'TASK.READY', payload: { run: 'r', step: 's', uses: 'file.read' } };

const record = (events: unknown[]): RunRecord =>
  ({ status: 'completed', step_views: [], approvals: [], events }) as unknown as RunRecord;

const compared = (events: unknown[]) =>
  resultOf(record(events), [], ['r'], { getValue: () => Promise.reject(new Error('no value is referred to')) });

it('says the same of a step that had to wait for a place and of one that had not', async () => {
  expect(await compared([ready, started])).toEqual(await compared([started]));
  expect(await compared([])).not.toEqual(await compared([started]));
});
