import type { JsonObject } from '../../../../schemas/json';
import { outline } from './support';

/** Plain goals about rows that are deleted, and consents that are asked for before. */
const goals: [goal: string, steps: string[], context?: JsonObject][] = [
  ['empty the table temp', ['sql.execute sql=DELETE FROM temp']],
  ['vide la table temp', ['sql.execute sql=DELETE FROM temp']],
  ['drop the table temp_users', ['sql.execute sql=DROP TABLE temp_users']],
  [
    'delete the sessions rows in the auth database that have an expires_at prior to 2024-01-01',
    ["sql.execute sql=DELETE FROM sessions WHERE expires_at < '2024-01-01' database=auth"],
  ],
  [
    'clear the table sessions of the database auth of all rows with an expires_at older than 2024-01-01',
    ["sql.execute sql=DELETE FROM sessions WHERE expires_at < '2024-01-01' database=auth"],
  ],
  [
    'purge the sessions table (auth database) of rows whose expires_at falls before 2024-01-01',
    ["sql.execute sql=DELETE FROM sessions WHERE expires_at < '2024-01-01' database=auth"],
  ],
  [
    'supprime les lignes de la table t dont la date est plus ancienne que le 2024-01-01',
    ["sql.execute sql=DELETE FROM t WHERE date < '2024-01-01'"],
  ],
  [
    'supprime les lignes de la table t dont la date est plus récente que le 2024-01-01',
    ["sql.execute sql=DELETE FROM t WHERE date > '2024-01-01'"],
  ],
  [
    'Supprimer de paniers les lignes avec abandonne à true.',
    ['sql.execute sql=DELETE FROM paniers WHERE abandonne = true'],
  ],
  [
    'Les lignes de la table paniers où abandonne vaut true sont à effacer',
    ['sql.execute sql=DELETE FROM paniers WHERE abandonne = true'],
  ],
  [
    'efface de la table paniers tout ce qui a abandonne = true.',
    ['sql.execute sql=DELETE FROM paniers WHERE abandonne = true'],
  ],
  [
    'remove from the table orders all orders with status "cancelled"',
    ["sql.execute sql=DELETE FROM orders WHERE status = 'cancelled'"],
  ],
  ['Request approval before doing so: delete the file a.csv', ['approval', 'file.delete path=a.csv']],
  [
    "1. Read payload.json. 2. Get a person's approval of it. 3. POST the content to https://partner.example.com/intake.",
    [
      'file.read path=payload.json',
      'approval',
      'http.request url=https://partner.example.com/intake method=POST json=…',
    ],
  ],
  [
    'After getting my approval, remove all files matching *.bak in tmp/.',
    ['approval', 'file.delete pattern=tmp/*.bak'],
  ],
  ["Remove the file a.csv. Don't start without having asked me for approval.", ['approval', 'file.delete path=a.csv']],
  [
    'Delete the file a.csv. This requires my approval, so please ask for it beforehand.',
    ['approval', 'file.delete path=a.csv'],
  ],
  [
    'Subject to my approval, which you need to ask for in advance, delete the file a.csv',
    ['approval', 'file.delete path=a.csv'],
  ],
  ['Let me approve this before it runs: delete the file a.csv', ['approval', 'file.delete path=a.csv']],
  [
    'Après avoir obtenu mon approbation, supprime dans la table paniers toutes les lignes où abandonne = true.',
    ['approval', 'sql.execute sql=DELETE FROM paniers WHERE abandonne = true'],
  ],
  ["Attends que j'approuve. Ensuite seulement, supprime le fichier a.csv", ['approval', 'file.delete path=a.csv']],
  [
    'Sous réserve de mon accord, à demander au préalable, supprime le fichier a.csv',
    ['approval', 'file.delete path=a.csv'],
  ],
  [
    "Ne supprime rien avant que j'aie donné mon approbation ; supprime le fichier a.csv",
    ['approval', 'file.delete path=a.csv'],
  ],
  [
    "Prends le contenu de virements.json et attends une approbation humaine ; dès qu'elle est donnée, poste-le à https://banque.example.com/virements",
    [
      'file.read path=virements.json',
      'approval',
      'http.request url=https://banque.example.com/virements method=POST json=…',
    ],
  ],
  [
    'Get https://a.example.com/x, save it as report.json, then ask Anna for approval.',
    ['http.request url=https://a.example.com/x', 'file.write path=report.json json=…', 'approval'],
  ],
  [
    'Post a.json to https://a.example.com/x once Anna has approved, after a wait of 5 minutes.',
    ['approval', 'wait for=5m', 'file.read path=a.json', 'http.request url=https://a.example.com/x method=POST json=…'],
  ],
];

it.each(goals)('%s', (goal, steps, context = {}) => {
  expect(outline(goal, context)).toEqual(steps);
});
