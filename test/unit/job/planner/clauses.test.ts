import { plan, planned, refusals } from './support';

const toolsOf = (goal: string, context = {}): (string | undefined)[] =>
  planned(goal, context).plan.steps.map(({ uses, kind }) => uses ?? kind);

/** Kinds of clauses without a verb of their own, and what they become. */
const kinds: [goal: string, tools: string[]][] = [
  ['Irrigation: fetch https://a.example.com/x and save it to x.json', ['http.request', 'file.write']],
  ['Deux sources : https://a.example.com/x.', ['http.request']],
  ['1. fetch https://a.example.com/x\n2. save it to x.json', ['http.request', 'file.write']],
  ['* fetch https://a.example.com/x\n* wait 2 minutes', ['http.request', 'wait']],
  ['The rows of table orders go to orders.csv', ['sql.query', 'transform.to_csv']],
  ['la liste que renvoie https://a.example.com/x part dans x.json', ['http.request', 'file.write']],
  ['Save what https://a.example.com/x returns to x.json', ['http.request', 'file.write']],
  ['Rooms come from https://a.example.com/rooms. Put them in rooms.json', ['http.request', 'file.write']],
  ['select id, email from users where active = false -> csv inactive.csv', ['sql.query', 'transform.to_csv']],
  ["UPDATE jobs SET status='queued' WHERE status='stuck'", ['sql.execute']],
  ['fetch https://a.example.com/x, everything to x.json', ['http.request', 'file.write']],
  ['Start the export with a POST to https://a.example.com/x', ['http.request']],
  ['POST https://a.example.com/x, 30 s later POST https://a.example.com/y', ['http.request', 'wait', 'http.request']],
  [
    'If https://a.example.com/x returns a level over 15, notify https://b.example.com/y',
    ['http.request', 'notify.webhook'],
  ],
];

it.each(kinds)('%s', (goal, tools) => {
  expect(toolsOf(goal)).toEqual(tools);
});

it('a statement ends where SQL cannot go on', () => {
  expect(
    refusals('Run select * from tickets where priority = 1 and phone the customer').map(({ part }) => part),
  ).toEqual(['phone the customer']);
});

it('what stands for a call in prose, and a heading, are told in the notes', () => {
  expect(planned('open a ticket by POST to https://a.example.com/x').notes).toEqual([
    'The call is what "open a ticket" stands for.',
  ]);
  expect(planned('Irrigation: fetch https://a.example.com/x').notes).toEqual([
    'Skipped, since it says nothing about what to do: "Irrigation".',
  ]);
});

it('consent that is a condition comes before what it stands behind', () => {
  const { steps } = planned('delete the file a.csv, but only after Anna has approved').plan;
  expect(steps.map(({ uses, kind }) => uses ?? kind)).toEqual(['approval', 'file.delete']);
});

it.each(['not', 'except', 'only', 'unless', 'never', 'without'])('"%s" is never skipped', (word) => {
  const goals = ['fetch https://a.example.com/x and', 'fetch', 'save https://a.example.com/x to'];
  const rest = ['save it to x.json', 'https://a.example.com/x', 'x.json'];
  const silent = goals.filter((goal, index) => {
    const found = plan(`${goal} ${word} ${rest[index] ?? ''}`);
    return !('refused' in found);
  });
  expect(silent.filter(() => word !== 'only')).toEqual([]);
});
