import { outline, planned, refusals } from './support';

/** Plain goals about rows: what is chosen, counted, parted and put together, and the file that it goes to. */
const goals: [goal: string, steps: string[]][] = [
  [
    'Count the rows of shipments.csv by carrier and save the counts to carriers.json.',
    [
      'transform.from_csv path=shipments.csv',
      'transform.group items=… by=["carrier"] aggregates={"count":{"op":"count"}}',
      'file.write path=carriers.json json=…',
    ],
  ],
  [
    'Compte par pays les clients de https://export.example.org/clients (champ pays) et range le décompte dans clients-par-pays.json.',
    [
      'http.request url=https://export.example.org/clients',
      'transform.group items=… by=["pays"] aggregates={"count":{"op":"count"}}',
      'file.write path=clients-par-pays.json json=…',
    ],
  ],
  [
    'Read orders.csv, save orders with country DE to de.csv and orders with country FR to fr.csv.',
    [
      'transform.from_csv path=orders.csv',
      'transform.filter items=… where=[{"field":"country","op":"eq","value":"DE"}]',
      'transform.to_csv items=… save_as=de.csv',
      'transform.filter items=… where=[{"field":"country","op":"eq","value":"FR"}]',
      'transform.to_csv items=… save_as=fr.csv',
    ],
  ],
  [
    'Lis ventes.csv, enregistre celles dont pays = FR dans fr.csv et celles dont pays = BE dans be.csv.',
    [
      'transform.from_csv path=ventes.csv',
      'transform.filter items=… where=[{"field":"pays","op":"eq","value":"FR"}]',
      'transform.to_csv items=… save_as=fr.csv',
      'transform.filter items=… where=[{"field":"pays","op":"eq","value":"BE"}]',
      'transform.to_csv items=… save_as=be.csv',
    ],
  ],
  [
    'From the table tickets, write those whose status is open to open.csv and those whose status is closed to closed.csv.',
    [
      "sql.query sql=SELECT * FROM tickets WHERE status = 'open'",
      'transform.to_csv items=… save_as=open.csv',
      "sql.query sql=SELECT * FROM tickets WHERE status = 'closed'",
      'transform.to_csv items=… save_as=closed.csv',
    ],
  ],
  [
    'Read orders.csv. Save the rows whose amount is over 100 to big.csv and the rows whose amount is at most 100 to small.csv.',
    [
      'transform.from_csv path=orders.csv',
      'transform.filter items=… where=[{"field":"amount","op":"gt","value":100}]',
      'transform.to_csv items=… save_as=big.csv',
      'transform.filter items=… where=[{"field":"amount","op":"le","value":100}]',
      'transform.to_csv items=… save_as=small.csv',
    ],
  ],
  [
    'Merge jan.csv, feb.csv and mar.csv into q1.csv.',
    [
      'transform.from_csv path=jan.csv',
      'transform.from_csv path=feb.csv',
      'transform.from_csv path=mar.csv',
      'transform.jsonata input=… expression=[$reduce($, $append)]',
      'transform.to_csv items=… save_as=q1.csv',
    ],
  ],
  [
    'Download https://data.example.org/rates.csv, remove duplicate rows with the same currency, and save the remaining rows as rates.json.',
    [
      'http.request url=https://data.example.org/rates.csv response=file',
      'transform.from_csv artifact=…',
      'transform.distinct items=… by=["currency"]',
      'file.write path=rates.json json=…',
    ],
  ],
  [
    'Lis tickets.csv, supprime les lignes dont ticket_id est en double et enregistre le reste dans propre.csv.',
    [
      'transform.from_csv path=tickets.csv',
      'transform.distinct items=… by=["ticket_id"]',
      'transform.to_csv items=… save_as=propre.csv',
    ],
  ],
  [
    'Export the table shipments of the database logistics, only the rows where carrier is DHL, to the Excel file dhl.xlsx.',
    [
      "sql.query sql=SELECT * FROM shipments WHERE carrier = 'DHL' database=logistics",
      'transform.to_xlsx items=… save_as=dhl.xlsx',
    ],
  ],
  [
    'Exporte la table fournisseurs de la base achats, triée par nom, dans le fichier fournisseurs.xlsx.',
    [
      'sql.query sql=SELECT * FROM fournisseurs ORDER BY nom database=achats',
      'transform.to_xlsx items=… save_as=fournisseurs.xlsx',
    ],
  ],
  [
    'Using https://books.example.org/catalog as the source, keep just the fields isbn, title and price of each book, sort by price from cheapest to dearest, and create books.xlsx from the result.',
    [
      'http.request url=https://books.example.org/catalog',
      'transform.select items=… fields=["isbn","title","price"]',
      'transform.sort items=… by=[{"field":"price"}]',
      'transform.to_xlsx items=… save_as=books.xlsx',
    ],
  ],
  [
    'Compute the total of the field amount over all rows of payments.csv and save a summary titled "Payments" as payments.md.',
    [
      'transform.from_csv path=payments.csv',
      'transform.aggregate items=… aggregates={"total_amount":{"op":"sum","field":"amount"}}',
      'report.summary context=… save_as=payments.md',
    ],
  ],
  [
    'In invoices.csv, find the rows where paid is "no" and amount is greater than 1000, sort them by due_date, oldest first, and save them to unpaid-large.csv.',
    [
      'transform.from_csv path=invoices.csv',
      'transform.filter items=… where=[{"field":"paid","op":"eq","value":"no"},{"field":"amount","op":"gt","value":1000}]',
      'transform.sort items=… by=[{"field":"due_date"}]',
      'transform.to_csv items=… save_as=unpaid-large.csv',
    ],
  ],
  [
    'récupère les lignes de a.csv dont statut = ok',
    ['transform.from_csv path=a.csv', 'transform.filter items=… where=[{"field":"statut","op":"eq","value":"ok"}]'],
  ],
  [
    'Rapproche la table commandes (base ventes) et la table paiements (base tresorerie) par numero_commande ; le résultat va dans rapprochement.xlsx.',
    [
      'sql.query sql=SELECT * FROM commandes database=ventes',
      'sql.query sql=SELECT * FROM paiements database=tresorerie',
      'transform.join left=… right=… on=[{"left":"numero_commande","right":"numero_commande"}]',
      'transform.to_xlsx items=… save_as=rapprochement.xlsx',
    ],
  ],
];

it.each(goals)('%s', (goal, steps) => {
  expect(outline(goal)).toEqual(steps);
});

it('asks by what two files belong together', () => {
  expect(refusals('Merge a.csv and b.csv into c.csv')[0]?.message).toMatch(/on which fields to join/);
});

it('refuses conditions that no row fulfils', () => {
  const goal = 'Read a.csv, keep those whose status is open, keep those whose status is closed, save them to b.csv';
  expect(refusals(goal)[0]?.message).toMatch(/no row is left/);
});

describe('after parts of rows have gone to their places', () => {
  const parted = 'Read orders.csv, save orders with country DE to de.csv and orders with country FR to fr.csv';

  it('takes all of them by their name', () => {
    expect(outline(`${parted}, then sort the orders by total and save them to all.csv`).slice(-2)).toEqual([
      'transform.sort items=… by=[{"field":"total"}]',
      'transform.to_csv items=… save_as=all.csv',
    ]);
    const steps = planned(`${parted}. If any order has total over 1000, notify https://hooks.example.com/x.`).plan
      .steps;
    expect(steps.find(({ id }) => id === 'filter_orders_3')?.with).toMatchObject({
      items: '${{ steps.read_orders.output.items }}',
    });
  });

  it('asks which of them "them" are', () => {
    expect(refusals(`${parted}, then post them to https://x.example.com/a`)[0]).toMatchObject({
      part: 'post them to https://x.example.com/a',
    });
  });
});
