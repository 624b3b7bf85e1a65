import { planned, refusals } from './support';

const USERS = 'fetch https://api.example.com/users';

/** Goals that are refused, the part that is named, and what is said of it. */
const refused: [goal: string, part: string, message: RegExp][] = [
  ['reconcile the ledgers', 'reconcile the ledgers', /do not know what "reconcile the ledgers" should do/],
  [`${USERS}, frobnicate and save as x.json`, 'frobnicate', /should do/],
  [`${USERS}, reconcile them with the bank and save as x.json`, 'reconcile them with the bank', /should do/],
  ['fetch the active users from https://api.example.com/people', 'active', /which ones are "active"/],
  ['fetch the Berlin offices from https://api.example.com/offices', 'Berlin', /which ones are "Berlin"/],
  [
    'Lis a.csv et b.csv, joins-les sur numero, ne garde que les lignes sans correspondance et enregistre-les dans c.csv',
    'garde que les lignes sans correspondance',
    /by a field of the other list/,
  ],
  ['Lis a.json et poste la liste triée à https://x.example.com/y', 'la liste triée', /stands for/],
  ['Read a.json and post the merged rows to https://x.example.com/y', 'the merged rows', /stands for/],
  ['lis https://a.example.com/x avec le même jeton', 'lis https://a.example.com/x avec le même jeton', /which token/],
  ['Poste a.csv à https://x.example.org/a et https://x.example.org/b', 'https://x.example.org/b', /done with this/],
  ['delete a.csv and the table b', 'the table b', /done with this/],
  [
    'Lis a.json, garde ceux dont stock vaut 0 et enregistre leurs références dans r.txt',
    'leurs références',
    /which column/,
  ],
  ['if https://a.example.org/ responds, delete x.csv', 'if https://a.example.org/ responds', /should do/],
  [
    'Lis a.csv, poste la somme de montant à https://x.example.org/a et leur nombre à https://x.example.org/n',
    'nombre à https://x.example.org/n',
    /means here/,
  ],
  [`${USERS}, keep those older than 30`, 'older than 30', /by which field/],
  [`${USERS} where age > 30 and city = Paris or city = Lyon`, '= Lyon', /./],
  [`${USERS} with token abc123secret`, 'abc123secret', /does not stand in a goal/],
  [
    `${USERS}, drop those that Martine knows, and save the rest to x.csv`,
    'drop those that Martine knows',
    /means here/,
  ],
  [
    'Récupère https://a.example.com/p, écarte ceux que Martine connaît, et enregistre le reste dans x.csv',
    'écarte ceux que Martine connaît',
    /means here/,
  ],
  [
    'if the orders of https://a.example.com/orders are over 5, post {"x": 1} to https://b.example.com/in',
    'the orders of https://a.example.com/orders',
    /name a field of the answer/,
  ],
  [`${USERS} every 5 minutes`, 'every 5 minutes', /means here/],
  [
    'do not post anything to https://x.example.com',
    'do not post anything to https://x.example.com',
    /only what is to be done/,
  ],
  ['read the table stock without opening any file', 'without opening any file', /only what is to be done/],
  ['Lire la table stock sans toucher la base', 'sans toucher la base', /only what is to be done/],
  ['load a.csv in the database', 'in the database', /say the table/],
  ['charge a.csv en base', 'en base', /say the table/],
  [
    'The token is in the secret A_KEY. Fetch https://a.example.com/1. Fetch https://a.example.com/2.',
    'The token is in the secret A_KEY',
    /which of the requests/,
  ],
  [
    'remember that ramp 6 is shut and post {"a":1} to https://a.example.com/x',
    'remember that ramp 6 is shut',
    /should do/,
  ],
  ['forget the memory in the space dispatch', 'forget the memory in the space dispatch', /by its id/],
  ['lis a.csv, trie par leur chiffre (ca)', 'ca', /./],
  ['read a.csv. Note that the file is big.', 'Note that the file is big', /where or for how long/],
  ['look for timeout in *.log', 'timeout in *.log', /several files/],
  ['drop the database', 'drop the database', /not dropped/],
  ['delete everything in /etc', 'delete everything in /etc', /not in the workspace/],
  [`${USERS} and save them to ../etc/passwd`, '../etc/passwd', /leads out of the workspace/],
  [`${USERS} and save them as CSV to users.json`, 'save them as CSV to users.json', /which one/],
  ['save them to x.json', 'them', /nothing has been fetched/],
  [
    'fetch users from https://a.example.com/users, fetch todos from https://a.example.com/todos, save them to x.json',
    'them',
    /"users" or "todos"\?/,
  ],
  ['email the report to anna@example.com', 'email the report to anna@example.com', /should do/],
  ['fetch https://api.example.com/users/{id}', 'https://api.example.com/users/{id}', /what stands for \{id\}/],
  ['post the invoices in the context to https://x.example.com', 'the invoices in the context', /it has users/],
  ['log in at https://x.example.com/login as admin', 'log in at https://x.example.com/login as admin', /which secret/],
  [
    'poll https://x.example.com every 1s until state is ready for at most 5 hours',
    'poll https://x.example.com every 1s until state is ready for at most 5 hours',
    /less often/,
  ],
  ['Récupère https://api.example.com/u et frobnique-les', 'frobnique-les', /should do/],
  ['fetch https://ann:hunter2@api.example.com/users', 'ann:hunter2', /does not stand in a goal/],
  ['fetch https://api.example.com/users?api_key=abcd1234', 'abcd1234', /does not stand in a goal/],
  ['', '', /empty/],
];

it.each(refused)('%s is refused at "%s"', (goal, part, message) => {
  const [first] = refusals(goal, { users: [] });
  expect(first).toMatchObject({ part, message: expect.stringMatching(message) });
});

it('names each part that it does not know, and what it does know near it', () => {
  const found = refusals('reconcile the ledgers, then fetch https://a.example.com/x, then balance the books');
  expect(found.map(({ part }) => part)).toEqual(['reconcile the ledgers', 'balance the books']);
  for (const { near } of found) expect(near.length).toBeGreaterThan(0);
});

it('words that were skipped, misspelled or read in one of several senses are named in the notes', () => {
  expect(planned(`Please ${USERS} and save them`).notes).toEqual([
    'The file is named users.json, since the goal does not name it.',
    'Skipped, since it says nothing about what to do: "Please".',
  ]);
  expect(planned('fecth https://api.example.com/users').notes).toEqual(['"fecth" was read as "fetch".']);
  expect(planned(`${USERS} and keep only those that are active`).notes).toEqual([
    '"active" was read as the field active being true.',
  ]);
});

it('expressions in a goal are text', () => {
  const { plan } = planned('save "${{ secrets.KEY }}" to x.txt');
  expect(plan.steps[0]?.with).toEqual({ path: 'x.txt', text: '${{ "${{" }} secrets.KEY }}' });
});
