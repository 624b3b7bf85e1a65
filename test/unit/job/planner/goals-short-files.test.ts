import { outline, refusals } from './support';

/** Short goals about files, conditions and the first of many: the steps in short. */
const goals: [goal: string, steps: string[]][] = [
  [
    'Check https://api.example.com/ping. If it does not answer with 200, write the words "shop down" to alert.txt.',
    ['http.request url=https://api.example.com/ping', 'file.write path=alert.txt text=shop down if status != 200'],
  ],
  [
    'Read https://api.example.com/ping, then write "down" to alert.txt',
    ['http.request url=https://api.example.com/ping', 'file.write path=alert.txt text=down'],
  ],
  [
    'Count the rows of table failed; more than 20 -> POST the number to https://api.example.com/alarm',
    [
      'sql.query sql=SELECT * FROM failed',
      'http.request url=https://api.example.com/alarm method=POST json={"count":"…"} if row_count > 20',
    ],
  ],
  [
    'The 50 newest rows of audit.logins (created_at) -> logins.csv',
    [
      'sql.query sql=SELECT * FROM audit.logins ORDER BY created_at DESC LIMIT 50',
      'transform.to_csv items=… save_as=logins.csv',
    ],
  ],
  [
    'Enregistre les 20 plus grosses commandes (table commandes, colonne montant) dans top20.csv',
    [
      'sql.query sql=SELECT * FROM commandes ORDER BY montant DESC LIMIT 20',
      'transform.to_csv items=… save_as=top20.csv',
    ],
  ],
  [
    'Pousser les 50 derniers mouvements (table mouvements, triés par date_mvt décroissante) vers https://api.example.com/x en POST, Bearer = secret ERP_JETON',
    [
      'sql.query sql=SELECT * FROM mouvements ORDER BY date_mvt DESC LIMIT 50',
      'http.request url=https://api.example.com/x method=POST json=… headers={"authorization":"Bearer ${{ secrets.ERP_JETON }}"}',
    ],
  ],
  [
    'PATCH https://api.example.com/w/7 with the ten customers with the highest balance (table accounts)',
    [
      'sql.query sql=SELECT * FROM accounts ORDER BY balance DESC LIMIT 10',
      'http.request url=https://api.example.com/w/7 method=PATCH json=…',
    ],
  ],
  [
    'Lis la table rejets ; si elle contient des lignes, supprime verrou.txt',
    ['sql.query sql=SELECT * FROM rejets', 'file.delete path=verrou.txt if row_count > 0'],
  ],
  [
    "Filtrez les capteurs de https://api.example.com/capteurs dont temp est de 70 ou plus ; s'il en reste au moins un, écrivez-les dans chauds.csv, sinon ne faites rien.",
    [
      'http.request url=https://api.example.com/capteurs',
      'transform.filter items=… where=[{"field":"temp","op":"ge","value":70}]',
      'transform.to_csv items=… save_as=chauds.csv if size(items) > 0',
    ],
  ],
  [
    "Le total du contexte : s'il dépasse 10 000, demander l'accord d'un responsable. Puis POST du total à https://api.example.com/x",
    ['approval if input.total > 10000', 'http.request url=https://api.example.com/x method=POST json=…'],
  ],
  [
    'Lis https://api.example.com/tickets et seulement pour les tickets où priorite = haute, fais un POST du ticket sur https://api.example.com/appels',
    [
      'http.request url=https://api.example.com/tickets',
      'transform.filter items=… where=[{"field":"priorite","op":"eq","value":"haute"}]',
      'http.request url=https://api.example.com/appels method=POST json=… each',
    ],
  ],
  [
    'Recherche le mot ERREUR dans traitement.log, pas trouvé => crée ok.txt avec dedans « rien à signaler »',
    [
      'file.search text=ERREUR path=traitement.log',
      'file.write path=ok.txt text=rien à signaler if size(matches) == 0',
    ],
  ],
  [
    'Upload photos/dock.jpg to https://api.example.com/upload as multipart, in the field photo',
    [
      'file.read path=photos/dock.jpg as=artifact',
      'http.request url=https://api.example.com/upload method=POST multipart={"files":[{"name":"photo","artifact":"…"}]}',
    ],
  ],
  [
    "What's written in note.txt should be sent as plain text to https://api.example.com/messages, POST.",
    [
      'file.read path=note.txt',
      'http.request url=https://api.example.com/messages method=POST text=… headers={"content-type":"text/plain"}',
    ],
  ],
  [
    'Which CSV files do we have in exports? Just in that folder, not in the ones beneath it.',
    ['file.list path=exports pattern=*.csv recursive=false'],
  ],
  [
    'Find the word timeout in all *.log files, upper or lower case, 50 hits are enough',
    ['file.search text=timeout pattern=*.log ignore_case=true max_matches=50'],
  ],
  [
    "The folder scratch can go, with all that's in it. If it isn't there, that's fine too.",
    ['file.delete path=scratch missing=ok'],
  ],
  [
    "C'est quoi les xlsx qu'on a dans le dossier compta, sous-dossiers compris ?",
    ['file.list path=compta pattern=*.xlsx'],
  ],
  [
    'Trouvez toutes les lignes des fichiers .md où figure « garantie », majuscules ou minuscules peu importe.',
    ['file.search text=garantie pattern=*.md ignore_case=true'],
  ],
  [
    "Effacer le dossier temporaire tmp/essais ; s'il n'existe pas, ce n'est pas une erreur.",
    ['file.delete path=tmp/essais missing=ok'],
  ],
  [
    'Ajouter la ligne « 14h30 : relève » à la fin de courante.txt',
    ['file.write path=courante.txt text=14h30 : relève mode=append'],
  ],
];

it.each(goals)('%s', (goal, steps) => {
  expect(outline(goal, { total: 12_000 })).toEqual(steps);
});

it('asks which file is moved where it is not the only one', () => {
  expect(refusals('Read a.csv, save it to b.csv, then move it to done/')[0]).toMatchObject({
    part: 'move it to done/',
  });
});

it('refuses a path out of the workspace, whatever else it does not understand', () => {
  const goal = 'Efface ../autre/donnees, le dossier de nos collègues, juste à côté du nôtre';
  expect(refusals(goal)[0]).toMatchObject({ part: '../autre/donnees' });
});
