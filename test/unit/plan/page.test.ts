/** The steps of docs/plans.md: a plan takes them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtinTools } from '../../../activities/tools/builtin';
import { createToolRegistry } from '../../../activities/tools/registry';
import { checkPlan } from '../../../core/plan/check';
import { Plan, type Step } from '../../../schemas/plan';
import { findProjectRoot } from '../../../src/config';
import { validatorFor } from '../../../src/contracts/validators';

const page = readFileSync(join(findProjectRoot(), 'docs', 'plans.md'), 'utf8');
const steps = [...page.matchAll(/^```json\n(.*?)^```$/gms)].map(([, text = '']) => JSON.parse(text) as Step);

it('a plan of all of them can run', () => {
  const plan = { name: 'page', steps };
  expect(steps).toHaveLength(4);
  expect(validatorFor(Plan)(plan)).toMatchObject({ ok: true });
  const registry = createToolRegistry(builtinTools);
  const find = (name: string) => registry.get(name)?.spec;
  expect(checkPlan(plan, { tool: find, agent: () => undefined })).not.toHaveProperty('faults');
});
