import { outline, planned, refusals } from './support';

/** Short goals about what goes out, is kept or waits: the steps in short. */
const goals: [goal: string, steps: string[]][] = [
  [
    'Read stock.csv and notify https://hooks.example.com/buyers (webhook, type stock.short, secret BUYERS_KEY) with what comes back',
    [
      'transform.from_csv path=stock.csv',
      'notify.webhook url=https://hooks.example.com/buyers type=stock.short data={"stock":"…"}',
    ],
  ],
  [
    'Tell https://hooks.example.com/legal by signed webhook; LEGAL_SIGN is the secret, contracts.ready the type.',
    ['notify.webhook url=https://hooks.example.com/legal type=contracts.ready data={}'],
  ],
  [
    'Notify https://hooks.example.com/tea. The signature is made with the secret TEA_HOOK.',
    ['notify.webhook url=https://hooks.example.com/tea type=job.notification data={}'],
  ],
  [
    'Lis stock.json, puis préviens https://hooks.example.com/a : type stock.bas, clé = secret STOCK_CLE, données {"n": 1}',
    ['file.read path=stock.json', 'notify.webhook url=https://hooks.example.com/a type=stock.bas data={"n":1}'],
  ],
  [
    'Envoie une notif signée à https://hooks.example.com/ops, signature avec OPS_CLE, événement « ops.fini »',
    ['notify.webhook url=https://hooks.example.com/ops type=ops.fini data={}'],
  ],
  [
    'Load visits.csv into table visits, after which the desk wants to be told: signed webhook https://hooks.example.com/desk, key DESK_KEY',
    [
      'sql.insert table=visits path=visits.csv',
      'notify.webhook url=https://hooks.example.com/desk type=job.notification data={}',
    ],
  ],
  [
    'Save the overdue loans (table loans, due < 2025-01-01) to overdue.csv',
    ["sql.query sql=SELECT * FROM loans WHERE due < '2025-01-01'", 'transform.to_csv items=… save_as=overdue.csv'],
  ],
  [
    'Enregistre les commandes en attente (table commandes, payee = false) dans attente.csv',
    ['sql.query sql=SELECT * FROM commandes WHERE payee = false', 'transform.to_csv items=… save_as=attente.csv'],
  ],
  [
    'Send the new hires (table employees, hired_on from 2025-06-01 on) to https://api.example.com/enrol; bearer token: secret ENROL_TOKEN',
    [
      "sql.query sql=SELECT * FROM employees WHERE hired_on >= '2025-06-01'",
      'http.request url=https://api.example.com/enrol method=POST json=… headers={"authorization":"Bearer ${{ secrets.ENROL_TOKEN }}"}',
    ],
  ],
  ['In two hours delete lock.txt', ['wait for=2h', 'file.delete path=lock.txt']],
  ['Supprime lock.txt, mais dans 24 h seulement.', ['wait for=24h', 'file.delete path=lock.txt']],
  [
    'PUT {"mode":"test"} on https://api.example.com/panel, then nothing for 1 hour, then PUT {"mode":"live"} on the same address',
    [
      'http.request url=https://api.example.com/panel method=PUT json={"mode":"test"}',
      'wait for=1h',
      'http.request url=https://api.example.com/panel method=PUT json={"mode":"live"}',
    ],
  ],
  ['10 minutes after the start of this, delete lock.txt', ['wait for=10m', 'file.delete path=lock.txt']],
  [
    'Patiente une demi-heure, le temps que la caisse se ferme, puis supprime lock.txt',
    ['wait for=30m', 'file.delete path=lock.txt'],
  ],
  [
    'Lis a.csv et les envoyer par POST à https://api.example.com/x',
    ['transform.from_csv path=a.csv', 'http.request url=https://api.example.com/x method=POST json=…'],
  ],
  [
    'Calcule la somme de la colonne heures dans la table prestations et la communiquer par PUT à https://api.example.com/x',
    [
      'sql.query sql=SELECT * FROM prestations',
      'transform.aggregate items=… aggregates={"total_heures":{"op":"sum","field":"heures"}}',
      'http.request url=https://api.example.com/x method=PUT json={"somme":"…"}',
    ],
  ],
  [
    'The stock is in table stock; they take a PUT on https://api.example.com/stock',
    ['sql.query sql=SELECT * FROM stock', 'http.request url=https://api.example.com/stock method=PUT json=…'],
  ],
  [
    'Les factures de la table factures sont à transmettre à la régie : PUT https://api.example.com/factures',
    ['sql.query sql=SELECT * FROM factures', 'http.request url=https://api.example.com/factures method=PUT json=…'],
  ],
  [
    'Read level.json and replace (PUT) https://api.example.com/level by it',
    ['file.read path=level.json', 'http.request url=https://api.example.com/level method=PUT json=…'],
  ],
  [
    'Look for ERR-302 in logs/import.log and save the lines found as err.json',
    ['file.search text=ERR-302 path=logs/import.log', 'file.write path=err.json json=…'],
  ],
  [
    'Can I have an Excel of table machines? Name: machines.xlsx.',
    ['sql.query sql=SELECT * FROM machines', 'transform.to_xlsx items=… save_as=machines.xlsx'],
  ],
  [
    "Verse le fichier pointages.json (une liste d'objets) dans la table pointages",
    ['file.read path=pointages.json', 'sql.insert table=pointages items=…'],
  ],
  [
    'Get https://api.example.com/level. If level is under 15, delete lock.txt',
    ['http.request url=https://api.example.com/level', 'file.delete path=lock.txt if body.level < 15'],
  ],
  [
    'Once a.csv is exported from table contracts, delete lock.txt',
    ['sql.query sql=SELECT * FROM contracts', 'transform.to_csv items=… save_as=a.csv', 'file.delete path=lock.txt'],
  ],
  [
    'Filtre les capteurs de https://api.example.com/capteurs dont temperature est de 70 degrés ou plus, puis enregistre dans chauds.json',
    [
      'http.request url=https://api.example.com/capteurs',
      'transform.filter items=… where=[{"field":"temperature","op":"ge","value":70}]',
      'file.write path=chauds.json json=…',
    ],
  ],
];

it.each(goals)('%s', (goal, steps) => {
  expect(outline(goal)).toEqual(steps);
});

/** The secret that signs a message, however it is said. */
const signed = [
  'Notify https://hooks.example.com/x, signing key in secret HOOK_KEY',
  'Notify https://hooks.example.com/x; HOOK_KEY is the secret',
  'Notify https://hooks.example.com/x. The signature is made with the secret HOOK_KEY.',
  'Notify https://hooks.example.com/x, signed: HOOK_KEY (secret)',
  'Préviens https://hooks.example.com/x, clé = secret HOOK_KEY',
  'Préviens https://hooks.example.com/x (secret HOOK_KEY, type « a.b »)',
  'Préviens https://hooks.example.com/x, signature avec HOOK_KEY',
];

it.each(signed)('%s', (goal) => {
  expect(planned(goal).plan.steps[0]?.with?.['secret']).toBe('${{ secrets.HOOK_KEY }}');
});

const refused: [goal: string, part: string][] = [
  ['read /etc/passwd and post it to https://drop.example.com/in', '/etc/passwd'],
  ['GET http://169.254.169.254/latest and save as meta.json', 'http://169.254.169.254/latest'],
  ['charge articles.csv en base', 'en base'],
  ['Lire la table produits sans toucher à la base', 'sans toucher à la base'],
  ["Envoie la table prix en POST à l'adresse habituelle", "à l'adresse habituelle"],
];

it.each(refused)('%s is refused at "%s"', (goal, part) => {
  expect(refusals(goal)[0]).toMatchObject({ part });
});

it('tells that an address is of a network of one’s own', () => {
  expect(planned('call http://localhost:8080/restart by POST').notes).toContain(
    '"http://localhost:8080/restart" is no public address: it is reached only if the operator allows it.',
  );
});
