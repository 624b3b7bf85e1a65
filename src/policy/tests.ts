import type { ToolCatalogue } from '../../core/plan/catalogue';
import { withWorstCase, type CompleteSpec } from '../../core/worst-case';
import type { Step } from '../../schemas/plan';
import type { Policy, PolicyTest, StepDecision } from '../../schemas/policy';
import { decideStep } from './decide';

/** Outcome of a test of a policy. */
export interface PolicyTestResult {
  name: string;
  passed: boolean;
  decision: StepDecision;
  /** what was expected instead; absent where the test has passed */
  fault?: string;
}

/** Runs the tests of a policy, in their order. */
export function runPolicyTests(policy: Policy, catalogue: ToolCatalogue): PolicyTestResult[] {
  return (policy.tests ?? []).map((test) => runTest(policy, test, catalogue));
}

function runTest(policy: Policy, test: PolicyTest, catalogue: ToolCatalogue): PolicyTestResult {
  const step = { id: 'step', kind: 'tool', ...test.step } as Step;
  const job = { requested_by: 'ann', priority: 3, goal: '', ...test.job };
  const decision = decideStep(policy, step, { catalogue: withTool(test, catalogue), job });
  const wrongEffect = decision.effect !== test.expect;
  const wrongRule = test.rule !== undefined && decision.rule !== test.rule;
  if (!wrongEffect && !wrongRule) return { name: test.name, passed: true, decision };
  const expected = test.rule === undefined ? test.expect : `${test.expect} by ${test.rule}`;
  return {
    name: test.name,
    passed: false,
    decision,
    fault: `expected ${expected}, got ${decision.effect} by ${decision.rule}: ${decision.reason}`,
  };
}

/** A catalogue in which the tool of a test is as the test says. */
function withTool({ step, tool }: PolicyTest, catalogue: ToolCatalogue): ToolCatalogue {
  if (!tool) return catalogue;
  const known: CompleteSpec | undefined = catalogue.tool(step.uses);
  const given = {
    name: step.uses,
    version: '1',
    description: step.uses,
    input: {},
    output: {},
    approval: false,
    ...tool,
  };
  const spec = withWorstCase(known ? { ...known, ...tool } : given);
  const find = (name: string) => (name === step.uses ? spec : catalogue.tool(name));
  return {
    ...catalogue,
    tool: find,
    of: ({ kind, uses = '' }) => (kind === 'tool' ? find(uses) : catalogue.of({ kind, uses })),
  };
}
