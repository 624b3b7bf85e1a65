import { Control } from '../../../workflows/engine/control';

it('what was asked of a run while it continued as new holds in its next execution', () => {
  const first = new Control(() => undefined);
  first.pause('ann');
  first.cancel('bob');
  const next = new Control(() => undefined, JSON.parse(JSON.stringify(first.carry())) as ReturnType<Control['carry']>);
  expect(next.paused).toBe(true);
  expect(next.cancelled).toBe('bob');
});

it('a run of which nobody has asked anything carries nothing along', () => {
  expect(new Control(() => undefined).carry()).toEqual({ wishes: [] });
});

it('a pause that came through a run around ends with that run, or by a person, and no other way', () => {
  const control = new Control(() => undefined);
  control.pause('ann', 'outer');
  expect(control.pauser).toMatchObject({ by: 'ann', through: 'outer' });
  control.resume('bob', 'another');
  expect(control.paused).toBe(true);
  control.resume('bob', 'outer');
  expect(control.paused).toBe(false);
  control.pause('ann', 'outer');
  control.resume('bob');
  expect(control.paused).toBe(false);
});

it('a pause that a person asked of a run outlasts that of a run around', () => {
  const control = new Control(() => undefined);
  control.pause('ann');
  control.pause('bob', 'outer');
  control.resume('bob', 'outer');
  expect(control.pauser).toMatchObject({ by: 'ann', through: undefined });
});
