import { agentRunContracts } from '../agent-run/contract';
import { auditContracts } from '../audit/contract';
import type { Contract } from '../contract';
import { definitionContracts } from '../definition/contract';
import { inboxContracts } from '../inbox/contract';
import type { Ask } from '../inside';
import { jobContracts } from '../job/contract';
import { orderContracts } from '../order/contract';
import { HttpProblem } from '../problem';
import { runContracts } from '../runs/contract';
import { approvalTools, type ApprovalDependencies } from './approvals';
import { processTool, runTools, type RunToolDependencies } from './runs';
import { hints, toolOf, type AssistantTool, type OfAddress } from './tool';

export type ToolDependencies = ApprovalDependencies & RunToolDependencies;

/** Tools that are addresses of the API, a row each. */
const rows: readonly (OfAddress & { address: Contract })[] = [
  {
    name: 'agent_run_create',
    title: 'Start an agent run',
    description:
      'A goal about an asset is planned, criticised and executed. A plan that changes anything waits for a person’s yes ' +
      'before its first step. `determinism` binds the run to a model. agent_run_get has what has come of it.',
    address: agentRunContracts.startAgentRun,
    keyed: true,
    // that is a decision, which is not made here
    without: ['human_approved'],
    annotations: hints.acts,
  },
  {
    name: 'agent_run_get',
    title: 'An agent run',
    description: 'Its context: plan, critique, results of the steps, what it asks, and what it is made with.',
    address: agentRunContracts.getAgentRun,
    annotations: hints.reads,
  },
  {
    name: 'approval_list',
    title: 'What waits for people',
    description:
      'Open questions of all runs, the most urgent first: what is asked, the choices, who is to decide (`assignee`; ' +
      'anybody with the role where it is absent), by when, and the digest of what is shown. approval_get has what one ' +
      'shows. `state: decided`: what was decided within a day, and by whom.',
    address: inboxContracts.getInbox,
    annotations: hints.reads,
  },
  {
    name: 'audit_create',
    title: 'Ask for an audit',
    description: 'Starts an audit project. The same `project_id` with the same request starts nothing new.',
    address: auditContracts.initialRequest,
    needs: ['project_id'],
    annotations: hints.adds,
    starts: 'audit',
  },
  {
    name: 'audit_get',
    title: 'An audit project',
    description: 'Where a project stands.',
    address: auditContracts.getProject,
    annotations: hints.reads,
  },
  {
    name: 'audit_deliverables',
    title: 'Files of an audit project',
    description: 'What its agents have delivered, with links to the files.',
    address: auditContracts.getDeliverables,
    annotations: hints.reads,
  },
  {
    name: 'job_create',
    title: 'Have a goal carried out',
    description:
      'The goal becomes a plan, which is checked, held against the policy, and carried out; people are asked as the policy ' +
      'says. `mode`: `plan` shows the plan first (job_plan) and waits for an approval; `simulate` touches nothing; `run` is ' +
      'usual. A plan of your own may stand in place of the one that is written here. The same `job_id` with the same ' +
      'request starts nothing new. run_wait waits for it.',
    address: jobContracts.startJob,
    needs: ['job_id'],
    without: ['context_json'],
    annotations: hints.acts,
    starts: 'job',
  },
  {
    name: 'job_get',
    title: 'A job',
    description:
      'Where a job stands, what it asks, why it failed, its result, and parts of the goal that were not planned.',
    address: jobContracts.getJob,
    annotations: hints.reads,
  },
  {
    name: 'job_plan',
    title: 'The plan of a job',
    description:
      'Its steps, what they touch, risk and forecast, and what critic and policy say. Not there for a moment.',
    address: jobContracts.getJobPlan,
    annotations: hints.reads,
  },
  {
    name: 'order_create',
    title: 'Hand in an order',
    description:
      'An order as it came by e-mail, with its spreadsheets. The files are looked through first; a person approves the draft.',
    address: orderContracts.submitOrder,
    keyed: true,
    annotations: hints.adds,
    starts: 'order',
  },
  {
    name: 'order_get',
    title: 'An order',
    description: 'Its draft with the evidence, what is odd in it, and what was decided.',
    address: orderContracts.getOrder,
    annotations: hints.reads,
  },
  {
    name: 'run_cancel',
    title: 'Cancel a run',
    description: 'Ends a run for good. What it has done stays done.',
    address: runContracts.controlRun,
    fixed: { control: 'cancel' },
    annotations: hints.ends,
  },
  {
    name: 'run_get',
    title: 'A run',
    description: 'A run of any process: its state, open and decided questions, and its own picture.',
    address: runContracts.getRun,
    annotations: hints.reads,
  },
  {
    name: 'run_list',
    title: 'Runs',
    description: 'Runs of all processes or of one, newest first.',
    address: runContracts.listRuns,
    annotations: hints.reads,
  },
  {
    name: 'run_pause',
    title: 'Pause a run',
    description: 'A run begins no further step until it is resumed.',
    address: runContracts.controlRun,
    fixed: { control: 'pause' },
    annotations: hints.adds,
  },
  {
    name: 'run_resume',
    title: 'Resume a run',
    description: 'Lets a paused run go on.',
    address: runContracts.controlRun,
    fixed: { control: 'resume' },
    annotations: hints.acts,
  },
  {
    name: 'run_steps',
    title: 'Steps of a run',
    description: 'Its steps with their states, outputs and errors.',
    address: runContracts.getSteps,
    annotations: hints.reads,
  },
  {
    name: 'workflow_execute',
    title: 'Execute a workflow',
    description:
      'Starts an execution of a workflow definition (`id`). Input that does not fit its schema is refused. The same ' +
      '`execution_id` with the same request starts nothing new.',
    address: definitionContracts.executeDefinition,
    needs: ['execution_id'],
    without: ['async_execution'],
    annotations: hints.acts,
    starts: 'definition',
  },
  {
    name: 'workflow_execution',
    title: 'An execution',
    description: 'Where an execution stands, its steps with input and output, what it waits for, and its result.',
    address: definitionContracts.getExecution,
    annotations: hints.reads,
  },
  {
    name: 'workflow_get',
    title: 'A workflow definition',
    description: 'The newest version of a definition: its steps, and the schema of its input.',
    address: definitionContracts.getDefinition,
    annotations: hints.reads,
  },
  {
    name: 'workflow_list',
    title: 'Workflow definitions',
    description: 'Workflow definitions by their ids.',
    address: definitionContracts.listDefinitions,
    annotations: hints.reads,
  },
  {
    name: 'workflow_simulate',
    title: 'Simulate a workflow',
    description: 'The path that an execution would take, and why. Nothing is touched, and nothing is kept.',
    address: definitionContracts.simulateDefinition,
    annotations: hints.reads,
  },
];

/** Decides in the name of the key's person. */
const decide: OfAddress = {
  name: 'approval_decide',
  title: 'Decide what a run asks',
  description:
    'Decides a question in the name of the person whose key this is, who answers for it: the rules of the question hold ' +
    '(role, four eyes). `digest` is that of approval_get: nothing but what was shown is decided. The first decision wins.',
  needs: ['digest'],
  annotations: hints.acts,
};

const DECIDE_OFF =
  'Deciding is not done by MCP here: people decide in the API or by `awe`. An operator may allow it (MCP_SERVER_DECIDES).';

/** All tools by their names. `decides`: a decision may come from an assistant. */
export function assistantTools(ask: Ask, deps: ToolDependencies, { decides }: { decides: boolean }): AssistantTool[] {
  const ofAddresses = rows.map(({ address, ...row }) => toolOf(ask, address, row));
  const decider = toolOf(ask, runContracts.decide, decide);
  const tools: AssistantTool[] = [
    ...ofAddresses,
    ...runTools(deps),
    ...approvalTools(deps),
    decides
      ? decider
      : { ...decider, roles: [], run: async () => Promise.reject(new HttpProblem('forbidden', DECIDE_OFF)) },
  ];
  return [...tools, processTool(tools)].sort((a, b) => (a.name < b.name ? -1 : 1));
}
