/** The definitions that come with AWE simulate to their end, with the input beside them. */
import { readFileSync } from 'node:fs';
import { listExamples } from '../../../../cli/definition/examples';
import type { WorkflowDefinition } from '../../../../schemas/definition/definition';
import type { JsonObject } from '../../../../schemas/json';
import { readYaml } from '../../../../src/definition/yaml';
import { simulated, stepOf, type Wanted } from './support';

async function simulateExample(name: string, { input, ...given }: Wanted = {}) {
  const example = (await listExamples()).find((one) => one.name === name)!;
  const { value } = readYaml(readFileSync(example.definition, 'utf8'));
  const usual = JSON.parse(readFileSync(example.input, 'utf8')) as JsonObject;
  return await simulated(value as WorkflowDefinition, { input: { ...usual, ...(input as object) }, ...given });
}

it('lead processing takes the branch of a lead that qualifies, or the other', async () => {
  const simulation = await simulateExample('lead-processing');
  expect(simulation).toMatchObject({ status: 'completed', result: { decision: 'qualified', mail_accepted: true } });
  expect(simulation.path).toEqual(['qualify', 'enrich', 'worth_a_mail', 'write', 'review']);
  expect(stepOf(simulation, 'close')).toMatchObject({
    state: 'skipped',
    reason: 'worth_a_mail is true, and leads to its other branch',
    why: [{ of: 'else', step: 'worth_a_mail', reads: [{ name: 'steps.qualify.output.decision', value: 'qualified' }] }],
  });
  const { output } = stepOf(simulation, 'qualify');
  const other = await simulateExample('lead-processing', {
    outputs: { qualify: { ...(output as JsonObject), decision: 'not_qualified', qualified: false, score: 3 } },
  });
  expect(other).toMatchObject({ status: 'completed', result: { decision: 'not_qualified', mail: '' } });
  expect(other.path).toEqual(['qualify', 'enrich', 'worth_a_mail', 'close']);
});

it('invoice approval asks about a large invoice, and says what it would have kept', async () => {
  const approved = await simulateExample('invoice-approval');
  expect(approved).toMatchObject({
    status: 'completed',
    result: { outcome: 'approved', by: 'a person', file: 'invoices/2026-0117.json' },
    questions: [{ step_id: 'ask', assignee: 'accounting', assumed: true, outcome: 'approved' }],
    effects: [{ step_id: 'keep', uses: 'file.write', targets: [{ kind: 'file', target: 'invoices/2026-0117.json' }] }],
  });
  const rejected = await simulateExample('invoice-approval', { decisions: { ask: { choice: 'reject', after: '2d' } } });
  expect(rejected).toMatchObject({ status: 'completed', result: { outcome: 'rejected' }, virtual_ms: 2 * 86_400_000 });
  expect(rejected.questions).toMatchObject([{ reminded_at: '2026-03-03T08:00:00.000Z', assumed: false }]);
  const small = await simulateExample('invoice-approval', { input: { limit: 2_000 } });
  expect(small).toMatchObject({ status: 'completed', result: { outcome: 'approved', by: 'the rules' }, questions: [] });
});

it('incident triage knows nothing of a service that is not asked, unless it is given', async () => {
  expect(await simulateExample('incident-triage')).toMatchObject({
    status: 'completed',
    result: { severity: 'sev1', major: true },
  });
});

it('the weekly report computes its figures, and asks nobody', async () => {
  expect(await simulateExample('weekly-report')).toMatchObject({
    status: 'completed',
    result: { total: 5430.75, largest: 'south', accepted: true },
  });
});
