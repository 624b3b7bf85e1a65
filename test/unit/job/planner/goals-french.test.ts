import { itPlans, type GoalCase } from './support';

const goals: GoalCase[] = [
  [
    'Récupère tous les produits de https://api.example.com/produits, trie-les par prix décroissant, garde les 5 premiers et enregistre le résultat dans sortie/top.csv',
    {
      fetch_produits: ['http.request', { url: 'https://api.example.com/produits' }],
      sort_produits: [
        'transform.sort',
        { items: '${{ steps.fetch_produits.output.body }}', by: [{ field: 'prix', order: 'desc' }], limit: 5 },
      ],
      save_produits: [
        'transform.to_csv',
        { items: '${{ steps.sort_produits.output.items }}', save_as: 'sortie/top.csv' },
      ],
    },
  ],
  [
    'Télécharge https://example.com/ventes.csv puis calcule le total de montant par région et enregistre-le sous rapport.xlsx',
    {
      fetch_ventes: ['http.request', { url: 'https://example.com/ventes.csv', response: 'file' }],
      read_ventes: ['transform.from_csv', { artifact: '${{ steps.fetch_ventes.output.file }}' }],
      group_ventes: [
        'transform.group',
        {
          items: '${{ steps.read_ventes.output.items }}',
          by: ['région'],
          aggregates: { total_montant: { op: 'sum', field: 'montant' } },
        },
      ],
      save_ventes: ['transform.to_xlsx', { items: '${{ steps.group_ventes.output.items }}', save_as: 'rapport.xlsx' }],
    },
  ],
  [
    'Exporte la table invoice au format CSV dans factures.csv',
    {
      query_invoice: ['sql.query', { sql: 'SELECT * FROM invoice', max_rows: 100000 }],
      save_invoice: ['transform.to_csv', { items: '${{ steps.query_invoice.output.rows }}', save_as: 'factures.csv' }],
    },
  ],
  [
    'Insère les lignes de data/clients.csv dans la table clients en ignorant les doublons',
    { insert_clients: ['sql.insert', { table: 'clients', path: 'data/clients.csv', on_conflict: 'skip' }] },
  ],
  [
    'Peux-tu récupérer https://api.example.com/todos, ne garder que ceux qui ont completed égal à faux et les enregistrer en CSV ?',
    {
      fetch_todos: ['http.request', { url: 'https://api.example.com/todos' }],
      filter_todos: [
        'transform.filter',
        { items: '${{ steps.fetch_todos.output.body }}', where: [{ field: 'completed', op: 'eq', value: false }] },
      ],
      save_todos: ['transform.to_csv', { items: '${{ steps.filter_todos.output.items }}', save_as: 'todos.csv' }],
    },
  ],
  [
    "Connecte-toi à https://api.example.com/login avec l'utilisateur admin et le mot de passe dans ADMIN_PASSWORD, puis récupère https://api.example.com/moi avec le jeton",
    {
      login: [
        'http.request',
        {
          url: 'https://api.example.com/login',
          method: 'POST',
          json: { username: 'admin', password: '${{ secrets.ADMIN_PASSWORD }}' },
        },
      ],
      fetch_moi: [
        'http.request',
        {
          url: 'https://api.example.com/moi',
          headers: { authorization: 'Bearer ${{ steps.login.output.body.token }}' },
        },
      ],
    },
  ],
  [
    'Pour chaque utilisateur du contexte, envoie un POST à https://api.example.com/users',
    {
      post: [
        'http.request',
        { url: 'https://api.example.com/users', method: 'POST', json: '${{ item }}' },
        { for_each: '${{ input.utilisateurs }}' },
      ],
    },
  ],
  [
    'Pour chaque utilisateur du contexte, récupère https://api.example.com/users/{id}/todos et enregistre le résultat dans todos/{id}.json',
    {
      fetch_todos: [
        'http.request',
        { url: 'https://api.example.com/users/${{ item.id }}/todos', save_as: 'todos/${{ item.id }}.json' },
        { for_each: '${{ input.utilisateurs }}' },
      ],
    },
  ],
  [
    'Interroge https://api.example.com/jobs/7 toutes les 10 secondes jusqu\'à ce que status soit "done", puis télécharge https://api.example.com/result.json',
    {
      fetch: [
        'http.request',
        { url: 'https://api.example.com/jobs/7' },
        {
          until: {
            check: 'check.that',
            with: { ok: '${{ steps.fetch.output.body.status == "done" }}' },
            every: '10s',
            rounds: 1000,
            otherwise: 'fail',
          },
        },
      ],
      fetch_result: ['http.request', { url: 'https://api.example.com/result.json' }, { depends_on: ['fetch'] }],
    },
  ],
  [
    'Supprime les fichiers de plus de 30 jours dans le dossier tmp',
    { delete_files: ['file.delete', { path: 'tmp', older_than: '30d' }] },
  ],
  [
    'Déplace rapport.csv vers archive/rapport.csv',
    { move_file: ['file.move', { from: 'rapport.csv', to: 'archive/rapport.csv' }] },
  ],
  [
    'Génère une liste de contrôle et un résumé à partir du contexte',
    {
      liste_de_controle: ['report.checklist', { title: 'Liste de contrôle', context: '${{ input }}', language: 'fr' }],
      resume: ['report.summary', { title: 'Résumé', context: '${{ input }}', language: 'fr' }],
    },
  ],
  [
    'Rédige un résumé des commandes du contexte et enregistre-le dans resume.md',
    {
      resume: ['report.summary', { title: 'Résumé', context: '${{ input.commandes }}', language: 'fr' }],
      save_summary: ['file.write', { path: 'resume.md', text: '${{ steps.resume.output.markdown }}' }],
    },
  ],
  [
    'Après l\'accord de Paul, envoie le résultat de "select count(*) from invoice" à https://api.example.com/x',
    {
      approve: ['approval', { approval: { question: 'GOAL', expire_after: '7d', assignee: 'Paul' } }],
      query_database: [
        'sql.query',
        { sql: 'select count(*) from invoice', max_rows: 100000 },
        { depends_on: ['approve'] },
      ],
      post: [
        'http.request',
        { url: 'https://api.example.com/x', method: 'POST', json: '${{ steps.query_database.output.rows }}' },
      ],
    },
  ],
  [
    "Récupère https://api.example.com/a, mais demande-moi avant de l'envoyer à https://b.example.com/x",
    {
      fetch_a: ['http.request', { url: 'https://api.example.com/a' }],
      approve: ['approval', { approval: { question: 'GOAL', expire_after: '7d' }, depends_on: ['fetch_a'] }],
      post_a: [
        'http.request',
        { url: 'https://b.example.com/x', method: 'POST', json: '${{ steps.fetch_a.output.body }}' },
        { depends_on: ['approve'] },
      ],
    },
  ],
  [
    'Si le nombre de commandes dépasse 100, préviens https://hooks.example.com/x',
    {
      notify: [
        'notify.webhook',
        {
          url: 'https://hooks.example.com/x',
          type: 'job.notification',
          data: {},
          secret: '${{ secrets.WEBHOOK_SECRET }}',
        },
        { when: 'size(input.commandes) > 100' },
      ],
    },
  ],
  [
    "Récupère les commandes depuis https://api.example.com/commandes ; s'il y en a plus de 100, préviens https://hooks.example.com/x, sinon enregistre-les dans petit.json",
    {
      fetch_commandes: ['http.request', { url: 'https://api.example.com/commandes' }],
      notify: [
        'notify.webhook',
        {
          url: 'https://hooks.example.com/x',
          type: 'job.notification',
          data: {},
          secret: '${{ secrets.WEBHOOK_SECRET }}',
        },
        { when: 'size(steps.fetch_commandes.output.body) > 100' },
      ],
      save_commandes: [
        'file.write',
        { path: 'petit.json', json: '${{ steps.fetch_commandes.output.body }}' },
        { when: '!(size(steps.fetch_commandes.output.body) > 100)' },
      ],
    },
  ],
  [
    'Joins les utilisateurs de https://a.example.com/users avec les commandes de https://a.example.com/orders sur id = user_id et enregistre en CSV',
    {
      fetch_utilisateurs: ['http.request', { url: 'https://a.example.com/users' }],
      fetch_commandes: ['http.request', { url: 'https://a.example.com/orders' }],
      join_utilisateurs_commandes: [
        'transform.join',
        {
          left: '${{ steps.fetch_utilisateurs.output.body }}',
          right: '${{ steps.fetch_commandes.output.body }}',
          on: [{ left: 'id', right: 'user_id' }],
        },
      ],
      save_joined: [
        'transform.to_csv',
        { items: '${{ steps.join_utilisateurs_commandes.output.items }}', save_as: 'joined.csv' },
      ],
    },
  ],
  [
    'Attends 5 minutes puis appelle https://api.example.com/refresh en POST',
    {
      wait: ['wait', { for: '5m' }],
      post: ['http.request', { url: 'https://api.example.com/refresh', method: 'POST' }, { depends_on: ['wait'] }],
    },
  ],
  [
    'Supprime les doublons par email dans clients.csv et enregistre dans propre.csv',
    {
      read_clients: ['transform.from_csv', { path: 'clients.csv' }],
      distinct_clients: ['transform.distinct', { items: '${{ steps.read_clients.output.items }}', by: ['email'] }],
      save_clients: [
        'transform.to_csv',
        { items: '${{ steps.distinct_clients.output.items }}', save_as: 'propre.csv' },
      ],
    },
  ],
  [
    'Renomme la colonne nom en name dans clients.csv et enregistre le résultat dans c2.csv',
    {
      read_clients: ['transform.from_csv', { path: 'clients.csv' }],
      select_clients: [
        'transform.select',
        { items: '${{ steps.read_clients.output.items }}', rename: { nom: 'name' } },
      ],
      save_clients: ['transform.to_csv', { items: '${{ steps.select_clients.output.items }}', save_as: 'c2.csv' }],
    },
  ],
  [
    'Combien de factures par pays dans la table invoice ?',
    {
      query_invoice: ['sql.query', { sql: 'SELECT * FROM invoice', max_rows: 100000 }],
      group_factures: [
        'transform.group',
        { items: '${{ steps.query_invoice.output.rows }}', by: ['pays'], aggregates: { count: { op: 'count' } } },
      ],
    },
  ],
  [
    'Remplis le modèle "Bonjour {{ nom }}" avec le contexte et enregistre-le dans lettre.txt',
    {
      render: ['render.template', { template: 'Bonjour {{ nom }}', values: '${{ input }}' }],
      save_text: ['file.write', { path: 'lettre.txt', text: '${{ steps.render.output.text }}' }],
    },
  ],
  [
    'Récupère les utilisateurs sauf ceux dont le pays est "France" depuis https://api.example.com/users et enregistre-les',
    {
      fetch_utilisateurs: ['http.request', { url: 'https://api.example.com/users' }],
      filter_utilisateurs: [
        'transform.filter',
        { items: '${{ steps.fetch_utilisateurs.output.body }}', where: [{ field: 'pays', op: 'ne', value: 'France' }] },
      ],
      save_utilisateurs: [
        'file.write',
        { path: 'utilisateurs.json', json: '${{ steps.filter_utilisateurs.output.items }}' },
      ],
    },
  ],
  [
    "Avant d'enregistrer dans x.json, trie par nom les données de https://api.example.com/u",
    {
      fetch_u: ['http.request', { url: 'https://api.example.com/u' }],
      sort_u: ['transform.sort', { items: '${{ steps.fetch_u.output.body }}', by: [{ field: 'nom' }] }],
      save_u: ['file.write', { path: 'x.json', json: '${{ steps.sort_u.output.items }}' }],
    },
  ],
  [
    'Les données de https://api.example.com/u doivent être récupérées puis enregistrées dans u.json',
    {
      fetch_u: ['http.request', { url: 'https://api.example.com/u' }],
      save_u: ['file.write', { path: 'u.json', json: '${{ steps.fetch_u.output.body }}' }],
    },
  ],
  ['Liste les fichiers csv du dossier data', { list_files: ['file.list', { path: 'data', pattern: '*.csv' }] }],
  ['Cherche "erreur" dans les fichiers *.log', { search_files: ['file.search', { text: 'erreur', pattern: '*.log' }] }],
  [
    'Calcule la moyenne de total dans la table invoice',
    {
      query_invoice: ['sql.query', { sql: 'SELECT * FROM invoice', max_rows: 100000 }],
      average_total: [
        'transform.aggregate',
        {
          items: '${{ steps.query_invoice.output.rows }}',
          aggregates: { average_total: { op: 'avg', field: 'total' } },
        },
      ],
    },
  ],
];

itPlans(goals);
