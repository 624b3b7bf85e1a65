import { outline } from './support';

/** Plain goals in which two lists are joined: what they are joined by, and which rows stay, in any words and order. */
const goals: [goal: string, steps: string[]][] = [
  [
    'Combine stock.csv and prices.csv by sku into stock-prices.xlsx. Stock rows without a matching price must stay in.',
    [
      'transform.from_csv path=stock.csv',
      'transform.from_csv path=prices.csv',
      'transform.join left=… right=… on=[{"left":"sku","right":"sku"}] how=left',
      'transform.to_xlsx items=… save_as=stock-prices.xlsx',
    ],
  ],
  [
    'Read stock.csv and prices.csv, join them on sku so that all stock rows are kept, with or without a price, and export the result to the Excel file stock-prices.xlsx.',
    [
      'transform.from_csv path=stock.csv',
      'transform.from_csv path=prices.csv',
      'transform.join left=… right=… on=[{"left":"sku","right":"sku"}] how=left',
      'transform.to_xlsx items=… save_as=stock-prices.xlsx',
    ],
  ],
  [
    "To each row in stock.csv, add its price from prices.csv (join key: sku). Don't drop rows for which no price is found. Save as stock-prices.xlsx.",
    [
      'transform.from_csv path=stock.csv',
      'transform.from_csv path=prices.csv',
      'transform.join left=… right=… on=[{"left":"sku","right":"sku"}] how=left',
      'transform.to_xlsx items=… save_as=stock-prices.xlsx',
    ],
  ],
  [
    'Create the workbook stock-prices.xlsx by matching the two files stock.csv and prices.csv on the sku column; rows of stock.csv are kept even if prices.csv has no entry for them.',
    [
      'transform.from_csv path=stock.csv',
      'transform.from_csv path=prices.csv',
      'transform.join left=… right=… on=[{"left":"sku","right":"sku"}] how=left',
      'transform.to_xlsx items=… save_as=stock-prices.xlsx',
    ],
  ],
  [
    'Download the two lists https://shop.example.com/orders (orders) and https://crm.example.com/customers (customers), combine them with customer_id as the key and store what you get in o.csv.',
    [
      'http.request url=https://shop.example.com/orders',
      'http.request url=https://crm.example.com/customers',
      'transform.join left=… right=… on=[{"left":"customer_id","right":"customer_id"}]',
      'transform.to_csv items=… save_as=o.csv',
    ],
  ],
  [
    'Create a CSV file named o.csv by joining orders and customers on their common field customer_id. Orders: https://shop.example.com/orders. Customers: https://crm.example.com/customers.',
    [
      'http.request url=https://shop.example.com/orders',
      'http.request url=https://crm.example.com/customers',
      'transform.join left=… right=… on=[{"left":"customer_id","right":"customer_id"}]',
      'transform.to_csv items=… save_as=o.csv',
    ],
  ],
  [
    'Save as o.csv the orders of https://shop.example.com/orders joined with the customers of https://crm.example.com/customers, where customer_id is equal.',
    [
      'http.request url=https://shop.example.com/orders',
      'http.request url=https://crm.example.com/customers',
      'transform.join left=… right=… on=[{"left":"customer_id","right":"customer_id"}]',
      'transform.to_csv items=… save_as=o.csv',
    ],
  ],
  [
    'Joins les élèves (https://ecole.example.org/eleves) et les notes (https://ecole.example.org/notes) sur eleve_id, et sauvegarde le résultat dans bulletin.csv.',
    [
      'http.request url=https://ecole.example.org/eleves',
      'http.request url=https://ecole.example.org/notes',
      'transform.join left=… right=… on=[{"left":"eleve_id","right":"eleve_id"}]',
      'transform.to_csv items=… save_as=bulletin.csv',
    ],
  ],
  [
    'Je veux un fichier bulletin.csv qui réunisse les élèves de https://ecole.example.org/eleves et les notes de https://ecole.example.org/notes, avec eleve_id comme clé de jointure.',
    [
      'http.request url=https://ecole.example.org/eleves',
      'http.request url=https://ecole.example.org/notes',
      'transform.join left=… right=… on=[{"left":"eleve_id","right":"eleve_id"}]',
      'transform.to_csv items=… save_as=bulletin.csv',
    ],
  ],
  [
    "Les élèves sont sur https://ecole.example.org/eleves, les notes sur https://ecole.example.org/notes ; fusionne-les grâce à leur champ commun eleve_id et exporte l'ensemble en CSV sous le nom bulletin.csv.",
    [
      'http.request url=https://ecole.example.org/eleves',
      'http.request url=https://ecole.example.org/notes',
      'transform.join left=… right=… on=[{"left":"eleve_id","right":"eleve_id"}]',
      'transform.to_csv items=… save_as=bulletin.csv',
    ],
  ],
  [
    'Jointure sur eleve_id entre les élèves fournis par https://ecole.example.org/eleves et les notes fournies par https://ecole.example.org/notes, résultat à écrire dans bulletin.csv.',
    [
      'http.request url=https://ecole.example.org/eleves',
      'http.request url=https://ecole.example.org/notes',
      'transform.join left=… right=… on=[{"left":"eleve_id","right":"eleve_id"}]',
      'transform.to_csv items=… save_as=bulletin.csv',
    ],
  ],
  [
    'Je veux un fichier e.csv qui rapproche employes.csv de equipes.csv par equipe_id, y compris les employés sans équipe correspondante.',
    [
      'transform.from_csv path=employes.csv',
      'transform.from_csv path=equipes.csv',
      'transform.join left=… right=… on=[{"left":"equipe_id","right":"equipe_id"}] how=left',
      'transform.to_csv items=… save_as=e.csv',
    ],
  ],
  [
    "Complète chaque ligne de employes.csv avec l'équipe de equipes.csv qui a le même equipe_id, sans perdre aucun employé, et sauvegarde le tout sous e.csv.",
    [
      'transform.from_csv path=employes.csv',
      'transform.from_csv path=equipes.csv',
      'transform.join left=… right=… on=[{"left":"equipe_id","right":"equipe_id"}] how=left',
      'transform.to_csv items=… save_as=e.csv',
    ],
  ],
  [
    'Créer e.csv à partir de employes.csv et equipes.csv : jointure par equipe_id, aucun employé ne devant être écarté.',
    [
      'transform.from_csv path=employes.csv',
      'transform.from_csv path=equipes.csv',
      'transform.join left=… right=… on=[{"left":"equipe_id","right":"equipe_id"}] how=left',
      'transform.to_csv items=… save_as=e.csv',
    ],
  ],
  [
    'Lire employes.csv. Lire equipes.csv. Jointure à gauche sur equipe_id (tous les employés sont conservés). Enregistrer dans e.csv.',
    [
      'transform.from_csv path=employes.csv',
      'transform.from_csv path=equipes.csv',
      'transform.join left=… right=… on=[{"left":"equipe_id","right":"equipe_id"}] how=left',
      'transform.to_csv items=… save_as=e.csv',
    ],
  ],
  [
    'La table contrats doit être rapprochée, sur fournisseur_id, des fournisseurs de https://achats.example.org/fournisseurs ; le tout est à sauvegarder dans c.xlsx (Excel).',
    [
      'sql.query sql=SELECT * FROM contrats',
      'http.request url=https://achats.example.org/fournisseurs',
      'transform.join left=… right=… on=[{"left":"fournisseur_id","right":"fournisseur_id"}]',
      'transform.to_xlsx items=… save_as=c.xlsx',
    ],
  ],
];

it.each(goals)('%s', (goal, steps) => {
  expect(outline(goal)).toEqual(steps);
});
