/** Faults of Temporal in words of ours: they name what was asked, and a worker only where one has to answer. */
import { explainFault, type Asked } from '../../../src/runs/faults';
import { createSchedules } from '../../../src/schedules';
import type { TemporalPort } from '../../../src/temporal/client';
import { TemporalError, type TemporalFault } from '../../../src/temporal/errors';

/** A Temporal whose every call fails; it answers by itself, or does not. */
const failing = (fault: TemporalFault, answers = true) =>
  ({
    call: () => Promise.reject(new TemporalError(fault, 'a test')),
    answers: () => Promise.resolve(answers),
  }) as unknown as TemporalPort;

const run = 'awe.run.x';
const noWorker = 'No worker answers for this run at the moment. It goes on when one is back.';
const later = 'at the moment. Nothing was lost; try again in a few seconds.';

it.each<[Asked, TemporalFault, string, string]>([
  [{ run }, 'deadline', 'no_worker', noWorker],
  [{ run }, 'no_worker', 'no_worker', noWorker],
  [{ run }, 'not_ready', 'no_worker', noWorker],
  [{}, 'deadline', 'unavailable', `Temporal answers, but not for this run ${later}`],
  [{ noun: 'schedule' }, 'deadline', 'unavailable', `Temporal answers, but not for this schedule ${later}`],
  [{ noun: 'schedule' }, 'no_worker', 'unavailable', `Temporal answers, but not for this schedule ${later}`],
  [{ noun: 'schedule' }, 'not_found', 'not_found', 'There is no such schedule.'],
  [
    { noun: 'change of the definition', run },
    'deadline',
    'no_worker',
    noWorker.replace('run', 'change of the definition'),
  ],
  [{ noun: 'list of runs' }, 'deadline', 'unavailable', `Temporal answers, but not for this list of runs ${later}`],
])('%j, %s: %s', async (asked, fault, kind, message) => {
  const told = await explainFault(failing(fault), new TemporalError(fault, 'a test'), asked);
  expect(told).toMatchObject({ fault: kind, message });
});

it('a Temporal that does not answer at all is away, whatever was asked', async () => {
  const fault = new TemporalError('deadline', 'a test');
  for (const asked of [{ run }, { noun: 'schedule' }])
    expect(await explainFault(failing('deadline', false), fault, asked)).toMatchObject({
      fault: 'unavailable',
      message: 'Temporal does not answer. Nothing was lost; try again in a few seconds.',
    });
});

it('a schedule that Temporal does not describe is called a schedule', async () => {
  const parts = { temporal: failing('no_worker'), store: {}, settings: { namespace: 'awe' } };
  const schedules = createSchedules(parts as unknown as Parameters<typeof createSchedules>[0]);
  const message = `Temporal answers, but not for this schedule ${later}`;
  await expect(schedules.readSchedule('nightly')).rejects.toMatchObject({ fault: 'unavailable', message });
  await expect(schedules.controlSchedule('nightly', 'run', 'ann')).rejects.toMatchObject({ message });
});
