import { refusals, stepsOf } from './support';

/** Telegram style, nouns for verbs, parentheses, arrows and places without a verb, and the steps that they become. */
const goals: [goal: string, steps: { [id: string]: unknown[] }][] = [
  [
    'Récupération de https://api.boutique.test/clients, filtrage sur pays = FR, dépôt en CSV dans sortie/clients.csv',
    {
      fetch_clients: ['http.request', { url: 'https://api.boutique.test/clients' }],
      filter_clients: [
        'transform.filter',
        { items: '${{ steps.fetch_clients.output.body }}', where: [{ field: 'pays', op: 'eq', value: 'FR' }] },
      ],
      save_clients: [
        'transform.to_csv',
        { items: '${{ steps.filter_clients.output.items }}', save_as: 'sortie/clients.csv' },
      ],
    },
  ],
  [
    'récupère les commandes (https://api.boutique.test/commandes), trie par date, dans commandes.csv',
    {
      fetch_commandes: ['http.request', { url: 'https://api.boutique.test/commandes' }],
      sort_commandes: [
        'transform.sort',
        { items: '${{ steps.fetch_commandes.output.body }}', by: [{ field: 'date' }] },
      ],
      save_commandes: [
        'transform.to_csv',
        { items: '${{ steps.sort_commandes.output.items }}', save_as: 'commandes.csv' },
      ],
    },
  ],
  [
    'https://api.boutique.test/promos → promos.json',
    {
      fetch_promos: ['http.request', { url: 'https://api.boutique.test/promos' }],
      save_promos: ['file.write', { path: 'promos.json', json: '${{ steps.fetch_promos.output.body }}' }],
    },
  ],
  [
    'Lire ventes.csv ; garder les lignes dont montant dépasse 100 ; vers gros.csv',
    {
      read_ventes: ['transform.from_csv', { path: 'ventes.csv' }],
      filter_ventes: [
        'transform.filter',
        { items: '${{ steps.read_ventes.output.items }}', where: [{ field: 'montant', op: 'gt', value: 100 }] },
      ],
      save_ventes: ['transform.to_csv', { items: '${{ steps.filter_ventes.output.items }}', save_as: 'gros.csv' }],
    },
  ],
  [
    'POST https://api.boutique.test/relances avec {"a": true}',
    { post: ['http.request', { url: 'https://api.boutique.test/relances', method: 'POST', json: { a: true } }] },
  ],
  [
    'Depuis https://api.boutique.test/x, récupère les clients, regroupe par ville, au format CSV dans villes.csv',
    {
      fetch_clients: ['http.request', { url: 'https://api.boutique.test/x' }],
      group_clients: ['transform.group', { items: '${{ steps.fetch_clients.output.body }}', by: ['ville'] }],
      save_clients: ['transform.to_csv', { items: '${{ steps.group_clients.output.items }}', save_as: 'villes.csv' }],
    },
  ],
  [
    'Récupère https://api.boutique.test/x, en ne gardant que les lignes dont prix > 3,5, et enregistre sous le nom x.csv',
    {
      fetch_x: ['http.request', { url: 'https://api.boutique.test/x' }],
      filter_x: [
        'transform.filter',
        { items: '${{ steps.fetch_x.output.body }}', where: [{ field: 'prix', op: 'gt', value: 3.5 }] },
      ],
      save_x: ['transform.to_csv', { items: '${{ steps.filter_x.output.items }}', save_as: 'x.csv' }],
    },
  ],
  [
    'Récupère https://api.boutique.test/x, par ordre décroissant de prix, dans x.csv',
    {
      fetch_x: ['http.request', { url: 'https://api.boutique.test/x' }],
      sort_x: ['transform.sort', { items: '${{ steps.fetch_x.output.body }}', by: [{ field: 'prix', order: 'desc' }] }],
      save_x: ['transform.to_csv', { items: '${{ steps.sort_x.output.items }}', save_as: 'x.csv' }],
    },
  ],
  [
    'Insérer a.csv dans la table t, en mettant à jour ceux qui existent déjà',
    { insert_t: ['sql.insert', { table: 't', path: 'a.csv', on_conflict: 'update' }] },
  ],
  [
    "Insérer les lignes de a.csv dans la table t (à créer si elle n'existe pas)",
    { insert_t: ['sql.insert', { table: 't', path: 'a.csv', create: true }] },
  ],
  [
    'Lecture de ventes.csv ; tri par date ; export en xlsx dans ventes.xlsx',
    {
      read_ventes: ['transform.from_csv', { path: 'ventes.csv' }],
      sort_ventes: ['transform.sort', { items: '${{ steps.read_ventes.output.items }}', by: [{ field: 'date' }] }],
      save_ventes: ['transform.to_xlsx', { items: '${{ steps.sort_ventes.output.items }}', save_as: 'ventes.xlsx' }],
    },
  ],
  [
    'Sors-moi les commandes de https://api.boutique.test/commandes dans commandes.csv',
    {
      fetch_commandes: ['http.request', { url: 'https://api.boutique.test/commandes' }],
      save_commandes: [
        'transform.to_csv',
        { items: '${{ steps.fetch_commandes.output.body }}', save_as: 'commandes.csv' },
      ],
    },
  ],
  [
    "Peux-tu me récupérer https://api.boutique.test/x et me l'enregistrer dans x.json stp ?",
    {
      fetch_x: ['http.request', { url: 'https://api.boutique.test/x' }],
      save_x: ['file.write', { path: 'x.json', json: '${{ steps.fetch_x.output.body }}' }],
    },
  ],
  [
    'Regrouper ventes.csv par région et sortir le total du montant dans totaux.csv',
    {
      read_ventes: ['transform.from_csv', { path: 'ventes.csv' }],
      group_ventes: [
        'transform.group',
        {
          items: '${{ steps.read_ventes.output.items }}',
          by: ['région'],
          aggregates: { total_montant: { op: 'sum', field: 'montant' } },
        },
      ],
      save_ventes: ['transform.to_csv', { items: '${{ steps.group_ventes.output.items }}', save_as: 'totaux.csv' }],
    },
  ],
  [
    'Envoyer par POST ventes.json vers https://api.boutique.test/hook',
    {
      read_ventes: ['file.read', { path: 'ventes.json' }],
      post_ventes: [
        'http.request',
        { url: 'https://api.boutique.test/hook', method: 'POST', json: '${{ steps.read_ventes.output.content }}' },
      ],
    },
  ],
  [
    'Exporter la table clients dans clients.csv',
    {
      query_clients: ['sql.query', { sql: 'SELECT * FROM clients', max_rows: 100000 }],
      save_clients: ['transform.to_csv', { items: '${{ steps.query_clients.output.rows }}', save_as: 'clients.csv' }],
    },
  ],
  [
    'recup https://api.boutique.test/avis, garder note <= 2, trier par date decroissante, excel -> avis_negatifs.xlsx',
    {
      fetch_avis: ['http.request', { url: 'https://api.boutique.test/avis' }],
      filter_avis: [
        'transform.filter',
        { items: '${{ steps.fetch_avis.output.body }}', where: [{ field: 'note', op: 'le', value: 2 }] },
      ],
      sort_avis: [
        'transform.sort',
        { items: '${{ steps.filter_avis.output.items }}', by: [{ field: 'date', order: 'desc' }] },
      ],
      save_avis: ['transform.to_xlsx', { items: '${{ steps.sort_avis.output.items }}', save_as: 'avis_negatifs.xlsx' }],
    },
  ],
  [
    'Toutes les pages de https://api.boutique.test/v1/produits doivent être enregistrées dans x.json',
    {
      fetch_pages: ['http.request', { url: 'https://api.boutique.test/v1/produits', paging: { by: 'page' } }],
      save_pages: ['file.write', { path: 'x.json', json: '${{ steps.fetch_pages.output.body }}' }],
    },
  ],
  [
    'PATCH https://api.boutique.test/serveurs/web1 avec {"maintenance": true}, patienter 90 secondes',
    {
      patch: [
        'http.request',
        { url: 'https://api.boutique.test/serveurs/web1', method: 'PATCH', json: { maintenance: true } },
      ],
      wait: ['wait', { for: '90s' }, { depends_on: ['patch'] }],
    },
  ],
  [
    "Interroge https://api.boutique.test/etat toutes les 30 s jusqu'à ce que pret soit vrai",
    {
      fetch_etat: [
        'http.request',
        { url: 'https://api.boutique.test/etat' },
        {
          until: {
            check: 'check.that',
            with: { ok: '${{ steps.fetch_etat.output.body.pret == true }}' },
            every: '30s',
            rounds: 1000,
            otherwise: 'fail',
          },
        },
      ],
    },
  ],
  [
    'Extraire la table salaires dans paie/salaires.csv, faire approuver, puis envoyer le fichier par POST à https://paie.boutique.test/depot',
    {
      query_salaires: ['sql.query', { sql: 'SELECT * FROM salaires', max_rows: 100000 }],
      save_salaires: [
        'transform.to_csv',
        { items: '${{ steps.query_salaires.output.rows }}', save_as: 'paie/salaires.csv' },
      ],
      approve: [
        'approval',
        {
          approval: {
            question:
              'Extraire la table salaires dans paie/salaires.csv, faire approuver, puis envoyer le fichier par POST à https://paie.boutique.test/depot',
            expire_after: '7d',
          },
          depends_on: ['save_salaires'],
        },
      ],
      post_csv: [
        'http.request',
        {
          url: 'https://paie.boutique.test/depot',
          method: 'POST',
          multipart: { files: [{ name: 'file', artifact: '${{ steps.save_salaires.output.file }}' }] },
        },
        { depends_on: ['approve'] },
      ],
    },
  ],
  [
    'https://api.boutique.test/promos → promos.json, en-tête Accept-Language: fr',
    {
      fetch_promos: ['http.request', { url: 'https://api.boutique.test/promos', headers: { 'accept-language': 'fr' } }],
      save_promos: ['file.write', { path: 'promos.json', json: '${{ steps.fetch_promos.output.body }}' }],
    },
  ],
  [
    'Récupère https://api.boutique.test/x et enregistre-les en CSV avec un point-virgule comme séparateur dans annuaire.csv',
    {
      fetch_x: ['http.request', { url: 'https://api.boutique.test/x' }],
      save_x: [
        'transform.to_csv',
        { items: '${{ steps.fetch_x.output.body }}', save_as: 'annuaire.csv', delimiter: ';' },
      ],
    },
  ],
  [
    'Récupère https://api.boutique.test/x, uniquement les lignes dont prix > 10, vers x.csv',
    {
      fetch_x: ['http.request', { url: 'https://api.boutique.test/x' }],
      filter_x: [
        'transform.filter',
        { items: '${{ steps.fetch_x.output.body }}', where: [{ field: 'prix', op: 'gt', value: 10 }] },
      ],
      save_x: ['transform.to_csv', { items: '${{ steps.filter_x.output.items }}', save_as: 'x.csv' }],
    },
  ],
  [
    'Récupère https://api.boutique.test/x, sauf les lignes où pays = FR, dans x.csv',
    {
      fetch_x: ['http.request', { url: 'https://api.boutique.test/x' }],
      filter_x: [
        'transform.filter',
        { items: '${{ steps.fetch_x.output.body }}', where: [{ field: 'pays', op: 'ne', value: 'FR' }] },
      ],
      save_x: ['transform.to_csv', { items: '${{ steps.filter_x.output.items }}', save_as: 'x.csv' }],
    },
  ],
  [
    'Récupère https://api.boutique.test/x et poste le nombre de lignes sur https://b.boutique.test/x',
    {
      fetch_x: ['http.request', { url: 'https://api.boutique.test/x' }],
      count_x: [
        'transform.aggregate',
        { items: '${{ steps.fetch_x.output.body }}', aggregates: { count: { op: 'count' } } },
      ],
      post_count: [
        'http.request',
        {
          url: 'https://b.boutique.test/x',
          method: 'POST',
          json: { count: '${{ steps.count_x.output.values.count }}' },
        },
      ],
    },
  ],
  [
    'Récupère https://api.boutique.test/x ; les 10 premiers ; dans x.csv',
    {
      fetch_x: ['http.request', { url: 'https://api.boutique.test/x' }],
      first_x: [
        'transform.jsonata',
        { input: '${{ steps.fetch_x.output.body }}', expression: '[$filter($, function($row, $at) { $at < 10 })]' },
      ],
      save_x: ['transform.to_csv', { items: '${{ steps.first_x.output.value }}', save_as: 'x.csv' }],
    },
  ],
  [
    'Lire commandes.csv, nb de lignes par client, dans totaux.csv',
    {
      read_commandes: ['transform.from_csv', { path: 'commandes.csv' }],
      group_commandes: [
        'transform.group',
        { items: '${{ steps.read_commandes.output.items }}', by: ['client'], aggregates: { count: { op: 'count' } } },
      ],
      save_commandes: [
        'transform.to_csv',
        { items: '${{ steps.group_commandes.output.items }}', save_as: 'totaux.csv' },
      ],
    },
  ],
];

it.each(goals)('%s', (goal, steps) => {
  expect(stepsOf(goal)).toEqual(steps);
});

/** Goals of which less than all could be done, and the part that is named. */
const refused: [goal: string, part: string][] = [
  ['Cherche "TODO" dans a.txt, dans b.txt', 'Cherche "TODO" dans a.txt, dans b.txt'],
  ['Récupère https://api.boutique.test/clients, garde les gros clients dans gros.csv', 'gros'],
  [
    'Récupère https://api.boutique.test/releves, lettre les écritures et enregistre le tout dans lettrage.csv',
    'lettre les écritures',
  ],
  ['Récupère https://api.boutique.test/x ; seulement les 10 premiers ; x.csv', 'x.csv'],
];

it.each(refused)('%s is refused', (goal, part) => {
  expect(refusals(goal)[0]?.part).toBe(part);
});
