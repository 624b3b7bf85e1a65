import type { JsonObject } from '../../../../schemas/json';
import { outline } from './support';

/** Plain goals about figures, groups, the first rows and files that are named afterwards: the steps in short. */
const goals: [goal: string, steps: string[], context?: JsonObject][] = [
  [
    'Récupère https://api.example.org/tickets, exclus ceux dont le statut est "fermé" ou "annulé", et compte ceux qui restent par priorité. Enregistre le décompte dans priorites.json.',
    [
      'http.request url=https://api.example.org/tickets',
      'transform.filter items=… where=[{"field":"statut","op":"not_in","value":["fermé","annulé"]}]',
      'transform.group items=… by=["priorité"] aggregates={"count":{"op":"count"}}',
      'file.write path=priorites.json json=…',
    ],
  ],
  [
    'Récupère https://api.example.org/taux, puis mets à jour la table taux avec ces données (clé devise).',
    [
      'http.request url=https://api.example.org/taux',
      'sql.insert table=taux items=… on_conflict=update key=["devise"]',
    ],
  ],
  [
    'Récupère https://api.example.org/meteo?ville=Lyon et insère le champ temperature dans la table releves.',
    [
      'http.request url=https://api.example.org/meteo?ville=Lyon',
      'sql.insert table=releves items=… columns=["temperature"]',
    ],
  ],
  [
    'Lis ventes.csv, calcule pour chaque région le total de montant et la moyenne de remise, puis enregistre le résultat dans regions.json.',
    [
      'transform.from_csv path=ventes.csv',
      'transform.group items=… by=["région"] aggregates={"total_montant":{"op":"sum","field":"montant"},"average_remise":{"op":"avg","field":"remise"}}',
      'file.write path=regions.json json=…',
    ],
  ],
  [
    "Sur l'ensemble des factures de https://compta.example.org/factures, calcule la somme du champ montant et la moyenne du champ delai, et range ces deux valeurs dans totaux.json.",
    [
      'http.request url=https://compta.example.org/factures',
      'transform.aggregate items=… aggregates={"total_montant":{"op":"sum","field":"montant"},"average_delai":{"op":"avg","field":"delai"}}',
      'file.write path=totaux.json json=${{ {"total_montant": steps.total_montant.output.values.total_montant, "average_delai": steps.total_montant.output.values.average_delai} }}',
    ],
  ],
  [
    'Exporte les 100 factures les plus récentes de la table factures (colonne date_emission) dans recentes.csv.',
    [
      'sql.query sql=SELECT * FROM factures ORDER BY date_emission DESC LIMIT 100',
      'transform.to_csv items=… save_as=recentes.csv',
    ],
  ],
  [
    'Lis les 10 clients les plus anciens de la table clients de la base crm (colonne cree_le) et poste-les à https://x.example.com/y.',
    [
      'sql.query sql=SELECT * FROM clients ORDER BY cree_le LIMIT 10 database=crm',
      'http.request url=https://x.example.com/y method=POST json=…',
    ],
  ],
  [
    "Lire dans la base stock les lignes de la table articles dont quantite vaut 0. S'il y en a plus de 10, poster leur nombre en JSON à https://alerte.example.com/ruptures.",
    [
      'sql.query sql=SELECT * FROM articles WHERE quantite = 0 database=stock',
      'http.request url=https://alerte.example.com/ruptures method=POST json={"count":"…"} if row_count > 10',
    ],
  ],
  [
    'Read sales.csv, compute for each region the total of amount and the average of discount, then save the result to regions.json.',
    [
      'transform.from_csv path=sales.csv',
      'transform.group items=… by=["region"] aggregates={"total_amount":{"op":"sum","field":"amount"},"average_discount":{"op":"avg","field":"discount"}}',
      'file.write path=regions.json json=…',
    ],
  ],
  [
    'Read sales.csv, compute the total of amount and the average of discount and save these two values to totals.json.',
    [
      'transform.from_csv path=sales.csv',
      'transform.aggregate items=… aggregates={"total_amount":{"op":"sum","field":"amount"},"average_discount":{"op":"avg","field":"discount"}}',
      'file.write path=totals.json json=${{ {"total_amount": steps.total_amount.output.values.total_amount, "average_discount": steps.total_amount.output.values.average_discount} }}',
    ],
  ],
  [
    'Update the table rates with the data of https://api.example.org/rates (key currency), existing rows are updated.',
    [
      'http.request url=https://api.example.org/rates',
      'sql.insert table=rates items=… on_conflict=update key=["currency"]',
    ],
  ],
  [
    'Additionne le montant par mois dans ventes.csv et enregistre le résultat dans mois.json.',
    [
      'transform.from_csv path=ventes.csv',
      'transform.group items=… by=["mois"] aggregates={"total_montant":{"op":"sum","field":"montant"}}',
      'file.write path=mois.json json=…',
    ],
  ],
  [
    'Add up the amount per month in sales.csv and save it to months.json.',
    [
      'transform.from_csv path=sales.csv',
      'transform.group items=… by=["month"] aggregates={"total_amount":{"op":"sum","field":"amount"}}',
      'file.write path=months.json json=…',
    ],
  ],
  [
    'Lis ventes.csv, calcule pour chaque région le total de montant et la moyenne de remise, puis enregistre le résultat dans regions.json.',
    [
      'transform.from_csv path=ventes.csv',
      'transform.group items=… by=["région"] aggregates={"total_montant":{"op":"sum","field":"montant"},"average_remise":{"op":"avg","field":"remise"}}',
      'file.write path=regions.json json=…',
    ],
  ],
  [
    'Lis ventes.csv, calcule pour chaque région le total de montant et enregistre le résultat dans regions.json.',
    [
      'transform.from_csv path=ventes.csv',
      'transform.group items=… by=["région"] aggregates={"total_montant":{"op":"sum","field":"montant"}}',
      'file.write path=regions.json json=…',
    ],
  ],
  [
    'Lis ventes.csv, calcule le total de montant pour chaque région et enregistre le résultat dans regions.json.',
    [
      'transform.from_csv path=ventes.csv',
      'transform.group items=… by=["région"] aggregates={"total_montant":{"op":"sum","field":"montant"}}',
      'file.write path=regions.json json=…',
    ],
  ],
  [
    'Lis ventes.csv, calcule la somme de montant et le nombre de lignes par région, trie par somme décroissante et enregistre le résultat dans regions.json.',
    [
      'transform.from_csv path=ventes.csv',
      'transform.group items=… by=["région"] aggregates={"total_montant":{"op":"sum","field":"montant"},"count":{"op":"count"}}',
      'transform.sort items=… by=[{"field":"total_montant","order":"desc"}]',
      'file.write path=regions.json json=…',
    ],
  ],
  [
    'Lis clients.csv, compte pour chaque pays le nombre de clients et enregistre le résultat dans pays.json.',
    [
      'transform.from_csv path=clients.csv',
      'transform.group items=… by=["pays"] aggregates={"count":{"op":"count"}}',
      'file.write path=pays.json json=…',
    ],
  ],
  [
    'Lis clients.csv, compte les clients de chaque pays et enregistre le résultat dans pays.json.',
    [
      'transform.from_csv path=clients.csv',
      'transform.group items=… by=["pays"] aggregates={"count":{"op":"count"}}',
      'file.write path=pays.json json=…',
    ],
  ],
  [
    'Read sales.csv, compute for each region the total of amount and the average of discount, then save the result to regions.json.',
    [
      'transform.from_csv path=sales.csv',
      'transform.group items=… by=["region"] aggregates={"total_amount":{"op":"sum","field":"amount"},"average_discount":{"op":"avg","field":"discount"}}',
      'file.write path=regions.json json=…',
    ],
  ],
  [
    'Read sales.csv, for each region compute the total of amount and save the result to regions.json.',
    [
      'transform.from_csv path=sales.csv',
      'transform.group items=… by=["region"] aggregates={"total_amount":{"op":"sum","field":"amount"}}',
      'file.write path=regions.json json=…',
    ],
  ],
  [
    'Lis ventes.csv, pour chaque région calcule le total de montant et enregistre le résultat dans regions.json.',
    [
      'transform.from_csv path=ventes.csv',
      'transform.group items=… by=["région"] aggregates={"total_montant":{"op":"sum","field":"montant"}}',
      'file.write path=regions.json json=…',
    ],
  ],
  [
    'Convertis donnees.xlsx en CSV (séparateur point-virgule) et enregistre-le dans out/donnees.csv.',
    ['transform.from_xlsx path=donnees.xlsx', 'transform.to_csv items=… save_as=out/donnees.csv delimiter=;'],
  ],
  [
    'Convert data.xlsx to CSV and save it to out/data.csv.',
    ['transform.from_xlsx path=data.xlsx', 'transform.to_csv items=… save_as=out/data.csv'],
  ],
  [
    'Lis clients.csv, pour chaque pays compte les clients et enregistre le résultat dans pays.json.',
    [
      'transform.from_csv path=clients.csv',
      'transform.group items=… by=["pays"] aggregates={"count":{"op":"count"}}',
      'file.write path=pays.json json=…',
    ],
  ],
  [
    'Convertis donnees.xlsx en CSV et enregistre-le dans out/donnees.csv avec le point-virgule comme séparateur.',
    ['transform.from_xlsx path=donnees.xlsx', 'transform.to_csv items=… save_as=out/donnees.csv delimiter=;'],
  ],
  [
    'Calculer le total et la moyenne du champ montant de paiements.csv et les envoyer à https://x.example.com/compta.',
    [
      'transform.from_csv path=paiements.csv',
      'transform.aggregate items=… aggregates={"total_montant":{"op":"sum","field":"montant"},"average_montant":{"op":"avg","field":"montant"}}',
      'http.request url=https://x.example.com/compta method=POST json=${{ {"total_montant": steps.total_montant.output.values.total_montant, "average_montant": steps.total_montant.output.values.average_montant} }}',
    ],
  ],
  [
    'Depuis https://musee.example.org/oeuvres, ne conserve que les champs titre, artiste et annee, trie par annee croissante et produis oeuvres.csv.',
    [
      'http.request url=https://musee.example.org/oeuvres',
      'transform.select items=… fields=["titre","artiste","annee"]',
      'transform.sort items=… by=[{"field":"annee"}]',
      'transform.to_csv items=… save_as=oeuvres.csv',
    ],
  ],
  [
    'Lis commandes.json, garde une seule ligne par client et enregistre le résultat dans c.json.',
    ['file.read path=commandes.json', 'transform.distinct items=… by=["client"]', 'file.write path=c.json json=…'],
  ],
  [
    'Read orders.json, keep only one order per customer (field customer_id), sort by date and produce out.csv.',
    [
      'file.read path=orders.json',
      'transform.distinct items=… by=["customer_id"]',
      'transform.sort items=… by=[{"field":"date"}]',
      'transform.to_csv items=… save_as=out.csv',
    ],
  ],
  [
    'Lis notes.xlsx, garde les lignes dont valide vaut oui et enregistre-les dans n.csv.',
    [
      'transform.from_xlsx path=notes.xlsx',
      'transform.filter items=… where=[{"field":"valide","op":"eq","value":"oui"}]',
      'transform.to_csv items=… save_as=n.csv',
    ],
  ],
];

it.each(goals)('%s', (goal, steps, context = {}) => {
  expect(outline(goal, context)).toEqual(steps);
});
