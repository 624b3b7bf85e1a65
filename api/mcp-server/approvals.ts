import { Type } from 'typebox';
import { PathId } from '../../schemas/api';
import type { ApprovalView, RunView } from '../../schemas/run';
import type { Runs } from '../../src/runs';
import { noSuchRun, notFound, RunError } from '../../src/runs/errors';
import { everybody } from '../contract';
import { addressOf } from '../links';
import { runContracts } from '../runs/contract';
import { hints, inputOf, type AssistantTool } from './tool';

export interface ApprovalDependencies {
  runs: Pick<Runs, 'readRun'>;
  isOurs: (workflowId: string) => boolean;
}

/** Characters of JSON of a question that are shown: a person decides on the whole. */
const MOST = 64_000;

/** A question of a run with all that it shows. Without an id, the one that is open. */
export async function readApproval(
  { runs, isOurs }: ApprovalDependencies,
  workflowId: string,
  approvalId?: string,
): Promise<ApprovalView & Pick<RunView, 'workflow_id' | 'process' | 'subject'>> {
  if (!isOurs(workflowId)) throw noSuchRun(workflowId);
  const { approvals, workflow_id, process, subject } = await runs.readRun(workflowId);
  const whose = { workflow_id, process, subject };
  if (approvalId !== undefined) {
    const named = approvals.find(({ approval_id }) => approval_id === approvalId);
    if (!named) throw notFound(`The run ${workflowId} asks no question ${approvalId}; approval_list has what waits.`);
    return { ...whose, ...named };
  }
  const [first, ...others] = approvals.filter(({ status }) => status === 'open');
  if (!first) throw notFound(`The run ${workflowId} asks nothing at the moment; approval_list has what waits.`);
  if (others.length === 0) return { ...whose, ...first };
  const ids = [first, ...others].map(({ approval_id }) => approval_id).join(', ');
  throw new RunError('conflict', `The run asks several questions; say which with approval_id: ${ids}.`);
}

/** Tools that show what a question is about; the list of what waits is an address. */
export function approvalTools(deps: ApprovalDependencies): AssistantTool[] {
  return [
    {
      name: 'approval_get',
      title: 'What a question shows',
      description:
        'A question with all that it shows, its rules, and the digest that a decision names. Without `approval_id`, the one ' +
        'that is open. If parts are left out, read the whole before anybody decides.',
      roles: everybody,
      input: inputOf({ workflow_id: PathId, approval_id: Type.Optional(PathId) }, ['workflow_id']),
      annotations: hints.reads,
      async run({ workflow_id, approval_id }) {
        const body = await readApproval(deps, String(workflow_id), approval_id as string | undefined);
        return { body, most: MOST, at: `GET ${addressOf(runContracts.getRun, { workflow_id: body.workflow_id })}` };
      },
    },
  ];
}
