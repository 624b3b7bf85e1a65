import { outline, refusals, stepsOf } from './support';

/** What plans once lost without a word: goals, and the steps in short. */
const kept: [goal: string, steps: string[]][] = [
  [
    'In the table licences, set state to expired where day is before 2026-01-01; then delete the rows of cache whose state is expired.',
    [
      `sql.execute sql=UPDATE licences SET state = 'expired' WHERE day < '2026-01-01'`,
      `sql.execute sql=DELETE FROM cache WHERE state = 'expired'`,
    ],
  ],
  [
    'Move drop/orders.csv to work/orders.csv and load that file into the table orders.',
    [
      'file.move from=drop/orders.csv to=work/orders.csv',
      'transform.from_csv path=work/orders.csv',
      'sql.insert table=orders items=…',
    ],
  ],
  [
    'Télécharge https://sondes.example.org/mesures, trie-les par jour et garde les 50 premières lignes dans m.csv.',
    [
      'http.request url=https://sondes.example.org/mesures',
      'transform.sort items=… by=[{"field":"jour"}] limit=50',
      'transform.to_csv items=… save_as=m.csv',
    ],
  ],
  [
    'Mémorise dans l’espace « quais » le texte "Quai 4 fermé", puis cherche dans ce même espace "quai fermé".',
    ['memory.remember text=Quai 4 fermé space=quais', 'memory.search query=quai fermé space=quais'],
  ],
  [
    'The page https://www.example.org/terms is to be fetched as text and appended to the file archive/terms.txt.',
    [
      'http.request url=https://www.example.org/terms response=file',
      'file.write path=archive/terms.txt artifact=… mode=append',
    ],
  ],
  [
    'Summarise what https://monitor.example.com/uptime returns and save the summary as uptime.md under the title "Uptime".',
    ['http.request url=https://monitor.example.com/uptime', 'report.summary context=… save_as=uptime.md'],
  ],
  [
    'Fetch https://iot.example.com/devices, throw out the devices that have an owner field, and save the rest in o.json.',
    [
      'http.request url=https://iot.example.com/devices',
      'transform.filter items=… where=[{"field":"owner","op":"missing"}]',
      'file.write path=o.json json=…',
    ],
  ],
  [
    'Save this text to shared memory: "The import runs at 02:30".',
    ['memory.remember text=The import runs at 02:30 space=shared'],
  ],
  [
    'Send the content of a.json to https://gateway.example.com/limits by PUT (header X-Api-Key: secret GATEWAY_KEY).',
    [
      'file.read path=a.json',
      'http.request url=https://gateway.example.com/limits method=PUT json=… headers={"x-api-key":"${{ secrets.GATEWAY_KEY }}"}',
    ],
  ],
  [
    'Lis ventes.xlsx, additionne montant pour chaque agence et enregistre le résultat dans v.csv.',
    [
      'transform.from_xlsx path=ventes.xlsx',
      'transform.group items=… by=["agence"] aggregates={"total_montant":{"op":"sum","field":"montant"}}',
      'transform.to_csv items=… save_as=v.csv',
    ],
  ],
  [
    'Lis la table mouvements et transmets les lignes toutes ensemble à https://compta.example.com/mouvements par POST.',
    [
      'sql.query sql=SELECT * FROM mouvements',
      'http.request url=https://compta.example.com/mouvements method=POST json=…',
    ],
  ],
  [
    'Lis a.csv, enregistre les lignes, par ordre croissant de date, dans b.csv.',
    [
      'transform.from_csv path=a.csv',
      'transform.sort items=… by=[{"field":"date"}]',
      'transform.to_csv items=… save_as=b.csv',
    ],
  ],
  [
    "Récupère l'état sur https://supervision.example.com/etat et enregistre-le dans e.json.",
    ['http.request url=https://supervision.example.com/etat', 'file.write path=e.json json=…'],
  ],
  [
    'I need the leads from leads.xlsx that have a score of at least 80 in the table hot_leads (database crm).',
    [
      'transform.from_xlsx path=leads.xlsx',
      'transform.filter items=… where=[{"field":"score","op":"ge","value":80}]',
      'sql.insert table=hot_leads items=… database=crm',
    ],
  ],
];

it.each(kept)('keeps all of "%s"', (goal, steps) => {
  expect(outline(goal)).toEqual(steps);
});

it.each([
  [
    'For every row in the table refunds that has status approved, POST the row to https://pay.example.com/x.',
    /approved/,
  ],
  ['Lis a.csv, compte les absences par service, trie par nom et enregistre le tout dans b.csv.', /n|nom/],
  ['Read a.csv, rename the column A to b and the columns are odd, and insert the rows into the table t.', /column/],
  ['Copy a.txt to b.txt. List the folder first.', /folder/],
])('asks about what it does not understand in "%s"', (goal, part) => {
  expect(refusals(goal)[0]?.part).toMatch(part);
});

it('has what changes a file wait for what reads it before, and the other way round', () => {
  const steps = stepsOf('Copy a.json to b.json. Write the settings in the context to a.json.', { settings: { x: 1 } });
  expect(steps['save_settings']?.at(-1)).toEqual({ depends_on: ['copy_file'] });
  const later = stepsOf('Delete everything in tmp/. Copy a.csv to tmp/a.csv.');
  expect(later['copy_file']?.at(-1)).toEqual({ depends_on: ['delete_files'] });
});

it('has statements on one table come one after the other', () => {
  const steps = stepsOf('Insert a.csv into the table t. Delete the rows of the table t whose state is old.');
  expect(steps['execute_sql']?.at(-1)).toEqual({ depends_on: ['insert_t'] });
});

it.each([
  ['Clean up the work folder: all .tmp files older than 7 days should be deleted.', /work folder/],
  ['Insert a.csv into the table t. Duplicates by id, that is, rows already present, are to be skipped.', /Duplicates/],
  ['Create b.csv from a.csv so that each ticket_id occurs only once.', /ticket_id/],
  ['Lis a.csv et enregistre-le dans b.xlsx ; le tri se fait sur le champ nom.', /le tri/],
  ['Lis la table t. Vide-la puis supprime de cette table les lignes dont saison vaut "hiver".', /./],
  [
    'Check https://f.example.com/x; unless the field enabled is true, stop there. Otherwise delete a.txt.',
    /stop there/,
  ],
])('asks rather than do half or something else in "%s"', (goal, part) => {
  expect(refusals(goal)[0]?.part).toMatch(part);
});

it('counts a time from what it is said to be after, wherever that stands', () => {
  const order = ['http.request', 'wait', 'http.request'];
  for (const goal of [
    'Ten minutes after sending a POST to https://a.example.com/x, request https://a.example.com/stats.',
    'Récupère https://a.example.com/stats, 10 minutes après avoir envoyé un POST à https://a.example.com/x.',
  ])
    expect(outline(goal).map((line) => line.split(' ')[0])).toEqual(order);
});

it('takes the answer that came last for "the response"', () => {
  const steps = stepsOf(
    'Step 1: PUT on https://dns.example.org/publish. Step 2: read https://dns.example.org/zone, response to be saved in z.json.',
  );
  expect(JSON.stringify(steps)).toContain('steps.fetch_zone.output.body');
});

it('groups once what is asked and said again', () => {
  const goal =
    'https://sales.example.com/deals returns a list of deals. How many does each owner have? Group by owner, count, and store the groups in d.json.';
  expect(outline(goal).filter((line) => line.startsWith('transform.group'))).toHaveLength(1);
});

it.each([
  ["Save all of crm's customers table as c.csv.", /"database":"crm"/],
  ['Query hr for the table employees and save it to e.csv.', /"database":"hr"/],
  [
    'In the database catalog, delete the rows of the table staging where source = "a". Insert a.csv into staging.',
    /"table":"staging","path":"a.csv","database":"catalog"/,
  ],
])('has the database in every step of "%s"', (goal, part) => {
  expect(JSON.stringify(stepsOf(goal))).toMatch(part);
});

it.each([
  [
    'Send a webhook rappel.x to https://h.example.com/a, signed with the secret KEY, two hours later.',
    ['wait', 'notify.webhook'],
  ],
  [
    'I need s.csv from https://b.example.com/f.csv. First trigger the export by a POST to https://b.example.com/e.',
    ['http.request', 'http.request'],
  ],
  ['Passe a/b.docx en a/c.docx.', ['file.move']],
  [
    'I need o/s.csv created from i/s.xlsx, and the .xlsx file removed once this has been done.',
    ['transform.from_xlsx', 'transform.to_csv', 'file.delete'],
  ],
  [
    'Once approved, delete all rows from the table s with day before 2024-01-01. Ask for the approval first.',
    ['approval', 'sql.execute'],
  ],
  [
    '1. Add "Closed on Tuesdays" to the shared memory. 2. Search the shared memory for days.',
    ['memory.remember', 'memory.search'],
  ],
])('plans "%s" in the order that is meant', (goal, tools) => {
  expect(outline(goal).map((line) => line.split(' ')[0])).toEqual(tools);
});

it.each([
  [
    'POST the content of r.json to https://api.example.org/r and keep what comes back in receipt.json.',
    /"path":"receipt.json","json":"\$\{\{ steps.post_r.output.body/,
  ],
  [
    "Interroge https://s.example.com/a avec l'en-tête Authorization: Bearer, jeton dans le secret SUPERV_TOKEN.",
    /"authorization":"Bearer \$\{\{ secrets.SUPERV_TOKEN/,
  ],
  [
    'Fais la somme des quantités par dépôt dans la table m (colonnes depot et quantite) et range le résultat dans m.json.',
    /"by":\["depot"\],"aggregates":\{"total_quantite":\{"op":"sum","field":"quantite"/,
  ],
  ['Convert leads.csv (semicolons between the columns) to JSON.', /"delimiter":";"/],
  [
    'Load s.csv, rename the column mail to email, drop the column pay, and save it as t.csv.',
    /"rename":\{"mail":"email"\},"drop":\["pay"\]/,
  ],
])('has in its steps what "%s" says', (goal, part) => {
  expect(JSON.stringify(stepsOf(goal))).toMatch(part);
});
