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
