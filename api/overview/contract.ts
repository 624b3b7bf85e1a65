import { Overview } from '../../schemas/overview/api';
import { acceptLanguage, define, everybody } from '../contract';

/** The address of the state of everything at a glance. */
export const overviewContracts = define({
  getOverview: {
    method: 'get',
    path: '/overview',
    tag: 'inbox',
    summary: 'What waits, what fails, what is under way, dead letters and health, in numbers',
    description: 'It answers whatever is away: a part that cannot be known then is null.',
    roles: everybody,
    entrance: 'overview',
    headers: acceptLanguage,
    answers: [{ status: 200, description: 'the state now', schema: Overview }],
  },
});
