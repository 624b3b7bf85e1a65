import type { JsonObject } from '../../../../schemas/json';
import { outline } from './support';

/** Plain goals that poll, page and tell, and what is done once something has ended: the steps in short. */
const goals: [goal: string, steps: string[], context?: JsonObject][] = [
  [
    'Toutes les deux minutes, lis dans la base lots les lignes de la table imports dont id vaut 77 et statut vaut "fini", jusqu\'à ce qu\'il y en ait une. Fais alors un POST sur https://suite.example.com/imports/77.',
    [
      "sql.query sql=SELECT * FROM imports WHERE id = 77 AND statut = 'fini' database=lots until 2m row_count > 0",
      'http.request url=https://suite.example.com/imports/77 method=POST',
    ],
  ],
  [
    "Liste les fichiers du dossier reception toutes les 5 minutes jusqu'à ce qu'il y en ait au moins un ; charge ensuite reception/lot.csv dans la table lots de la base usine.",
    ['file.list path=reception until 5m count > 0', 'sql.insert table=lots path=reception/lot.csv database=usine'],
  ],
  [
    "Liste les fichiers du dossier reception toutes les 5 minutes jusqu'à ce qu'il y en ait au moins trois.",
    ['file.list path=reception until 5m count >= 3'],
  ],
  [
    "Interroge la table taches de la base ops toutes les minutes jusqu'à ce qu'il n'y ait plus de lignes dont statut vaut \"en cours\".",
    ["sql.query sql=SELECT * FROM taches WHERE statut = 'en cours' database=ops until 1m row_count == 0"],
  ],
  [
    'Renomme sortie/brouillon.docx en sortie/final.docx, puis préviens https://hooks.example.com/documents par un webhook document.pret signé avec le secret DOC_CLE.',
    [
      'file.move from=sortie/brouillon.docx to=sortie/final.docx',
      'notify.webhook url=https://hooks.example.com/documents type=document.pret data={}',
    ],
  ],
  [
    'Synthétise le contexte dans un rapport en français intitulé "Bilan de semaine", enregistré sous bilan.md ; joins le texte du rapport à un webhook bilan.pret envoyé à https://hooks.example.com/bilan et signé avec BILAN_CLE (secret).',
    [
      'report.summary context=… language=fr save_as=bilan.md',
      'notify.webhook url=https://hooks.example.com/bilan type=bilan.pret data={"summary":"…"}',
    ],
    { semaine: 48 },
  ],
  [
    'Envoie un webhook stock.bas à https://hooks.example.com/stock avec le nombre de lignes de la table ruptures, signé avec le secret STOCK_CLE.',
    [
      'sql.query sql=SELECT * FROM ruptures',
      'notify.webhook url=https://hooks.example.com/stock type=stock.bas data={"count":"…"}',
    ],
  ],
  [
    'Send a webhook stock.low to https://hooks.example.com/stock with the number of rows of the table shortages, signed with the secret STOCK_KEY.',
    [
      'sql.query sql=SELECT * FROM shortages',
      'notify.webhook url=https://hooks.example.com/stock type=stock.low data={"count":"…"}',
    ],
  ],
  [
    "Transmets file/suivant.json par PUT à https://atelier.example.com/ordres/suivant ; quand l'envoi a réussi, déplace le fichier vers faits/suivant.json.",
    [
      'file.read path=file/suivant.json',
      'http.request url=https://atelier.example.com/ordres/suivant method=PUT json=…',
      'file.move from=file/suivant.json to=faits/suivant.json',
    ],
  ],
  [
    'Send out/next.json by PUT to https://a.example.com/next; once the upload has succeeded, move the file to done/next.json.',
    [
      'file.read path=out/next.json',
      'http.request url=https://a.example.com/next method=PUT json=…',
      'file.move from=out/next.json to=done/next.json',
    ],
  ],
  [
    "Poste commande.json à https://a.example.com/commandes. Une fois l'envoi terminé, supprime le fichier.",
    [
      'file.read path=commande.json',
      'http.request url=https://a.example.com/commandes method=POST json=…',
      'file.delete path=commande.json',
    ],
  ],
  [
    'Every two minutes, read the rows of the table imports whose id is 77, until there is one.',
    ['sql.query sql=SELECT * FROM imports WHERE id = 77 until 2m row_count > 0'],
  ],
  [
    'Every two minutes, read the table imports until there is one row.',
    ['sql.query sql=SELECT * FROM imports until 2m row_count > 0'],
  ],
  [
    'Every two minutes, read in the database lots the table imports until there is at least one row.',
    ['sql.query sql=SELECT * FROM imports database=lots until 2m row_count > 0'],
  ],
  [
    'Send a webhook to https://hooks.example.com/stock with the number of rows of the table shortages.',
    [
      'sql.query sql=SELECT * FROM shortages',
      'notify.webhook url=https://hooks.example.com/stock type=job.notification data={"count":"…"}',
    ],
  ],
  [
    'Post the number of rows of the table shortages to https://hooks.example.com/stock.',
    [
      'sql.query sql=SELECT * FROM shortages',
      'http.request url=https://hooks.example.com/stock method=POST json={"count":"…"}',
    ],
  ],
  [
    "Lis https://forum.example.org/api/sujets page par page (chaque réponse donne l'adresse suivante dans suivant) et enregistre-les dans sujets.json.",
    [
      'http.request url=https://forum.example.org/api/sujets paging={"by":"cursor","cursor":"/suivant"}',
      'file.write path=sujets.json json=…',
    ],
  ],
  [
    "Lis https://forum.example.org/api/sujets page par page (chaque réponse donne l'adresse suivante dans suivant) et présente les sujets dans un tableau Markdown, colonnes titre, auteur et date, fichier sujets.md.",
    [
      'http.request url=https://forum.example.org/api/sujets paging={"by":"cursor","cursor":"/suivant"}',
      'report.table items=… columns=["titre","auteur","date"] save_as=sujets.md',
    ],
  ],
  [
    'Read https://forum.example.org/api/topics page by page (each response gives the next address in next) and save them to topics.json.',
    [
      'http.request url=https://forum.example.org/api/topics paging={"by":"cursor","cursor":"/next"}',
      'file.write path=topics.json json=…',
    ],
  ],
  [
    "Lis toutes les pages de https://a.example.org/x (l'adresse de la page suivante est dans next_url) et enregistre-les dans x.json.",
    [
      'http.request url=https://a.example.org/x paging={"by":"cursor","cursor":"/next_url"}',
      'file.write path=x.json json=…',
    ],
  ],
  [
    "Copie rapport.pdf dans archives/2024/rapport.pdf puis supprime l'original.",
    ['file.copy from=rapport.pdf to=archives/2024/rapport.pdf', 'file.delete path=rapport.pdf'],
  ],
  [
    'Read towns.csv and for each row call https://geo.example.org/towns/{code} with the value of the column code, then save the answers to towns.json.',
    [
      'transform.from_csv path=towns.csv',
      'http.request url=https://geo.example.org/towns/… each',
      'file.write path=towns.json json=…',
    ],
  ],
  [
    'Lis communes.csv et, pour chaque ligne, interroge https://geo.example.org/communes/<code> avec la valeur de la colonne code ; toutes les réponses sont à insérer dans la table communes_geo de la base atlas.',
    [
      'transform.from_csv path=communes.csv',
      'http.request url=https://geo.example.org/communes/… each',
      'sql.insert table=communes_geo items=… database=atlas',
    ],
  ],
];

it.each(goals)('%s', (goal, steps, context = {}) => {
  expect(outline(goal, context)).toEqual(steps);
});
