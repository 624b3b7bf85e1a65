import type { JsonObject } from '../../../../schemas/json';
import { outline } from './support';

/** Plain goals about rows, fields that brackets name, tables and databases: the steps in short. */
const goals: [goal: string, steps: string[], context?: JsonObject][] = [
  [
    'Récupère les commandes sur https://boutique.example.com/api/commandes, garde celles dont le statut est "payée" (champ etat) et enregistre-les dans payees.csv.',
    [
      'http.request url=https://boutique.example.com/api/commandes',
      'transform.filter items=… where=[{"field":"etat","op":"eq","value":"payée"}]',
      'transform.to_csv items=… save_as=payees.csv',
    ],
  ],
  [
    'Lis commandes.json, garde celles dont le pays est "FR" et le montant dépasse 100 (champs pays et montant_ttc) et enregistre-les dans fr.csv.',
    [
      'file.read path=commandes.json',
      'transform.filter items=… where=[{"field":"pays","op":"eq","value":"FR"},{"field":"montant_ttc","op":"gt","value":100}]',
      'transform.to_csv items=… save_as=fr.csv',
    ],
  ],
  [
    'Lis commandes.json, retiens celles sans facture (champ facture_id vide) et enregistre-les dans sans.csv.',
    [
      'file.read path=commandes.json',
      'transform.filter items=… where=[{"field":"facture_id","op":"missing"}]',
      'transform.to_csv items=… save_as=sans.csv',
    ],
  ],
  [
    'Lis commandes.json, retiens celles sans montant (champ montant absent) et enregistre-les dans sans.csv.',
    [
      'file.read path=commandes.json',
      'transform.filter items=… where=[{"field":"montant","op":"missing"}]',
      'transform.to_csv items=… save_as=sans.csv',
    ],
  ],
  [
    'Read orders.json, keep those whose status is "paid" (field state) and save them to paid.csv.',
    [
      'file.read path=orders.json',
      'transform.filter items=… where=[{"field":"state","op":"eq","value":"paid"}]',
      'transform.to_csv items=… save_as=paid.csv',
    ],
  ],
  [
    'Read orders.json, keep the rows without an invoice (field invoice_id) and save them to open.csv.',
    [
      'file.read path=orders.json',
      'transform.filter items=… where=[{"field":"invoice_id","op":"missing"}]',
      'transform.to_csv items=… save_as=open.csv',
    ],
  ],
  [
    'Rechercher dans la mémoire "consignes de sauvegarde" et écrire les textes trouvés dans consignes.json.',
    ['memory.search query=consignes de sauvegarde', 'file.write path=consignes.json json=…'],
  ],
  [
    'Cherche "TODO" dans le dossier src et enregistre les occurrences dans todo.json.',
    ['file.search text=TODO path=src', 'file.write path=todo.json json=…'],
  ],
  [
    'Lire dans la base accueil les lignes de la table visites dont annee vaut 2023 et en garder un exemplaire dans visites.csv.',
    [
      'sql.query sql=SELECT * FROM visites WHERE annee = 2023 database=accueil',
      'transform.to_csv items=… save_as=visites.csv',
    ],
  ],
  [
    'Lis la table visites (base accueil) et enregistre-la dans visites.csv.',
    ['sql.query sql=SELECT * FROM visites database=accueil', 'transform.to_csv items=… save_as=visites.csv'],
  ],
  [
    'Lis les lignes de la table visites (base accueil) dont la date jour_visite est antérieure au 2024-06-30 et enregistre-les dans visites.csv.',
    [
      "sql.query sql=SELECT * FROM visites WHERE jour_visite < '2024-06-30' database=accueil",
      'transform.to_csv items=… save_as=visites.csv',
    ],
  ],
  [
    'Supprime les lignes de la table sessions (base web) dont statut vaut "clos".',
    ["sql.execute sql=DELETE FROM sessions WHERE statut = 'clos' database=web"],
  ],
  [
    'Supprime de la table sessions de la base web toutes les lignes dont le champ expire est vrai.',
    ['sql.execute sql=DELETE FROM sessions WHERE expire = true database=web'],
  ],
  [
    'Delete from the table sessions of the database web all rows whose state is "closed".',
    ["sql.execute sql=DELETE FROM sessions WHERE state = 'closed' database=web"],
  ],
  [
    'Mets à jour la table abonnes de la base presse : actif devient faux pour tous ceux dont la date fin_abonnement est antérieure au 2024-06-30.',
    ["sql.execute sql=UPDATE abonnes SET actif = false WHERE fin_abonnement < '2024-06-30' database=presse"],
  ],
  [
    'In the table users of the database crm, set active to false for all rows whose last_login is before 2024-01-01.',
    ["sql.execute sql=UPDATE users SET active = false WHERE last_login < '2024-01-01' database=crm"],
  ],
  [
    'Ajoute une ligne à la table journal de la base ops : evenement "sauvegarde", resultat "ok".',
    ['sql.insert table=journal items=[{"evenement":"sauvegarde","resultat":"ok"}] database=ops'],
  ],
  [
    'Insère dans la table journal de la base ops une ligne avec evenement = "sauvegarde" et resultat = "ok".',
    ['sql.insert table=journal items=[{"evenement":"sauvegarde","resultat":"ok"}] database=ops'],
  ],
  [
    'Insert into the table journal a row with event = "backup" and result = "ok".',
    ['sql.insert table=journal items=[{"event":"backup","result":"ok"}]'],
  ],
  [
    'Charger le fichier CSV stocks.csv dans la table stocks de la base entrepot ; si une référence (colonne reference) existe déjà, mettre sa ligne à jour.',
    ['sql.insert table=stocks path=stocks.csv on_conflict=update key=["reference"] database=entrepot'],
  ],
  [
    'Charge clients.csv dans la table clients, clé email ; en cas de doublon, garde la ligne existante.',
    ['sql.insert table=clients path=clients.csv key=["email"] on_conflict=skip'],
  ],
  [
    'Importe le classeur tarifs.xlsx, feuille 2024, dans la table tarifs de la base compta en remplaçant les lignes qui ont la même ref.',
    [
      'transform.from_xlsx path=tarifs.xlsx sheet=2024',
      'sql.insert table=tarifs items=… on_conflict=update key=["ref"] database=compta',
    ],
  ],
  [
    'Load rates.csv into the table rates, replacing the rows that have the same code.',
    ['sql.insert table=rates path=rates.csv on_conflict=update key=["code"]'],
  ],
];

it.each(goals)('%s', (goal, steps, context = {}) => {
  expect(outline(goal, context)).toEqual(steps);
});
