import type { JsonObject } from '../../../../schemas/json';
import { outline } from './support';

/** Plain goals about tables: where they are, what they get, and rows that they have already. */
const goals: [goal: string, steps: string[], context?: JsonObject][] = [
  [
    'Get the rows of shipments in the logistics database where carrier is DHL and save them as dhl.xlsx.',
    [
      "sql.query sql=SELECT * FROM shipments WHERE carrier = 'DHL' database=logistics",
      'transform.to_xlsx items=… save_as=dhl.xlsx',
    ],
  ],
  [
    'Get all open incidents (state is "open") from the table incidents in the ops database and save them to a.csv',
    [
      "sql.query sql=SELECT * FROM incidents WHERE state = 'open' database=ops",
      'transform.to_csv items=… save_as=a.csv',
    ],
  ],
  [
    'Query the shipments table of the logistics database for carrier = DHL, then write the result to an .xlsx file, dhl.xlsx.',
    [
      "sql.query sql=SELECT * FROM shipments WHERE carrier = 'DHL' database=logistics",
      'transform.to_xlsx items=… save_as=dhl.xlsx',
    ],
  ],
  [
    'Select all rows from alerts in the ops database that have severity "critical" and save them to a.csv',
    [
      "sql.query sql=SELECT * FROM alerts WHERE severity = 'critical' database=ops",
      'transform.to_csv items=… save_as=a.csv',
    ],
  ],
  [
    'Read from ops, table alerts, the rows where severity is "critical" and save them to x.csv',
    [
      "sql.query sql=SELECT * FROM alerts WHERE severity = 'critical' database=ops",
      'transform.to_csv items=… save_as=x.csv',
    ],
  ],
  [
    'Lis admis, table de la base concours, et enregistre le tout dans x.csv',
    ['sql.query sql=SELECT * FROM admis database=concours', 'transform.to_csv items=… save_as=x.csv'],
  ],
  [
    'Lis les lignes de paniers (table) et enregistre-les dans x.csv',
    ['sql.query sql=SELECT * FROM paniers', 'transform.to_csv items=… save_as=x.csv'],
  ],
  [
    'From the Excel file leads.xlsx, take the rows where score >= 80 and add them to hot_leads in the database crm.',
    [
      'transform.from_xlsx path=leads.xlsx',
      'transform.filter items=… where=[{"field":"score","op":"ge","value":80}]',
      'sql.insert table=hot_leads items=… database=crm',
    ],
  ],
  [
    'In the database crm, fill the table hot_leads with the rows from leads.xlsx, but leave out any with score less than 80.',
    [
      'transform.from_xlsx path=leads.xlsx',
      'transform.filter items=… where=[{"field":"score","op":"ge","value":80}]',
      'sql.insert table=hot_leads items=… database=crm',
    ],
  ],
  [
    'I need the leads from leads.xlsx that have a score of at least 80 in the table hot_leads (database crm).',
    [
      'transform.from_xlsx path=leads.xlsx',
      'transform.filter items=… where=[{"field":"score","op":"ge","value":80}]',
      'sql.insert table=hot_leads items=… database=crm',
    ],
  ],
  [
    'Je veux charger dans la base concours, table admis, les candidats de candidats.csv dont note est supérieure ou égale à 14.',
    [
      'transform.from_csv path=candidats.csv',
      'transform.filter items=… where=[{"field":"note","op":"ge","value":14}]',
      'sql.insert table=admis items=… database=concours',
    ],
  ],
  [
    'La table admis de la base concours doit recevoir les lignes de candidats.csv qui ont une note supérieure ou égale à 14',
    [
      'transform.from_csv path=candidats.csv',
      'transform.filter items=… where=[{"field":"note","op":"ge","value":14}]',
      'sql.insert table=admis items=… database=concours',
    ],
  ],
  [
    'Lis visites.csv et insère-le dans archives, table visites_2023',
    ['transform.from_csv path=visites.csv', 'sql.insert table=visites_2023 items=… database=archives'],
  ],
  [
    'Add the products listed in imports/products.csv to the table products in the database catalog. When a sku is already in the table, overwrite that row with the values from the file.',
    ['sql.insert table=products path=imports/products.csv database=catalog key=["sku"] on_conflict=update'],
  ],
  [
    'Please load imports/products.csv into the table products of the catalog database. On a conflict on sku, update the existing row.',
    ['sql.insert table=products path=imports/products.csv database=catalog key=["sku"] on_conflict=update'],
  ],
  [
    'Import imports/products.csv into the products table of the catalog database, updating any row whose sku is already there.',
    ['sql.insert table=products path=imports/products.csv database=catalog key=["sku"] on_conflict=update'],
  ],
  [
    'Load a.csv into the table products; rows with a sku that already exists get updated, all others get inserted.',
    ['sql.insert table=products path=a.csv key=["sku"] on_conflict=update'],
  ],
  [
    'Charge a.csv dans la table produits. Si un code est déjà présent, mets la ligne à jour.',
    ['sql.insert table=produits path=a.csv key=["code"] on_conflict=update'],
  ],
  [
    'Insert pupils.csv into the table pupils. If the pupil exists already, skip it.',
    ['sql.insert table=pupils path=pupils.csv on_conflict=skip'],
  ],
];

it.each(goals)('%s', (goal, steps, context = {}) => {
  expect(outline(goal, context)).toEqual(steps);
});
