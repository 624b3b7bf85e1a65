import { planOf } from '../../../core/plan/written';
import type { WrittenStep } from '../../../schemas/plan';

const of = (...steps: WrittenStep[]) => planOf({ name: 'written', steps });

it('other names of uses and with mean the same', () => {
  const step = {
    id: 'a',
    kind: 'tool',
    action_type: 'api_call',
    action_config: { url: 'https://example.com' },
  } as const;
  expect(of(step)).toEqual({
    plan: {
      name: 'written',
      steps: [{ id: 'a', kind: 'tool', uses: 'api_call', with: { url: 'https://example.com' } }],
    },
  });
});

it('a tool step that uses wait is a wait step', () => {
  const step = { id: 'a', kind: 'tool', action_type: 'wait', action_config: { for: '1s' } } as const;
  expect(of(step)).toMatchObject({ plan: { steps: [{ id: 'a', kind: 'wait', with: { for: '1s' } }] } });
});

it('one thing under two names is refused, with where', () => {
  expect(of({ id: 'a', kind: 'tool', uses: 'x', action_type: 'x', with: {}, action_config: {} })).toEqual({
    faults: [
      expect.objectContaining({ pointer: '/steps/0/action_type' }),
      expect.objectContaining({ pointer: '/steps/0/action_config' }),
    ],
  });
});
