import { outline, refusals } from './support';

/** Short goals about tables: the steps in short. */
const goals: [goal: string, steps: string[]][] = [
  [
    'Customer 12 has moved: in table customers, city becomes Nantes where id = 12',
    ["sql.execute sql=UPDATE customers SET city = 'Nantes' WHERE id = 12"],
  ],
  [
    "Raise the price in table tariffs by 3 percent, but only zone 'B' tariffs",
    ["sql.execute sql=UPDATE tariffs SET price = price * 1.03 WHERE zone = 'B'"],
  ],
  [
    "Lower the price of table tariffs by 5 where zone = 'A'",
    ["sql.execute sql=UPDATE tariffs SET price = price - 5 WHERE zone = 'A'"],
  ],
  [
    'Update table doors set locked = true where id = 9, then set locked to false again for id 9',
    [
      'sql.execute sql=UPDATE doors SET locked = true WHERE id = 9',
      'sql.execute sql=UPDATE doors SET locked = false WHERE id = 9',
    ],
  ],
  [
    "Il faut augmenter de 3 % le champ prix de tous les articles de la categorie 'visserie' (table articles)",
    ["sql.execute sql=UPDATE articles SET prix = prix * 1.03 WHERE categorie = 'visserie'"],
  ],
  [
    'Passe la commande 45 au statut « partie » dans la table commandes (colonnes id et statut)',
    ["sql.execute sql=UPDATE commandes SET statut = 'partie' WHERE id = 45"],
  ],
  [
    'Base facturation : remets à zéro la colonne essais pour le client_id 8 (table paiements)',
    ['sql.execute sql=UPDATE paiements SET essais = 0 WHERE client_id = 8 database=facturation'],
  ],
  [
    'Create a table leave with agent (text), first_day date and days integer',
    ['sql.execute sql=CREATE TABLE leave (agent text, first_day date, days integer)'],
  ],
  [
    'New table please! Create it as visits with id integer primary key, day date',
    ['sql.execute sql=CREATE TABLE visits (id integer PRIMARY KEY, day date)'],
  ],
  [
    'Crée une table conges avec les colonnes agent (texte), debut (date)',
    ['sql.execute sql=CREATE TABLE conges (agent text, debut date)'],
  ],
  [
    'Delete from table sessions the rows whose last_seen is older than 30 days',
    ["sql.execute sql=DELETE FROM sessions WHERE last_seen < now() - interval '30 days'"],
  ],
  [
    'Supprime de la table logs les lignes dont cree_le remonte à plus de 2 semaines',
    ["sql.execute sql=DELETE FROM logs WHERE cree_le < now() - interval '14 days'"],
  ],
  [
    "Make a note in table journal: entry 'Gate 3 closed', author 'Nadia'",
    ['sql.insert table=journal items=[{"entry":"Gate 3 closed","author":"Nadia"}]'],
  ],
  [
    "Rajoute une ligne dans journal_ops : auteur = 'bot', message = 'reprise'",
    ['sql.insert table=journal_ops items=[{"auteur":"bot","message":"reprise"}]'],
  ],
  [
    "Insert a row into table log with level = 'info' and code = 7",
    ['sql.insert table=log items=[{"level":"info","code":7}]'],
  ],
  [
    'Insert columns sku and qty (nothing else) of count.csv into stock_count',
    ['sql.insert table=stock_count path=count.csv columns=["sku","qty"]'],
  ],
  ['Insert a.csv into table users (name, email)', ['sql.insert table=users path=a.csv columns=["name","email"]']],
  [
    'Only rows of times.csv with approved = yes go into payroll.hours',
    [
      'transform.from_csv path=times.csv',
      'transform.filter items=… where=[{"field":"approved","op":"eq","value":"yes"}]',
      'sql.insert table=payroll.hours items=…',
    ],
  ],
  [
    'Seules les lignes de temps.csv dont valide = oui vont dans la table paie',
    [
      'transform.from_csv path=temps.csv',
      'transform.filter items=… where=[{"field":"valide","op":"eq","value":"oui"}]',
      'sql.insert table=paie items=…',
    ],
  ],
  [
    'Load a.csv into table aa. Those that exist already by ref are to be skipped.',
    ['sql.insert table=aa path=a.csv key=["ref"] on_conflict=skip'],
  ],
  [
    'Insère a.csv dans la table aa ; ceux qui existent déjà (même ref) sont mis à jour',
    ['sql.insert table=aa path=a.csv key=["ref"] on_conflict=update'],
  ],
  [
    'Mets a.csv en base, table aa, sauter les ref déjà connus',
    ['sql.insert table=aa path=a.csv key=["ref"] on_conflict=skip'],
  ],
  [
    'Insérez dans la table badges, base « acces », les lignes de a.csv',
    ['sql.insert table=badges path=a.csv database=acces'],
  ],
  [
    'Save the table users (columns name and email) to users.csv',
    ['sql.query sql=SELECT name, email FROM users', 'transform.to_csv items=… save_as=users.csv'],
  ],
  [
    'Exporte la table clients (nom, ville) vers clients.csv, triée par nom',
    ['sql.query sql=SELECT nom, ville FROM clients ORDER BY nom', 'transform.to_csv items=… save_as=clients.csv'],
  ],
];

it.each(goals)('%s', (goal, steps) => {
  expect(outline(goal)).toEqual(steps);
});

it('asks in which column a row stands that is told by its number', () => {
  expect(refusals("Set order 12 to status 'sent' in table orders")[0]?.message).toMatch(/in which column 12 stands/);
});
