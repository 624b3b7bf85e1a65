import type { Moment } from '../../../core/engine/voice';
import { Control } from '../../../workflows/engine/control';
import { Inbox, type InboxParts } from '../../../workflows/engine/inbox';

/** An inbox whose proofs are checked when the test says so, in whatever order. */
function slow() {
  const told: string[] = [];
  const checks: ((proved: boolean) => void)[] = [];
  const control = new Control(({ at, by }) => told.push(`${at} ${by}`));
  const io = () => new Promise<{ proved: boolean }>((resolve) => checks.push((proved) => resolve({ proved })));
  const speak = (moment: Moment) => told.push(`${moment.at} ${'by' in moment ? String(moment.by) : ''}`);
  const parts = { run: 'r', signals: 'token', control, speak, work: { io }, approvals: {} };
  return { inbox: new Inbox(parts as unknown as InboxParts), control, checks, told };
}

const proved = (by: string) => ({ by, proof: { at: '2026-11-30T00:00:00Z', mac: 'AAAA' } });

it('requests count in the order in which they came, however long the check of each takes', async () => {
  const { inbox, control, checks, told } = slow();
  const all = [inbox.control('pause', proved('ann')), inbox.control('resume', proved('bob'))];
  all.push(inbox.control('cancel', { by: 'eve' }));
  checks[1]!(true);
  await new Promise(setImmediate);
  expect(told).toEqual([]);
  checks[0]!(true);
  await Promise.all(all);
  expect(told).toEqual(['run.paused ann', 'run.resumed bob', 'request.refused eve']);
  expect(control.paused).toBe(false);
});

it('a message without a proof is through no run, whatever it says', async () => {
  const { inbox, control, checks } = slow();
  const pause = inbox.control('pause', { ...proved('ann'), through: 'outer' });
  checks[0]!(true);
  await pause;
  await inbox.control('resume', { by: 'eve', through: 'outer' });
  expect(control.pauser).toMatchObject({ by: 'ann', through: 'outer' });
});

it('a request whose check fails does not hold up the next one', async () => {
  const { inbox, control, checks } = slow();
  const first = inbox.control('resume', proved('eve'));
  const second = inbox.control('pause', proved('ann'));
  checks[0]!(false);
  checks[1]!(true);
  await Promise.all([first, second]);
  expect(control.pauser?.by).toBe('ann');
});
