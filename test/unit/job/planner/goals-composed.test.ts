import { planned, refusals } from './support';

const CONTEXT = { move: { tasks: [{ title: 'Label aisle F' }] }, week: { orders: 4 }, hire: { name: 'Imani' } };
const FETCH = 'Fetch https://a.example.com/x and save it to x.json';
const LIS = 'Récupère https://a.example.com/x et enregistre dans x.json';
const HOOK = 'https://h.example.com/x';

/** Goals, and what each of their steps holds: the tool or the kind, and a part of the step. */
const goals: [goal: string, steps: [tool: string, says: string][]][] = [
  [
    `Insert a.csv into the table t, once Anna has approved. Then notify ${HOOK}`,
    [
      ['approval', 'Anna'],
      ['sql.insert', '"depends_on":["approve"]'],
      ['notify.webhook', HOOK],
    ],
  ],
  [
    `Insère a.csv dans la table t, une fois que Paul a donné son accord. Ensuite préviens ${HOOK}`,
    [
      ['approval', 'Paul'],
      ['sql.insert', '"depends_on":["approve"]'],
      ['notify.webhook', HOOK],
    ],
  ],
  [
    "UPDATE rooms SET state = 'shut' WHERE name = 'B12' : à exécuter dans la base planning",
    [['sql.execute', '"database":"planning"']],
  ],
  [
    "UPDATE rooms SET state = 'shut' WHERE name = 'B12' -- run this in the database `depot`",
    [['sql.execute', '"database":"depot"']],
  ],
  [
    'in.csv -> table t. rows whose code we already have get overwritten. afterwards move the csv to done/in.csv',
    [
      ['sql.insert', '"key":["code"],"on_conflict":"update"'],
      ['file.move', '"from":"in.csv"'],
    ],
  ],
  [
    "prendre depot/releves.csv, créer la table releves si elle n'existe pas encore, et y mettre les lignes. celles qu'on a déjà (clé = code + jour) on les laisse telles quelles",
    [
      ['transform.from_csv', 'depot/releves.csv'],
      ['sql.insert', '"create":true,"key":["code","jour"],"on_conflict":"skip"'],
    ],
  ],
  [
    'Read sales.xlsx and save it as sales.csv. Back the workbook up to backup/sales.xlsx',
    [
      ['transform.from_xlsx', 'sales.xlsx'],
      ['transform.to_csv', 'sales.csv'],
      ['file.copy', '"from":"sales.xlsx"'],
    ],
  ],
  [
    'Prepare a checklist of what the context lists under move.tasks. Title: Warehouse move. File: move.md.',
    [['report.checklist', '"title":"Warehouse move","context":"${{ input.move.tasks }}","save_as":"move.md"']],
  ],
  [
    'Fais un rapport de synthèse en français (titre : Semaine 11) des chiffres du contexte, sous week, dans s11.md',
    [['report.summary', '"title":"Semaine 11","context":"${{ input.week }}","language":"fr","save_as":"s11.md"']],
  ],
  [
    "Avec le modèle « Bonjour {{ name }} » et ce qu'il y a sous hire dans le contexte, fabrique rdv.txt, et copie-le ensuite sous archives/rdv.txt",
    [
      ['render.template', '"save_as":"rdv.txt"'],
      ['file.copy', '"from":"rdv.txt","to":"archives/rdv.txt"'],
    ],
  ],
  [
    'kick off the export with a POST to https://a.example.com/exports (JSON body: period = 2026-02)',
    [['http.request', '"json":{"period":"2026-02"}']],
  ],
  [
    'télécharge https://a.example.com/r.csv vers r.csv ; ensuite le lire, ajouter une colonne f = c * 1.8, garder seulement jour, c et f, et tout ça dans p.csv',
    [
      ['http.request', '"save_as":"r.csv"'],
      ['transform.from_csv', 'r.csv'],
      ['transform.select', '"set":{"f":"c * 1.8"},"fields":["jour","c"]'],
      ['transform.to_csv', 'p.csv'],
    ],
  ],
  [
    `Additionne le champ montant de a.csv et retiens le total en mémoire sous le nom ca_jour`,
    [
      ['transform.from_csv', 'a.csv'],
      ['transform.aggregate', 'montant'],
      ['memory.set', '"name":"ca_jour"'],
    ],
  ],
  [
    `Va voir https://a.example.com/paniers/7. Si son total dépasse 25, préviens ${HOOK}`,
    [
      ['http.request', 'paniers/7'],
      ['notify.webhook', 'output.body.total > 25'],
    ],
  ],
  [
    `Récupère https://a.example.com/f, tu gardes celles dont retard dépasse 30, et tu m'enregistres numero, client et retard dans r.xlsx`,
    [
      ['http.request', 'a.example.com/f'],
      ['transform.filter', '"where":[{"field":"retard","op":"gt","value":30}]'],
      ['transform.to_xlsx', '"columns":["numero","client","retard"]'],
    ],
  ],
  [
    `Reboot line 3 first: POST https://a.example.com/reboot, nothing in the body. Give it four minutes. Then notify ${HOOK}`,
    [
      ['http.request', '"method":"POST"'],
      ['wait', '"for":"4m"'],
      ['notify.webhook', HOOK],
    ],
  ],
  [
    'Fetch https://a.example.com/t. From all of them pick those with priority P1, and save them to p1.json',
    [
      ['http.request', 'a.example.com/t'],
      ['transform.filter', '"value":"P1"'],
      ['file.write', 'p1.json'],
    ],
  ],
];

describe('clauses of composed goals', () => {
  it.each(goals)('%s', (goal, steps) => {
    const made = planned(goal, CONTEXT).plan.steps;
    expect(made.map(({ uses, kind }) => uses ?? kind)).toEqual(steps.map(([tool]) => tool));
    steps.forEach(([, says], index) => expect(JSON.stringify(made[index])).toContain(says));
  });

  it.each([
    'POST a.json to https://a.example.com/p. Check afterwards https://a.example.com/state',
    'Envoie a.json par POST à https://a.example.com/p. Vérifie ensuite https://a.example.com/state',
  ])('a word of order behind its verb orders the clause: %s', (goal) => {
    const last = planned(goal).plan.steps.at(-1);
    expect(last?.with?.['url']).toContain('state');
    expect(last?.depends_on).toEqual([expect.stringContaining('post')]);
  });

  it.each([
    `${FETCH}. Once the file is there, notify ${HOOK}`,
    `${FETCH}. When all of it has been written tell ${HOOK} about it`,
    `${LIS}. Une fois celui-ci enregistré, préviens ${HOOK}`,
  ])('what has ended asks for the order alone: %s', (goal) => {
    expect(planned(goal).plan.steps.at(-1)).toMatchObject({ uses: 'notify.webhook', depends_on: expect.anything() });
  });

  it.each([[`${FETCH}. Once the boss is ready, notify ${HOOK}`], [`${LIS}. Une fois le chef prêt, préviens ${HOOK}`]])(
    'what somebody else ends is no order: %s',
    (goal) => expect(refusals(goal)).not.toEqual([]),
  );

  it.each([
    [`${FETCH}. I shall print it myself.`, 'I shall print it myself'],
    [
      `${FETCH}. Last week's mix-up with the fish was embarrassing.`,
      "Last week's mix-up with the fish was embarrassing",
    ],
    [`${FETCH}. auditors are here thursday so no frills`, 'auditors are here thursday so no frills'],
    [`${LIS}. J'espère que le lecteur de la porte 3 suivra.`, "J'espère que le lecteur de la porte 3 suivra"],
  ])('what people feel, do themselves or saw is told: %s', (goal, part) => {
    const { plan, notes } = planned(goal);
    expect(plan.steps).toHaveLength(2);
    expect(notes.join(' ')).toContain(part);
  });

  it.each([
    [`${FETCH}. I hope you will send it to Anna.`],
    [`${LIS}. J'espère que tu enverras le tout à Paul.`],
    [`${FETCH}. I shall not keep the old ones myself.`],
  ])('what asks somebody is not: %s', (goal) => expect(refusals(goal)).not.toEqual([]));

  it('several files of a kind are asked about', () => {
    const [refused] = refusals('Copy a.csv to b/a.csv and copy c.csv to b/c.csv. Then move the csv to done/');
    expect(refused?.message).toContain('which csv file');
  });
});
