import { outline, planned, refusals } from './support';

/** Plain goals for reports: what they are called, which columns they have, and what they are made of, in any order. */
const goals: [goal: string, steps: string[]][] = [
  [
    'Please query https://m.example.com/uptime. The response should be summarised in uptime.md, with "Uptime" as the title.',
    ['http.request url=https://m.example.com/uptime', 'report.summary context=… save_as=uptime.md'],
  ],
  [
    'Read incidents.csv, then write a report summarising it to reports/incidents.md, titled Incidents.',
    ['transform.from_csv path=incidents.csv', 'report.summary context=… save_as=reports/incidents.md'],
  ],
  [
    'Under the title Incidents, write a report to reports/incidents.md that summarises the rows of incidents.csv.',
    ['transform.from_csv path=incidents.csv', 'report.summary context=… save_as=reports/incidents.md'],
  ],
  [
    'Create posts.md, a Markdown table of all rows of a.csv with the columns title, author and date.',
    ['transform.from_csv path=a.csv', 'report.table items=… columns=["title","author","date"] save_as=posts.md'],
  ],
  [
    'Read a.csv. Write the posts to posts.md as a Markdown table with these columns: title, author, date.',
    ['transform.from_csv path=a.csv', 'report.table items=… save_as=posts.md columns=["title","author","date"]'],
  ],
  [
    'Read a.csv. Tabulate all the rows in Markdown, columns title, author and date, and store the table as posts.md.',
    [
      'transform.from_csv path=a.csv',
      'report.table items=… columns=["title","author","date"]',
      'file.write path=posts.md text=…',
    ],
  ],
  [
    'Je veux un tableau Markdown interventions.md, à trois colonnes (machine, date, technicien), fait avec la liste que renvoie https://m.example.org/i.',
    [
      'http.request url=https://m.example.org/i',
      'report.table items=… columns=["machine","date","technicien"] save_as=interventions.md',
    ],
  ],
  [
    'Créer interventions.md : tableau Markdown, colonnes machine / date / technicien, source https://m.example.org/i (une liste).',
    [
      'http.request url=https://m.example.org/i',
      'report.table items=… columns=["machine","date","technicien"] save_as=interventions.md',
    ],
  ],
  [
    'Génération du rapport de synthèse etat-parc.md, intitulé "État du parc", à partir des données lues à l\'adresse https://s.example.com/etat.',
    ['http.request url=https://s.example.com/etat', 'report.summary context=… language=fr save_as=etat-parc.md'],
  ],
  [
    'Using "Opening" as the title, put the tasks given in the context into a checklist, then save the checklist under the name checklist.md.',
    ['report.checklist context=… save_as=checklist.md'],
  ],
  [
    'I need a checklist "Go-live" in the file golive.md. The items are the context\'s tasks.',
    ['report.checklist context=… save_as=golive.md'],
  ],
  [
    'Les étapes figurent dans le contexte : transforme-les en liste de contrôle, nomme-la « Ouverture » et sauvegarde-la sous quai2.md.',
    ['report.checklist context=… language=fr', 'file.write path=quai2.md text=…'],
  ],
  [
    'Générer la liste de contrôle controle.md (titre : « Inventaire » ; points à cocher : les tâches du contexte).',
    ['report.checklist context=… language=fr save_as=controle.md'],
  ],
];

it.each(goals)('%s', (goal, steps) => {
  expect(outline(goal, { tasks: ['a'], etapes: ['a'], taches: ['a'] })).toEqual(steps);
});

it.each([
  'Read a.csv and make a summary of it in a.md, with Incidents as its title',
  'Under the heading Incidents, produce a summary of a.csv in a.md',
  'Make a summary of a.csv and save it to a.md. Title it "Incidents".',
  'Produis un résumé de a.csv dans a.md, avec « Incidents » pour titre',
  "Lis a.csv. Rédige un résumé qui s'intitule « Incidents » et enregistre-le dans a.md.",
])('has the title: %s', (goal) => {
  expect(planned(goal).plan.steps.find(({ uses }) => uses === 'report.summary')?.with).toMatchObject({
    title: 'Incidents',
  });
});

it('refuses a title that nothing has', () => {
  expect(refusals('Under the title Incidents, save a.csv to b.json')[0]?.message).toMatch(/no report/);
});
