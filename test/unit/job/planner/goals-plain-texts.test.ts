import type { JsonObject } from '../../../../schemas/json';
import { outline } from './support';

/** Plain goals about several files, columns with a text and requests with a token: the steps in short. */
const goals: [goal: string, steps: string[], context?: JsonObject][] = [
  [
    'Supprime tous les fichiers .tmp du dossier travail et de ses sous-dossiers.',
    ['file.delete pattern=travail/**/*.tmp'],
  ],
  ['Delete all .tmp files in work and its subfolders.', ['file.delete pattern=work/**/*.tmp']],
  ['Supprime a.csv et b.csv.', ['file.delete path=a.csv', 'file.delete path=b.csv']],
  ['Delete a.csv and b.csv.', ['file.delete path=a.csv', 'file.delete path=b.csv']],
  [
    'Copie a.csv dans x/a.csv et b.csv dans x/b.csv.',
    ['file.copy from=a.csv to=x/a.csv', 'file.copy from=b.csv to=x/b.csv'],
  ],
  [
    'Move a.csv to x/a.csv and b.csv to x/b.csv.',
    ['file.move from=a.csv to=x/a.csv', 'file.move from=b.csv to=x/b.csv'],
  ],
  [
    'Lis notes.csv, ajoute la colonne mention valant "admis" et enregistre dans notes2.csv.',
    [
      'transform.from_csv path=notes.csv',
      'transform.select items=… set={"mention":"\\"admis\\""}',
      'transform.to_csv items=… save_as=notes2.csv',
    ],
  ],
  [
    'Read a.csv, add a column status = "open" and save it to b.csv.',
    [
      'transform.from_csv path=a.csv',
      'transform.select items=… set={"status":"\\"open\\""}',
      'transform.to_csv items=… save_as=b.csv',
    ],
  ],
  [
    'Poste le contenu de a.json à https://a.example.org/x avec le jeton du secret TOK.',
    [
      'file.read path=a.json',
      'http.request url=https://a.example.org/x method=POST json=… headers={"authorization":"Bearer ${{ secrets.TOK }}"}',
    ],
  ],
  [
    'Envoie un PATCH à https://api.example.org/tickets/12 avec le JSON {"statut": "clos"} et le jeton du secret TICKET_JETON.',
    [
      'http.request url=https://api.example.org/tickets/12 method=PATCH json={"statut":"clos"} headers={"authorization":"Bearer ${{ secrets.TICKET_JETON }}"}',
    ],
  ],
];

it.each(goals)('%s', (goal, steps, context = {}) => {
  expect(outline(goal, context)).toEqual(steps);
});
