/** Constructs of English and French, each in wordings of its own, and what their goals become in short. */
import { outline, refusals } from './support';

const CONTEXT = {
  rows: [{ a: 1 }],
  stores: [1, 2],
  members: [{ id: 1, email: 'x' }],
  customer: { name: 'n', email: 'e' },
  message: 'hi',
};

const constructs: { [construct: string]: [goal: string, steps: string[]][] } = {
  'reasons and asides ask for nothing': [
    [
      "HR here. Fetch https://a.example.com/users and save to users.json. It's for the board meeting on Thursday.",
      ['http.request url=https://a.example.com/users', 'file.write path=users.json json=…'],
    ],
    [
      'Fetch https://a.example.com/users because the auditors want to see them, and save to users.json. Nothing else.',
      ['http.request url=https://a.example.com/users', 'file.write path=users.json json=…'],
    ],
    [
      "Récupère https://a.example.com/users afin que la compta puisse vérifier, puis enregistre dans users.json. C'est pour le conseil de jeudi.",
      ['http.request url=https://a.example.com/users', 'file.write path=users.json json=…'],
    ],
    [
      'si https://a.example.com/x a ok = false, préviens https://hooks.example.com/y ; sinon on ne touche à rien',
      [
        'http.request url=https://a.example.com/x',
        'notify.webhook url=https://hooks.example.com/y type=job.notification data={} if body.ok == false',
      ],
    ],
    [
      'Host inventory, in this order: fetch https://cmdb.example.com/api/hosts, save it as h.json',
      ['http.request url=https://cmdb.example.com/api/hosts', 'file.write path=h.json json=…'],
    ],
  ],
  'approvals as people say them': [
    [
      'Before anything gets changed I want to sign it off. Once approved, run "update a set b = 1 where c = 2".',
      ['approval', 'sql.execute sql=update a set b = 1 where c = 2'],
    ],
    [
      'Post the rows from the context to https://a.example.com/x as JSON - but somebody has to approve it beforehand.',
      ['approval', 'http.request url=https://a.example.com/x method=POST json=…'],
    ],
    [
      'Send the rows from the context to https://a.example.com/batch in one POST. A human must see and approve the rows before they leave us.',
      ['approval', 'http.request url=https://a.example.com/batch method=POST json=…'],
    ],
    [
      "Fetch https://a.example.com/leads and hand them to https://b.example.com/import in a single POST, but please don't do that last bit w/o my OK",
      [
        'http.request url=https://a.example.com/leads',
        'approval',
        'http.request url=https://b.example.com/import method=POST json=…',
      ],
    ],
    ['Delete the folder old/, but not before Maria has agreed.', ['approval', 'file.delete path=old']],
    [
      'Nothing may be sent without the approval of the treasurer. Fetch https://a.example.com/leads and post them to https://b.example.com/x',
      [
        'approval',
        'http.request url=https://a.example.com/leads',
        'http.request url=https://b.example.com/x method=POST json=…',
      ],
    ],
    [
      "Lis a.json et envoie-le à https://dsn.example.fr/depots, mais l'envoi ne part qu'après validation par un responsable.",
      ['file.read path=a.json', 'approval', 'http.request url=https://dsn.example.fr/depots method=POST json=…'],
    ],
    [
      `Une fois l'accord du DSI obtenu, exécuter "delete from sessions where old"`,
      ['approval', 'sql.execute sql=delete from sessions where old'],
    ],
    [
      `N'envoie rien avant que Sophie ait validé : POST https://b.example.com/x avec {"a": 1}`,
      ['approval', 'http.request url=https://b.example.com/x method=POST json={"a":1}'],
    ],
  ],
  'files by folder, pattern and age': [
    ['delete everything in scratch older than 7 days', ['file.delete path=scratch older_than=7d']],
    ['supprime du dossier tmp les *.bak de plus de 10 jours', ['file.delete pattern=tmp/*.bak older_than=10d']],
    [
      'All files in the exports folder that match *.csv should be listed, and the listing written to output/inventory.json.',
      ['file.list path=exports pattern=*.csv', 'file.write path=output/inventory.json json=…'],
    ],
    [
      "Anything in scans/rejected that's been there more than 30 days can be binned.",
      ['file.delete path=scans/rejected older_than=30d'],
    ],
    [
      'Search the .md files of the workspace for the text "TODO" and write the hits to t.json',
      ['file.search text=TODO pattern=*.md', 'file.write path=t.json json=…'],
    ],
    [
      'Le fichier deliberations/projet.md devient deliberations/adopte.md.',
      ['file.move from=deliberations/projet.md to=deliberations/adopte.md'],
    ],
    [
      'raw/ is to be emptied of *.bak, and results/final.xlsx is to be duplicated as results/final_v1.xlsx.',
      ['file.delete pattern=raw/*.bak', 'file.copy from=results/final.xlsx to=results/final_v1.xlsx'],
    ],
    [
      'move exports/final.csv to archive/final_2026.csv, replacing whatever sits there',
      ['file.move from=exports/final.csv to=archive/final_2026.csv replace=true'],
    ],
    [
      'PUT the content of config/flags.json to https://flags.example.com/api/env/prod as JSON. Before that, make a copy of the file at backup/flags.json.',
      [
        'file.copy from=config/flags.json to=backup/flags.json',
        'file.read path=config/flags.json',
        'http.request url=https://flags.example.com/api/env/prod method=PUT json=…',
      ],
    ],
  ],
  'sheets, separators and columns': [
    [
      'Save the rows of the context to a.xlsx, the sheet is called Hosts',
      ['transform.to_xlsx items=… save_as=a.xlsx sheet=Hosts'],
    ],
    [
      "Exporter le résultat de SELECT numero FROM facture WHERE solde > 0 dans compta/impayes.xlsx ? La feuille doit s'appeler Impayés. Merci !",
      [
        'sql.query sql=SELECT numero FROM facture WHERE solde > 0',
        'transform.to_xlsx items=… save_as=compta/impayes.xlsx sheet=Impayés',
      ],
    ],
    [
      'Lire entree/c.csv et sortir le tableau dans sortie/c.csv, séparateur « ; ».',
      ['transform.from_csv path=entree/c.csv', 'transform.to_csv items=… save_as=sortie/c.csv delimiter=;'],
    ],
    [
      'Read in.csv (semicolon separated) and write it to out.xlsx (sheet Data)',
      ['transform.from_csv path=in.csv delimiter=;', 'transform.to_xlsx items=… save_as=out.xlsx sheet=Data'],
    ],
    [
      'Fetch https://a.example.com/users. Save to users.csv. We only need the columns id and name.',
      [
        'http.request url=https://a.example.com/users',
        'transform.to_csv items=… save_as=users.csv columns=["id","name"]',
      ],
    ],
    [
      'Read https://a.example.com/users; only the fields guest, room, nights matter; bookings.csv is where they go.',
      [
        'http.request url=https://a.example.com/users',
        'transform.select items=… fields=["guest","room","nights"]',
        'transform.to_csv items=… save_as=bookings.csv',
      ],
    ],
  ],
  'keys and rows that are there already': [
    [
      'Charger reception/palettes.csv dans la table palette, clé code_palette ; celles qui y sont déjà, on les laisse telles quelles.',
      ['sql.insert table=palette path=reception/palettes.csv key=["code_palette"] on_conflict=skip'],
    ],
    [
      'Load a.csv into people. If a row with the same id already exists, overwrite it.',
      ['sql.insert table=people path=a.csv key=["id"] on_conflict=update'],
    ],
    [
      'Load a.csv into the table people; id is the key. Duplicates should be ignored.',
      ['sql.insert table=people path=a.csv key=["id"] on_conflict=skip'],
    ],
    [
      "Read stocktake/hall3.xlsx (sheet Count), throw out the lines where counted is missing, and insert the rest into the table stocktake - create it if it isn't there yet.",
      [
        'transform.from_xlsx path=stocktake/hall3.xlsx sheet=Count',
        'transform.filter items=… where=[{"field":"counted","op":"exists"}]',
        'sql.insert table=stocktake items=… create=true',
      ],
    ],
  ],
  'bodies, tokens and headers': [
    [
      'Log in first: POST https://erp.example.net/auth/token with the form fields client_id=ops and client_secret set to the secret ERP_KEY. The access_token that comes back is the bearer token for https://erp.example.net/api/invoices - store that answer as out.json.',
      [
        'http.request url=https://erp.example.net/auth/token method=POST form={"client_id":"ops","client_secret":"${{ secrets.ERP_KEY }}"}',
        'http.request url=https://erp.example.net/api/invoices headers={"authorization":"Bearer …"}',
        'file.write path=out.json json=…',
      ],
    ],
    [
      'Se connecter sur https://ent.example.fr/api/login (POST en JSON, login : secretariat, password : le secret ENT). Avec le champ token de la réponse, en Authorization Bearer, lire https://ent.example.fr/api/eleves et enregistrer dans eleves.json.',
      [
        'http.request url=https://ent.example.fr/api/login method=POST json={"login":"secretariat","password":"${{ secrets.ENT }}"}',
        'http.request url=https://ent.example.fr/api/eleves headers={"authorization":"Bearer …"}',
        'file.write path=eleves.json json=…',
      ],
    ],
    [
      'Post the message from the context to https://chat.example.com/api/messages, as JSON in the field text',
      ['http.request url=https://chat.example.com/api/messages method=POST json={"text":"…"}'],
    ],
    [
      'fetch https://cmdb.example.com/api/hosts, the header x-api-key is the secret CMDB, and save to h.json',
      [
        'http.request url=https://cmdb.example.com/api/hosts headers={"x-api-key":"${{ secrets.CMDB }}"}',
        'file.write path=h.json json=…',
      ],
    ],
  ],
  'messages of webhooks': [
    [
      "UPDATE jobs SET status='queued' WHERE status='stuck'; then tell https://hooks.example.com/ops how many rows were touched.",
      [
        "sql.execute sql=UPDATE jobs SET status='queued' WHERE status='stuck'",
        'notify.webhook url=https://hooks.example.com/ops type=job.notification data={"count":"…"}',
      ],
    ],
    [
      'tell the webhook https://hooks.example.com/pricing that the new prices are in, with type prices.changed',
      [
        'notify.webhook url=https://hooks.example.com/pricing type=prices.changed data={"message":"the new prices are in"}',
      ],
    ],
  ],
  'pages, said after the address': [
    [
      'fetch https://api.example.com/tickets. Results come page by page, parameter page, go on until a page is empty. Save to t.json',
      ['http.request url=https://api.example.com/tickets paging={"by":"page"}', 'file.write path=t.json json=…'],
    ],
    [
      'Récupérer toutes les notices de https://biblio.example.fr/api/notices : pagination par curseur, le curseur suivant est dans /meta/suivant et se passe dans le paramètre curseur, les éléments sont sous /notices. Enregistrer dans n.json',
      [
        'http.request url=https://biblio.example.fr/api/notices paging={"by":"cursor","cursor":"/meta/suivant","param":"curseur","items":"/notices"}',
        'file.write path=n.json json=…',
      ],
    ],
  ],
  polls: [
    [
      'Wait until https://api.example.com/jobs/9 reports state = done, checking every minute, for half an hour at most. Then fetch https://api.example.com/jobs/9/result and save it as result.json.',
      [
        'http.request url=https://api.example.com/jobs/9 until 1m body.state == "done"',
        'http.request url=https://api.example.com/jobs/9/result',
        'file.write path=result.json json=…',
      ],
    ],
    [
      'Attends que https://api.example.fr/traitements/3 indique statut = terminé (vérifie toutes les 15 s, 20 essais maximum), puis télécharge https://api.example.fr/traitements/3/rapport.pdf dans rapports/3.pdf',
      [
        'http.request url=https://api.example.fr/traitements/3 until 15s body.statut == "terminé"',
        'http.request url=https://api.example.fr/traitements/3/rapport.pdf save_as=rapports/3.pdf',
      ],
    ],
  ],
  'conditions on answers': [
    [
      'SELECT sku, qty FROM stock WHERE qty < min_qty. If that gives at least one row, save the rows as orders/reorder.csv; if there are none, leave it.',
      [
        'sql.query sql=SELECT sku, qty FROM stock WHERE qty < min_qty',
        'transform.to_csv items=… save_as=orders/reorder.csv if row_count > 0',
      ],
    ],
    [
      'Search logs/ for "FATAL", and if anything is found send the matches to https://hooks.example.com/fatal.',
      [
        'file.search text=FATAL path=logs',
        'http.request url=https://hooks.example.com/fatal method=POST json=… if size(matches) > 0',
      ],
    ],
    [
      "Interroge https://a.example.fr/etat ; si le statut n'est pas 200, préviens https://hooks.example.fr/x.",
      [
        'http.request url=https://a.example.fr/etat',
        'notify.webhook url=https://hooks.example.fr/x type=job.notification data={} if status != 200',
      ],
    ],
    [
      'Si plus de 100 lignes reviennent de https://a.example.fr/erreurs, avertis https://hooks.example.fr/ops, et dans tous les cas enregistre-les dans erreurs.json.',
      [
        'http.request url=https://a.example.fr/erreurs',
        'notify.webhook url=https://hooks.example.fr/ops type=job.notification data={} if size(body) > 100',
        'file.write path=erreurs.json json=…',
      ],
    ],
    [
      'Calcule la moyenne de duree dans https://api.example.fr/runs et, si elle dépasse 300, alerte https://hooks.example.fr/lent.',
      [
        'http.request url=https://api.example.fr/runs',
        'transform.aggregate items=… aggregates={"average_duree":{"op":"avg","field":"duree"}}',
        'notify.webhook url=https://hooks.example.fr/lent type=job.notification data={} if values.average_duree > 300',
      ],
    ],
  ],
  joins: [
    [
      'Read input/invoices.csv and input/payments.csv, match them on invoice_no (keep every invoice, even where no payment turned up) and save the lot as output/reconciled.csv.',
      [
        'transform.from_csv path=input/invoices.csv',
        'transform.from_csv path=input/payments.csv',
        'transform.join left=… right=… on=[{"left":"invoice_no","right":"invoice_no"}] how=left',
        'transform.to_csv items=… save_as=output/reconciled.csv',
      ],
    ],
    [
      'Croiser les commandes de https://boutique.example.fr/api/commandes avec les clients de https://crm.example.fr/api/clients (client_id côté commandes, id côté clients) et écrire le tout dans exports/commandes_clients.json',
      [
        'http.request url=https://boutique.example.fr/api/commandes',
        'http.request url=https://crm.example.fr/api/clients',
        'transform.join left=… right=… on=[{"left":"client_id","right":"id"}]',
        'file.write path=exports/commandes_clients.json json=…',
      ],
    ],
  ],
  'figures, order and computed columns': [
    [
      'Marketing needs: the campaigns from https://ads.example.com/api/campaigns, spend summed up per channel, biggest spend at the top, as an Excel file out/spend.xlsx',
      [
        'http.request url=https://ads.example.com/api/campaigns',
        'transform.group items=… by=["channel"] aggregates={"total_spend":{"op":"sum","field":"spend"}}',
        'transform.sort items=… by=[{"field":"total_spend","order":"desc"}]',
        'transform.to_xlsx items=… save_as=out/spend.xlsx',
      ],
    ],
    [
      'Récupère https://api.example.com/v1/ventes, garde les 10 plus grosses ventes (champ montant) et enregistre-les dans sorties/top.csv.',
      [
        'http.request url=https://api.example.com/v1/ventes',
        'transform.sort items=… by=[{"field":"montant","order":"desc"}] limit=10',
        'transform.to_csv items=… save_as=sorties/top.csv',
      ],
    ],
    [
      'Compute the number of members per city in https://a.example.com/members, drop cities with fewer than 5, and write cities.xlsx sorted by count in descending order.',
      [
        'http.request url=https://a.example.com/members',
        'transform.group items=… by=["city"] aggregates={"count":{"op":"count"}}',
        'transform.filter items=… where=[{"field":"count","op":"ge","value":5}]',
        'transform.sort items=… by=[{"field":"count","order":"desc"}]',
        'transform.to_xlsx items=… save_as=cities.xlsx',
      ],
    ],
    [
      'À partir de https://api.example.fr/commandes, calcule le montant moyen par client et enregistre le tout en JSON dans moyennes.json',
      [
        'http.request url=https://api.example.fr/commandes',
        'transform.group items=… by=["client"] aggregates={"average_montant":{"op":"avg","field":"montant"}}',
        'file.write path=moyennes.json json=…',
      ],
    ],
    [
      'Add a field full_price which is price plus tax to the rows of items.json, and save them as items2.json.',
      [
        'file.read path=items.json',
        'transform.select items=… set={"full_price":"price + tax"}',
        'file.write path=items2.json json=…',
      ],
    ],
    [
      'Round the column price in prices.csv to two decimals and save it as prices2.csv.',
      [
        'transform.from_csv path=prices.csv',
        'transform.select items=… set={"price":"$round($number(price), 2)"}',
        'transform.to_csv items=… save_as=prices2.csv',
      ],
    ],
    [
      'Trouve le prix maximum et le prix minimum de https://shop.example.fr/articles et enregistre les deux dans extremes.json.',
      [
        'http.request url=https://shop.example.fr/articles',
        'transform.aggregate items=… aggregates={"max_prix":{"op":"max","field":"prix"},"min_prix":{"op":"min","field":"prix"}}',
        'file.write path=extremes.json json=${{ {"max_prix": steps.max_prix.output.values.max_prix, "min_prix": steps.max_prix.output.values.min_prix} }}',
      ],
    ],
    [
      'Lis a.csv, garde les lignes sans emplacement et enregistre dans b.csv',
      [
        'transform.from_csv path=a.csv',
        'transform.filter items=… where=[{"field":"emplacement","op":"missing"}]',
        'transform.to_csv items=… save_as=b.csv',
      ],
    ],
  ],
  'templates and memory': [
    [
      'fill the template "Welcome:{{#each joiners}} {{ name }}{{/each}}" with the rows in the context as joiners and save it to w.txt',
      [
        'render.template template=Welcome:{{#each joiners}} {{ name }}{{/each}} values={"joiners":"…"}',
        'file.write path=w.txt text=…',
      ],
    ],
    [
      'Pour chacun des members du contexte, remplis « Bonjour {{ email }} » et poste le texte sur https://sms.example.fr/envoi.',
      [
        'render.template template=Bonjour {{ email }} values=… each',
        'http.request url=https://sms.example.fr/envoi method=POST text=… headers={"content-type":"text/plain"} each',
      ],
    ],
    ['Mémorise 1500 sous le nom seuil_alerte', ['memory.set name=seuil_alerte value=1500']],
    [
      'POST https://a.example.com/x, wait an hour and a half, then GET https://a.example.com/x and save to x.json',
      [
        'http.request url=https://a.example.com/x method=POST',
        'wait for=90m',
        'http.request url=https://a.example.com/x',
        'file.write path=x.json json=…',
      ],
    ],
  ],
  'for each element': [
    [
      'We need the rates of EUR, USD and CHF: one call each to https://fx.example.com/latest/{currency}, and all the answers together in fx/rates.json.',
      ['http.request url=https://fx.example.com/latest/… each', 'file.write path=fx/rates.json json=…'],
    ],
    [
      'Every order in orders.csv with a total above 500 should go to https://crm.example.com/big-orders, one POST each. If a request fails, carry on with the others.',
      [
        'transform.from_csv path=orders.csv',
        'transform.filter items=… where=[{"field":"total","op":"gt","value":500}]',
        'http.request url=https://crm.example.com/big-orders method=POST json=… each continue',
      ],
    ],
  ],
};

describe.each(Object.entries(constructs))('%s', (_, goals) => {
  it.each(goals)('%s', (goal, steps) => {
    expect(outline(goal, CONTEXT)).toEqual(steps);
  });
});

/** Goals that read much like those above, with one part that nothing here can do, or that is not clear. */
const refused: [goal: string, part: string][] = [
  [
    'Fetch https://a.example.com/users because we need it and reconcile it with the ledger.',
    'reconcile it with the ledger',
  ],
  ['Read a.csv, keep the good ones and save to b.csv', 'good'],
  ['Read a.csv, keep those whose price is reasonable and save to b.csv', 'reasonable'],
  ['Lis a.csv, garde les plus intéressants et enregistre dans b.csv', 'plus'],
  [
    'From a.csv I need the rows with a total over 500 and under 200, save them to b.csv',
    'a total over 500 and under 200',
  ],
  ['Take https://a.example.com/orders, group by city, and chart the result in chart.png', 'chart'],
  ['Récupère https://a.example.fr/users, calcule la tendance et enregistre dans x.csv', 'tendance'],
  ['Load sales.csv into the database.', 'database'],
  ['Load a.csv into the table people with key id', 'key id'],
  ['delete the files', 'files'],
  ['Insert plants.csv into the table plants with nothing written to the database.', 'nothing written'],
  ['Read a.csv, save it to a.csv. The sheet is called Data.', 'The sheet is called Data'],
  ['Fetch https://a.example.com/users every day at 9 and save to users.csv', 'at 9'],
  ['Fetch https://a.example.com/x and save it to x.json unless it is boring', 'it'],
  ['Poll https://a.example.com/job until it is done.', 'it'],
  ['Fetch https://a.example.com/users. Only people with good standing should go to good.csv', 'good'],
  ['Send a.json to https://a.example.com/x with the usual header', 'usual'],
];

it.each(refused)('%s is refused', (goal, part) => {
  const parts = refusals(goal).map((one) => one.part);
  expect(parts.some((one) => one.includes(part) || part.includes(one))).toBe(true);
});
