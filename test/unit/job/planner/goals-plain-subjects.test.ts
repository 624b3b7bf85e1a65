import type { JsonObject } from '../../../../schemas/json';
import { outline } from './support';

/** Plain goals in which what something is done with stands first: a pronoun, those with a condition, what somebody wants. */
const goals: [goal: string, steps: string[], context?: JsonObject][] = [
  [
    'candidats.csv contient les candidats. Ceux qui ont une note de 14 ou plus (champ note) sont à insérer dans admis, table de la base concours.',
    [
      'transform.from_csv path=candidats.csv',
      'transform.filter items=… where=[{"field":"note","op":"ge","value":14}]',
      'sql.insert table=admis items=… database=concours',
    ],
  ],
  [
    'Read a.json. Those with status "open" should be saved to x.csv',
    [
      'file.read path=a.json',
      'transform.filter items=… where=[{"field":"status","op":"eq","value":"open"}]',
      'transform.to_csv items=… save_as=x.csv',
    ],
  ],
  [
    'Prends la feuille Tarifs de tarifs.xlsx, dédoublonne-la sur code et insère les lignes qui restent dans la table tarifs.',
    [
      'transform.from_xlsx path=tarifs.xlsx sheet=Tarifs',
      'transform.distinct items=… by=["code"]',
      'sql.insert table=tarifs items=…',
    ],
  ],
  [
    "Alimenter la table articles avec le contenu de articles.json, qui est une liste d'objets.",
    ['file.read path=articles.json', 'sql.insert table=articles items=…'],
  ],
  [
    'Read articles.json, which is a list of objects, and insert the rows into the table articles.',
    ['file.read path=articles.json', 'sql.insert table=articles items=…'],
  ],
  [
    "Create logistics-staff.csv from the employees table: columns id, name, email; only rows where department equals 'Logistics'.",
    [
      "sql.query sql=SELECT id, name, email FROM employees WHERE department = 'Logistics'",
      'transform.to_csv items=… save_as=logistics-staff.csv',
    ],
  ],
  [
    'Please export shipments from the logistics database to Excel. Only include rows with the carrier DHL; the file name is dhl.xlsx.',
    [
      "sql.query sql=SELECT * FROM shipments WHERE carrier = 'DHL' database=logistics",
      'transform.to_xlsx items=… save_as=dhl.xlsx',
    ],
  ],
  [
    'Merci de créer employes.csv à partir de la table employes de la base rh, toutes lignes comprises.',
    ['sql.query sql=SELECT * FROM employes database=rh', 'transform.to_csv items=… save_as=employes.csv'],
  ],
  [
    'Sélectionne dans la base accueil (table visites) les lignes pour lesquelles annee vaut 2023. Elles doivent être insérées dans la base archives (table visites_2023), puis exportées vers visites-2023.csv.',
    [
      'sql.query sql=SELECT * FROM visites WHERE annee = 2023 database=accueil',
      'sql.insert table=visites_2023 items=… database=archives',
      'transform.to_csv items=… save_as=visites-2023.csv',
    ],
  ],
  [
    'Read a.csv. They should be inserted into the table t.',
    ['transform.from_csv path=a.csv', 'sql.insert table=t items=…'],
  ],
  [
    'Once approved, delete all rows from sessions in the auth database with expires_at before 2024-01-01. Ask for the approval first.',
    ['approval', "sql.execute sql=DELETE FROM sessions WHERE expires_at < '2024-01-01' database=auth"],
  ],
  [
    "Nothing may be sent without a person's approval: read payload.json, have it approved, then post the content of the file to https://partner.example.com/intake.",
    [
      'file.read path=payload.json',
      'approval',
      'http.request url=https://partner.example.com/intake method=POST json=…',
    ],
  ],
  [
    'I need output/staff.csv created from input/staff.xlsx, and the .xlsx file removed once this has been done.',
    [
      'transform.from_xlsx path=input/staff.xlsx',
      'transform.to_csv items=… save_as=output/staff.csv',
      'file.delete path=input/staff.xlsx',
    ],
  ],
  ['which files in src contain foo?', ['file.search text=foo path=src']],
];

it.each(goals)('%s', (goal, steps, context = {}) => {
  expect(outline(goal, context)).toEqual(steps);
});
