/** Tools that a step lists for an agent: a model may call them with arguments that nobody knows yet. */
import { readyAgents } from '../../../activities/agents/found';
import { builtinTools } from '../../../activities/tools/builtin';
import { createToolRegistry } from '../../../activities/tools/registry';
import { createCatalogue } from '../../../core/plan/catalogue';
import type { Step } from '../../../schemas/plan';
import { findProjectRoot } from '../../../src/config';
import { decideStep } from '../../../src/policy/decide';
import { loadPolicy } from '../../../src/policy/load';

const registry = createToolRegistry([...builtinTools, ...readyAgents()]);
const catalogue = createCatalogue(registry.catalogue('tool'), registry.catalogue('agent'));

const stepWith = (...tools: string[]): Step => ({
  ...{ id: 'find', kind: 'agent', uses: 'research' },
  with: { task: 'answer_question', parameters: {}, tools },
});

it.each([
  ['none', [], 'allow'],
  ['that only reads', ['sql.query', 'file.read'], 'allow'],
  ['that reaches whatever the model says', ['http.request'], 'approve'],
  ['that changes the memory of others', ['memory.remember'], 'approve'],
  ['that may take away', ['data.echo', 'sql.execute'], 'approve'],
])('a step with a tool %s', async (_, tools, effect) => {
  const policy = await loadPolicy(`${findProjectRoot()}/policies/default.yaml`);
  const job = { requested_by: 'ann', priority: 3, goal: 'find it' };
  expect(decideStep(policy, stepWith(...tools), { catalogue, job })).toMatchObject({ effect });
});
