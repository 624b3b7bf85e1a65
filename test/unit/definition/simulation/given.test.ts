/** What a simulation is given is held against the definition before anything runs. */
import { definitionOf, give, refused } from './support';

const definition = definitionOf(
  { step_id: 'read_lead', step_type: 'api_call', parameters: { url: 'https://example.com' } },
  { step_id: 'score', step_type: 'agent_task', agent_type: 'sales', task: 'qualify_lead' },
  { step_id: 'large', step_type: 'condition', condition: 'true' },
  { step_id: 'ask', step_type: 'approval', approval: { question: 'Go?', expire_after: '1d' } },
  { step_id: 'rest', step_type: 'wait', parameters: { for: '1h' } },
  { step_id: 'each', step_type: 'loop', items: 'input.list', steps: [give('inner', {}), give('other', {})] },
);
const faultsOf = async (given: Parameters<typeof refused>[1]) =>
  (await refused(definition, { input: { lead: {} }, ...given })).map(({ pointer, detail }) => `${pointer}: ${detail}`);

it('steps that there are not are named, with the nearest that there is', async () => {
  expect(
    await faultsOf({
      outputs: { read_laed: {} },
      decisions: { aks: { choice: 'approve' }, rest: { choice: 'approve' } },
    }),
  ).toEqual([
    '/outputs/read_laed: there is no step "read_laed"; did you mean "read_lead"?',
    '/decisions/aks: there is no step "aks"; did you mean "ask"?',
    '/decisions/rest: "rest" asks nobody: it is a step of type wait',
  ]);
  const [within] = await faultsOf({ outputs: { 'each.0.inner': {} } });
  expect(within).toMatch(/steps within loops are named by their own step_id/);
});

it('outputs that do not fit what is known of them are refused, in lists at their places', async () => {
  const fault = { error: { type: 'http.status_503' } };
  expect(await faultsOf({ outputs: { read_lead: [fault, { status: 'ok', url: '', headers: {}, body: 1 }] } })).toEqual([
    '/outputs/read_lead/1/status: must be integer; it stands for what http.request gives back',
  ]);
  const scored = await faultsOf({ outputs: { score: { task: 'qualify_lead', score: 'high' } } });
  expect(scored).toContain('/outputs/score/score: must be integer; it stands for what sales gives back');
  expect(await faultsOf({ outputs: { large: { met: 'yes' }, each: [], inner: { any: 1 } } })).toEqual([
    '/outputs/large: a condition gives {"met": true} or {"met": false}; say which',
    '/outputs/each: the list has no attempt; leave it out, or say [[]] for an empty list',
  ]);
});

it('steps that are no calls say what to give instead', async () => {
  expect(await faultsOf({ outputs: { ask: {}, rest: {} } })).toEqual([
    '/outputs/ask: a step of type approval is given no output; say its decision in `decisions`',
    expect.stringMatching(/^\/outputs\/rest: a step of type wait is given no output/),
  ]);
});
