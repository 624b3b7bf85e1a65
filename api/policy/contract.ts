import { PolicyInForce, PolicyTrial, PolicyTrialRequest } from '../../schemas/policy/api';
import { define, everybody } from '../contract';

const tag = 'policy';

/** Addresses of the policy of jobs. */
export const policyContracts = define({
  getPolicy: {
    method: 'get',
    path: '/policy',
    tag,
    summary: 'The policy that says what jobs may do, what a person is asked about, and what never happens',
    roles: everybody,
    entrance: 'policy',
    answers: [{ status: 200, description: 'the policy in force', schema: PolicyInForce }],
    problems: [503],
  },
  tryPolicy: {
    method: 'post',
    path: '/policy/try',
    tag,
    summary: 'Try a policy on a plan: what it would let through, ask about and deny',
    description:
      'The policy in force, or one that you send, on a plan that you send, or on that of a job or an execution. It is judged ' +
      'as plans are when a job is planned, with the tools as they are now. Nothing is started, and nothing is kept.',
    roles: everybody,
    body: { json: PolicyTrialRequest, example: { job_id: 'J-20261129-1f0a', version: 1 } },
    answers: [{ status: 200, description: 'the decision on each step', schema: PolicyTrial }],
    problems: [404, 409, 413, 415, 422, 503],
  },
});
