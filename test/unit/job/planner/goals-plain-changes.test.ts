import type { JsonObject } from '../../../../schemas/json';
import { outline, plan } from './support';

/** Plain goals about rows that get another value, and conditions by their name. */
const goals: [goal: string, steps: string[], context?: JsonObject][] = [
  [
    'Insert the rows of orders.xlsx (sheet May) into table orders of database shop; ignore duplicates on id',
    [
      'transform.from_xlsx path=orders.xlsx sheet=May',
      'sql.insert table=orders items=… database=shop key=["id"] on_conflict=skip',
    ],
  ],
  [
    'Empty the table orders, then load orders.csv into it',
    ['sql.execute sql=DELETE FROM orders', 'sql.insert table=orders path=orders.csv'],
  ],
  [
    'Read orders.csv. Insert the rows into the table orders of the shop database. Rows with an existing id are to be left as they are.',
    ['transform.from_csv path=orders.csv', 'sql.insert table=orders items=… database=shop key=["id"] on_conflict=skip'],
  ],
  [
    'Update tickets in the database desk: set status to closed where last_reply is before 2025-01-01',
    ["sql.execute sql=UPDATE tickets SET status = 'closed' WHERE last_reply < '2025-01-01' database=desk"],
  ],
  [
    'In the database crm, table users, set active to false where last_login < 2024-01-01',
    ["sql.execute sql=UPDATE users SET active = false WHERE last_login < '2024-01-01' database=crm"],
  ],
  [
    'For every row of the table users in the crm database with last_login before 2024-01-01, set active to false',
    ["sql.execute sql=UPDATE users SET active = false WHERE last_login < '2024-01-01' database=crm"],
  ],
  [
    "In tariffs (database shop), raise price by 5 percent where zone = 'B'",
    ["sql.execute sql=UPDATE tariffs SET price = price * 1.05 WHERE zone = 'B' database=shop"],
  ],
  [
    'Mettre à jour reservations : statut = annulee sur toutes les lignes où statut = en_attente et date_fin < 2025-06-30.',
    [
      "sql.execute sql=UPDATE reservations SET statut = 'annulee' WHERE statut = 'en_attente' AND date_fin < '2025-06-30'",
    ],
  ],
  [
    'Les lignes de la table reservations qui ont à la fois date_fin avant le 2025-06-30 et statut égal à en_attente doivent voir leur statut passer à annulee.',
    [
      "sql.execute sql=UPDATE reservations SET statut = 'annulee' WHERE date_fin < '2025-06-30' AND statut = 'en_attente'",
    ],
  ],
  [
    'Merci de remplacer en_attente par annulee dans la colonne statut de la table reservations, pour toutes les lignes où date_fin est antérieure au 2025-06-30.',
    [
      "sql.execute sql=UPDATE reservations SET statut = 'annulee' WHERE date_fin < '2025-06-30' AND statut = 'en_attente'",
    ],
  ],
  [
    'Toutes les lignes de la table commandes avec une date_livraison antérieure au 2026-01-01 doivent passer au statut archivée',
    ["sql.execute sql=UPDATE commandes SET statut = 'archivée' WHERE date_livraison < '2026-01-01'"],
  ],
  [
    'Attribue la valeur archivée au champ statut, dans la table commandes, partout où date_livraison est avant le 2026-01-01.',
    ["sql.execute sql=UPDATE commandes SET statut = 'archivée' WHERE date_livraison < '2026-01-01'"],
  ],
  [
    'Mise à jour de commandes (table) : statut = archivée, condition : date_livraison antérieure au 2026-01-01.',
    ["sql.execute sql=UPDATE commandes SET statut = 'archivée' WHERE date_livraison < '2026-01-01'"],
  ],
  [
    "The rows of the table tickets where note = 5 should have status set to 'closed'",
    ["sql.execute sql=UPDATE tickets SET status = 'closed' WHERE note = 5"],
  ],
  [
    'Suppression dans la table paniers, condition abandonne = true',
    ['sql.execute sql=DELETE FROM paniers WHERE abandonne = true'],
  ],
  [
    'Remplis la table visites_2023 de la base archives à partir de la table visites de la base accueil, en te limitant aux lignes où annee vaut 2023',
    [
      'sql.query sql=SELECT * FROM visites WHERE annee = 2023 database=accueil',
      'sql.insert table=visites_2023 items=… database=archives',
    ],
  ],
  [
    'Lis la table articles de la base stock en ne prenant que les lignes avec quantite égale à 0 et enregistre-les dans a.csv',
    [
      'sql.query sql=SELECT * FROM articles WHERE quantite = 0 database=stock',
      'transform.to_csv items=… save_as=a.csv',
    ],
  ],
  [
    'Export the table shipments of the database logistics, limited to rows where carrier is DHL, to dhl.xlsx',
    [
      "sql.query sql=SELECT * FROM shipments WHERE carrier = 'DHL' database=logistics",
      'transform.to_xlsx items=… save_as=dhl.xlsx',
    ],
  ],
];

it.each(goals)('%s', (goal, steps, context = {}) => {
  expect(outline(goal, context)).toEqual(steps);
});

it.each([
  ['Read the rows of the table users with active = false, save them to x.csv and delete those rows from users.'],
  ['delete them from the table users'],
  ['Make a report.md of a.csv and add the rows to it'],
])('%s: refused, since it could be all rows or another place', (goal) => {
  expect(plan(goal)).toHaveProperty('refused');
});
