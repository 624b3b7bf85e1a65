import { PathId } from '../../schemas/api';
import { EffectList } from '../../schemas/effects';
import { define, everybody, page } from '../contract';

/** Address of what a run has changed outside. */
export const effectContracts = define({
  listEffects: {
    method: 'get',
    path: '/runs/{workflow_id}/effects',
    tag: 'runs',
    summary: 'What a run has changed outside, what has failed, and what nobody knows',
    description:
      'Each change is written down before it is made. One that was about to be made when the run ended is `unknown`.',
    roles: everybody,
    params: { workflow_id: PathId },
    query: page(1_000, 200),
    answers: [
      { status: 200, description: 'oldest first; `next_cursor` is absent on the last page', schema: EffectList },
    ],
    problems: [404, 422],
  },
});
