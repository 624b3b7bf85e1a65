import type { Policy } from '../../schemas/policy';
import type { PolicyTrialRequest } from '../../schemas/policy/api';
import type { PublishedCatalogue } from '../../src/catalogue/published';
import { UserError } from '../../src/config';
import type { JudgePlan } from '../../src/policy/judge';
import { readPolicy } from '../../src/policy/read';
import { invalid } from '../../src/runs/errors';
import { readOffered } from '../definition/read';
import type { Handlers } from '../part';
import { HttpProblem } from '../problem';
import type { policyContracts } from './contract';
import { readTried, type PlanParts } from './plan';
import { policyOf, trialOf } from './views';

export interface PolicyDependencies extends PlanParts {
  /** the policy as it is now. @throws UserError */
  policy: () => Promise<Policy>;
  catalogue: Pick<PublishedCatalogue, 'read'>;
  judge: JudgePlan;
}

export function policyRoutes(deps: PolicyDependencies): Handlers<typeof policyContracts> {
  async function inForce(): Promise<Policy> {
    try {
      return await deps.policy();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      throw new HttpProblem('unavailable', error.message, { cause: error });
    }
  }

  return {
    async getPolicy() {
      return { body: policyOf(await inForce()) };
    },
    async tryPolicy({ body, principal }) {
      const request = body as PolicyTrialRequest;
      const policy = request.policy === undefined ? await inForce() : drafted(request.policy);
      const catalogue = await readOffered(deps);
      const tried = await readTried(request, catalogue, deps);
      const input = request.input ?? tried.input;
      const job = { requested_by: principal.name, priority: 3, goal: '', ...tried.job, ...request.job };
      const judgement = await deps.judge(policy, { ...tried, catalogue, job, input });
      return { body: trialOf({ tried, judgement, catalogue, isInputKnown: input !== undefined }) };
    },
  };
}

/** A policy of a body, as JSON or as YAML. @throws RunError `invalid` with all its faults */
function drafted(policy: object | string): Policy {
  // JSON is YAML
  const read = readPolicy(typeof policy === 'string' ? policy : JSON.stringify(policy));
  if ('policy' in read) return read.policy;
  const where = (line: number | undefined) =>
    typeof policy === 'string' && line !== undefined ? `line ${line}: ` : '';
  const errors = read.faults.map(({ line, message }) => ({ pointer: '/policy', detail: `${where(line)}${message}` }));
  throw invalid('The policy has faults; see errors.', errors);
}
