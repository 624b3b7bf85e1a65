/** The agents that come with the platform, as the platform runs them. */
import { readyAgents } from '../../../activities/agents/found';
import type { Json, JsonObject } from '../../../schemas/json';
import { benchOf, callOf, controlOf, failureOf, type Bench } from '../tools/support';

const agents = readyAgents();
let bench: Bench;
beforeAll(async () => void (bench = await benchOf(agents)));

const run = (uses: string, request: JsonObject) =>
  bench.runtime.execute(callOf(request, { uses }), 'agent', controlOf());

async function outputOf(uses: string, task: string, input: Json, parameters: JsonObject = {}): Promise<JsonObject> {
  const { output } = await run(uses, { task, input, parameters });
  return (await bench.documents.fromValue(output)) as JsonObject;
}

it('the five agents are found in their folder', () => {
  const names = agents.map(({ spec }) => spec.name);
  expect(names).toEqual(expect.arrayContaining(['analyst', 'research', 'reviewer', 'sales', 'writer']));
});

const examples = agents.flatMap(({ spec }) => (spec.tasks ?? []).map((task) => [spec.name, task.name, task] as const));

it.each(examples)('%s does the example of %s, and its output keeps its schema', async (uses, name, { example }) => {
  const { output } = await run(uses, example);
  expect(await bench.documents.fromValue(output)).toMatchObject({ task: name, by: 'rules' });
});

it('a task that an agent does not know, and members of the wrong kind, are refused with their places', async () => {
  expect(await failureOf(run('sales', { task: 'sing' }))).toMatchObject({ type: 'tool.input_invalid' });
  const wrong = run('sales', { task: 'qualify_lead', parameters: { priority: 1 }, input: { name: 2 } });
  expect(await failureOf(wrong)).toMatchObject({
    type: 'agent.input_invalid',
    message: expect.stringMatching(
      /\/input\/name must be string.*\/parameters\/priority|\/parameters\/priority.*\/input\/name/,
    ),
    nonRetryable: true,
  });
});

describe('a lead', () => {
  const qualify = (lead: JsonObject, parameters?: JsonObject) =>
    outputOf('sales', 'qualify_lead', { lead }, parameters);
  const strong = {
    name: 'Ann',
    company: 'Acme',
    title: 'Chief executive',
    email: 'ann@acme.example',
    employees: '1,200',
    budget: 20_000,
    message: 'Please send a quote',
    timeline: 'this month',
  };

  it('has the sum of points that are each explained', async () => {
    const made = (await qualify(strong)) as {
      score: number;
      criteria: { points: number; most: number; reason: string }[];
    };
    expect(made).toMatchObject({ score: 96, grade: 'hot', decision: 'qualified', missing: [] });
    expect(made.criteria.reduce((sum, { points }) => sum + points, 0)).toBe(made.score);
    expect(made.criteria.reduce((sum, { most }) => sum + most, 0)).toBe(100);
    expect(made.criteria.every(({ reason }) => reason !== '')).toBe(true);
  });

  it('changes its score with each fact', async () => {
    const without = async (name: string) => (await qualify({ ...strong, [name]: '' })).score;
    for (const name of ['name', 'company', 'title', 'email', 'employees', 'budget', 'message', 'timeline'])
      expect(await without(name)).toBeLessThan(96);
    expect((await qualify({ ...strong, budget: 100 })).score).toBe(79);
  });

  it('of which nothing is known asks for more; one that cannot reach the bar does not qualify', async () => {
    expect(await outputOf('sales', 'qualify_lead', {})).toMatchObject({
      score: 0,
      decision: 'more_needed',
      missing: ['contact', 'role', 'company', 'budget', 'need', 'timing'],
    });
    const poor = { ...strong, title: 'Intern', budget: 1, message: 'hello there', timeline: '3 years', employees: 2 };
    expect(await qualify(poor)).toMatchObject({ decision: 'not_qualified', qualified: false });
  });

  it('may stand among the input by its members, and parameters win', async () => {
    expect(await outputOf('sales', 'qualify_lead', strong, { budget: 100 })).toMatchObject({ score: 79 });
  });

  it('is enriched from its own members and from sentences about its company, never from others', async () => {
    const sources = [{ name: 'press', text: 'Acme SA emploie 120 salariés. Bolt emploie 900 salariés.' }];
    const lead = { company: 'Acme', email: 'a@acme.fr', phone: '+32 2 555 12 12' };
    const made = await outputOf('research', 'enrich_lead', { lead, sources });
    expect(made).toMatchObject({
      lead: { website: 'https://acme.fr', employees: '120' },
      unknown: ['industry'],
      conflicts: [{ field: 'country', values: ['Belgium', 'France'] }],
    });
    expect(await outputOf('research', 'enrich_lead', { email: 'x@gmail.com' })).toMatchObject({
      facts: [{ field: 'email' }],
      unknown: ['company', 'website', 'country', 'industry', 'employees', 'phone'],
    });
  });
});

it('a question without an answer in the sources is not answered', async () => {
  const sources = [{ name: 'terms', text: 'Refunds arrive within 14 days.' }];
  const ask = (question: string) => outputOf('research', 'answer_question', { sources }, { question });
  expect(await ask('When do refunds arrive?')).toMatchObject({ answered: true, quotes: [{ source: 'terms' }] });
  expect(await ask('Who is the king of Spain?')).toMatchObject({ answered: false, unknown: ['king', 'spain'] });
});

it('a mail says the points in their order, and what nobody gave', async () => {
  const mail = await outputOf(
    'writer',
    'write_email',
    { points: ['Un', 'Deux.'] },
    { subject: 'Devis', language: 'fr' },
  );
  expect(mail.body).toBe('Bonjour,\n\nUn.\nDeux.\n\nCordialement,');
  expect(mail.missing).toEqual(['recipient', 'sender', 'request']);
});

it('figures are exact, and tell what they leave out', async () => {
  const rows = [{ h: 0.1 }, { h: 0.2 }, { h: 'ill' }, { h: null }];
  expect(await outputOf('analyst', 'describe', { rows }, { fields: ['h', 'x'] })).toMatchObject({
    fields: [
      { field: 'h', count: 2, missing: 1, not_numbers: 1, sum: 0.3, mean: 0.15, median: 0.15, min: 0.1, max: 0.2 },
      { field: 'x', count: 0, sum: null },
    ],
  });
  const groups = await outputOf(
    'analyst',
    'compare_groups',
    {
      rows: [
        { t: 'a', h: 3 },
        { t: 'b', h: 1 },
      ],
    },
    { by: 't', value: 'h' },
  );
  expect(groups).toMatchObject({ total: 4, largest: 'a', groups: [{ group: 'a', share: 0.75 }, { group: 'b' }] });
});

it('a review has a finding for each criterion, and says which it cannot check', async () => {
  const criteria = { must_include: ['Prix'], max_words: 3, others: ['polite'] };
  expect(await outputOf('reviewer', 'review_text', { text: 'Le prix est {{price}}.' }, { criteria })).toMatchObject({
    accepted: false,
    complete: false,
    findings: [{ status: 'met' }, { status: 'not_met' }, { status: 'not_met' }, { status: 'unchecked' }],
  });
  const rules = [{ field: 'a.b', required: true, min: 2 }];
  expect(await outputOf('reviewer', 'review_records', { records: [{ a: { b: 1 } }, {}] }, { rules })).toMatchObject({
    accepted: false,
    faults: [{ pointer: '/0/a/b' }, { pointer: '/1/a/b' }],
  });
});
