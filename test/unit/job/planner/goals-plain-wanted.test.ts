import { outline, refusals } from './support';

/** Plain goals in which what is wanted stands before what it is made of, and orders, groups and rows that are there once in any words. */
const goals: [goal: string, steps: string[]][] = [
  [
    'Fetch https://x.example.com/a, sort it by shipped_at so that the newest ones are at the top, and save to a.csv',
    [
      'http.request url=https://x.example.com/a',
      'transform.sort items=… by=[{"field":"shipped_at","order":"desc"}]',
      'transform.to_csv items=… save_as=a.csv',
    ],
  ],
  [
    'Save the rows of a.csv to b.csv in chronological order of due_date.',
    [
      'transform.from_csv path=a.csv',
      'transform.sort items=… by=[{"field":"due_date"}]',
      'transform.to_csv items=… save_as=b.csv',
    ],
  ],
  [
    'Save the orders from https://x.example.com/a to shipped.csv; the most recent shipped_at should come first.',
    [
      'http.request url=https://x.example.com/a',
      'transform.sort items=… by=[{"field":"shipped_at","order":"desc"}]',
      'transform.to_csv items=… save_as=shipped.csv',
    ],
  ],
  [
    'Export the rows of a.csv, earliest due_date first, to b.csv',
    [
      'transform.from_csv path=a.csv',
      'transform.sort items=… by=[{"field":"due_date"}]',
      'transform.to_csv items=… save_as=b.csv',
    ],
  ],
  [
    'Lis a.csv, compte par ligne, mets le plus grand nombre en tête et le plus petit à la fin, et enregistre le résultat dans b.csv',
    [
      'transform.from_csv path=a.csv',
      'transform.group items=… by=["ligne"] aggregates={"count":{"op":"count"}}',
      'transform.sort items=… by=[{"field":"count","order":"desc"}]',
      'transform.to_csv items=… save_as=b.csv',
    ],
  ],
  [
    "Lis a.csv et exporte vers b.csv, dans l'ordre des clients (champ client)",
    [
      'transform.from_csv path=a.csv',
      'transform.sort items=… by=[{"field":"client"}]',
      'transform.to_csv items=… save_as=b.csv',
    ],
  ],
  [
    "Lis a.csv dans l'ordre chronologique inverse de date et enregistre dans b.csv",
    [
      'transform.from_csv path=a.csv',
      'transform.sort items=… by=[{"field":"date","order":"desc"}]',
      'transform.to_csv items=… save_as=b.csv',
    ],
  ],
  [
    'Create b.csv: the rows of a.csv where amount exceeds 1000, oldest due_date at the top.',
    [
      'transform.from_csv path=a.csv',
      'transform.filter items=… where=[{"field":"amount","op":"gt","value":1000}]',
      'transform.sort items=… by=[{"field":"due_date"}]',
      'transform.to_csv items=… save_as=b.csv',
    ],
  ],
  [
    'Create b.csv from a.csv, containing only rows where amount exceeds 1000, sorted by date.',
    [
      'transform.from_csv path=a.csv',
      'transform.filter items=… where=[{"field":"amount","op":"gt","value":1000}]',
      'transform.sort items=… by=[{"field":"date"}]',
      'transform.to_csv items=… save_as=b.csv',
    ],
  ],
  [
    'I need a CSV file named shipped.csv with all orders that have the status "shipped". The orders come from https://shop.example.com/api/orders.',
    [
      'http.request url=https://shop.example.com/api/orders',
      'transform.filter items=… where=[{"field":"status","op":"eq","value":"shipped"}]',
      'transform.to_csv items=… save_as=shipped.csv',
    ],
  ],
  [
    'Je veux un CSV, b.csv, contenant les lignes de a.csv dont le statut est "payé".',
    [
      'transform.from_csv path=a.csv',
      'transform.filter items=… where=[{"field":"statut","op":"eq","value":"payé"}]',
      'transform.to_csv items=… save_as=b.csv',
    ],
  ],
  [
    "Produire b.csv à partir de a.csv : véhicules dont le champ km est d'au moins 150000, tri par date croissante.",
    [
      'transform.from_csv path=a.csv',
      'transform.filter items=… where=[{"field":"km","op":"ge","value":150000}]',
      'transform.sort items=… by=[{"field":"date"}]',
      'transform.to_csv items=… save_as=b.csv',
    ],
  ],
  [
    'Générer totaux-clients.csv : somme de montant_ttc par client, données de factures.xlsx.',
    [
      'transform.from_xlsx path=factures.xlsx',
      'transform.group items=… by=["client"] aggregates={"total_montant_ttc":{"op":"sum","field":"montant_ttc"}}',
      'transform.to_csv items=… save_as=totaux-clients.csv',
    ],
  ],
  [
    'Create a workbook totals.xlsx by grouping the rows of a.csv by city with the sum of amount',
    [
      'transform.from_csv path=a.csv',
      'transform.group items=… by=["city"] aggregates={"total_amount":{"op":"sum","field":"amount"}}',
      'transform.to_xlsx items=… save_as=totals.xlsx',
    ],
  ],
  [
    'Créer b.csv en joignant a.csv et c.csv sur id',
    [
      'transform.from_csv path=a.csv',
      'transform.from_csv path=c.csv',
      'transform.join left=… right=… on=[{"left":"id","right":"id"}]',
      'transform.to_csv items=… save_as=b.csv',
    ],
  ],
  [
    'I want in x.csv the orders of a.json whose status is open',
    [
      'file.read path=a.json',
      'transform.filter items=… where=[{"field":"status","op":"eq","value":"open"}]',
      'transform.to_csv items=… save_as=x.csv',
    ],
  ],
  [
    'Tickets urgents : source tickets.json, filtre priorite égale à haute ou à critique, tri par date, sortie urgents.csv.',
    [
      'file.read path=tickets.json',
      'transform.filter items=… where=[{"field":"priorite","op":"eq","value":"haute"},{"field":"priorite","op":"eq","value":"critique"}] match=any',
      'transform.sort items=… by=[{"field":"date"}]',
      'transform.to_csv items=… save_as=urgents.csv',
    ],
  ],
  [
    'Lis ventes.xlsx, additionne montant pour chaque agence et enregistre le résultat dans v.csv',
    [
      'transform.from_xlsx path=ventes.xlsx',
      'transform.group items=… by=["agence"] aggregates={"total_montant":{"op":"sum","field":"montant"}}',
      'transform.to_csv items=… save_as=v.csv',
    ],
  ],
  [
    'Read a.csv, make the rows unique on currency and save them to b.csv',
    [
      'transform.from_csv path=a.csv',
      'transform.distinct items=… by=["currency"]',
      'transform.to_csv items=… save_as=b.csv',
    ],
  ],
  [
    'Read a.csv, drop the rows that repeat a currency, save to b.csv',
    [
      'transform.from_csv path=a.csv',
      'transform.distinct items=… by=["currency"]',
      'transform.to_csv items=… save_as=b.csv',
    ],
  ],
  [
    'Read a.csv. Each code must appear only once. Save to b.csv.',
    [
      'transform.from_csv path=a.csv',
      'transform.distinct items=… by=["code"]',
      'transform.to_csv items=… save_as=b.csv',
    ],
  ],
  [
    'Lis a.csv, garde une seule ligne par code et enregistre dans b.csv',
    [
      'transform.from_csv path=a.csv',
      'transform.distinct items=… by=["code"]',
      'transform.to_csv items=… save_as=b.csv',
    ],
  ],
  [
    'Merci de regrouper par client les lignes de factures.xlsx en sommant la colonne montant_ttc, et de sauvegarder le résultat sous totaux.csv.',
    [
      'transform.from_xlsx path=factures.xlsx',
      'transform.group items=… by=["client"] aggregates={"total_montant_ttc":{"op":"sum","field":"montant_ttc"}}',
      'transform.to_csv items=… save_as=totaux.csv',
    ],
  ],
  [
    'Génère t.csv : une ligne par agence avec le cumul de la colonne montant, données de ventes.xlsx.',
    [
      'transform.from_xlsx path=ventes.xlsx',
      'transform.group items=… by=["agence"] aggregates={"total_montant":{"op":"sum","field":"montant"}}',
      'transform.to_csv items=… save_as=t.csv',
    ],
  ],
  [
    'Fetch https://x.example.com/o, discard everything that doesn\'t have status "shipped", then save the rest to a.csv',
    [
      'http.request url=https://x.example.com/o',
      'transform.filter items=… where=[{"field":"status","op":"eq","value":"shipped"}]',
      'transform.to_csv items=… save_as=a.csv',
    ],
  ],
];

it.each(goals)('%s', (goal, steps) => {
  expect(outline(goal)).toEqual(steps);
});

it('asks which of two orders is meant', () => {
  expect(
    refusals('Sort bids.json by price ascending, with the most expensive one on top, into bids.csv')[0]?.message,
  ).toMatch(/two orders/);
});

it('takes the file that rows are put in for no source of them', () => {
  const goal = 'Dans totaux.csv, mets pour chaque client le total de montant, à partir des lignes de factures.xlsx.';
  expect(refusals(goal).length).toBeGreaterThan(0);
});

it('asks where the context is saved', () => {
  expect(refusals('Read a.csv and save it to b.json, then put the values of the context', { a: 1 }).length).toBe(1);
});
