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
  [
    'Save as letter.txt the text "Dear {{ name }}, order {{ order_id }} is ready.", with name and order_id filled in from the context.',
    ['render.template template=Dear {{ name }}, order {{ order_id }} is ready. values=… save_as=letter.txt'],
    { name: 'a', order_id: 1 },
  ],
  [
    'Please generate letter.txt by replacing the placeholders of "Dear {{ name }}" with the name found in the context.',
    ['render.template template=Dear {{ name }} values=…', 'file.write path=letter.txt text=…'],
    { name: 'a' },
  ],
  [
    'Lis a.csv, passe-les dans le modèle "{{#each pannes}}* {{ lieu }} {{/each}}" et écris le résultat dans pannes.md.',
    [
      'transform.from_csv path=a.csv',
      'render.template template={{#each pannes}}* {{ lieu }} {{/each}} values={"items":"…","pannes":"…","a":"…"}',
      'file.write path=pannes.md text=…',
    ],
  ],
  [
    'Le modèle « Bonjour {{ contact }} » doit être rempli à partir du contexte, et le texte enregistré dans avis.txt.',
    ['render.template template=Bonjour {{ contact }} values=…', 'file.write path=avis.txt text=…'],
    { contact: 'a' },
  ],
  [
    'Écris dans avis.txt ce que donne « Bonjour {{ contact }} ».',
    ['render.template template=Bonjour {{ contact }} values=… save_as=avis.txt'],
    { contact: 'a' },
  ],
  ['Write "Hello {{ name }}" to a.txt', ['file.write path=a.txt text=Hello {{ name }}']],
];

it.each(goals)('%s', (goal, steps, context = {}) => {
  expect(outline(goal, context)).toEqual(steps);
});
