import { itPlans, type GoalCase } from './support';

const context = { orders: [{ id: 1 }], drivers: [{ name: 'Ines' }], commandes: [{ id: 1, montant: 3 }] };

/** Short goals of texts: reports, checklists, templates, and what is remembered. */
const goals: GoalCase[] = [
  [
    'Remember for later, in the shared space: "Carrier Nox delivers on Tuesdays only"',
    { remember: ['memory.remember', { text: 'Carrier Nox delivers on Tuesdays only', space: 'shared' }] },
  ],
  [
    'Note for 30 days in the space yard that ramp 6 is out of order.',
    { remember: ['memory.remember', { text: 'ramp 6 is out of order', space: 'yard', ttl: '30d' }] },
  ],
  [
    'Retiens que le fournisseur Bertin ferme en août.',
    { remember: ['memory.remember', { text: 'le fournisseur Bertin ferme en août' }] },
  ],
  [
    'what do we know in memory about forklift batteries? 5 hits at most',
    { search_memory: ['memory.search', { query: 'forklift batteries', limit: 5 }] },
  ],
  [
    'Cherche dans la mémoire partagée ce qui concerne les quais, 2 résultats au plus',
    { search_memory: ['memory.search', { query: 'les quais', space: 'shared', limit: 2 }] },
  ],
  [
    'Forget the memory with the id m-881 in the space dispatch',
    { forget: ['memory.forget', { id: 'm-881', space: 'dispatch' }] },
  ],
  [
    "tout ce qui est dans l'espace de mémoire « essai_mars » : on oublie",
    { forget: ['memory.forget', { space: 'essai_mars' }] },
  ],
  [
    "Recall the value called cutoff - 16:00 if there's none - and write it in cutoff.txt",
    {
      recall_cutoff: ['memory.get', { name: 'cutoff', default: '16:00' }],
      save_cutoff: ['file.write', { path: 'cutoff.txt', text: '${{ steps.recall_cutoff.output.value }}' }],
    },
  ],
  [
    "écrire dans valeurs.json toutes les valeurs gardées par l'exécution",
    {
      kept_values: ['memory.list', {}],
      save_values: ['file.write', { path: 'valeurs.json', json: '${{ steps.kept_values.output.entries }}' }],
    },
  ],
  [
    'note « service en panne » dans panne.txt',
    { write_text: ['file.write', { path: 'panne.txt', text: 'service en panne' }] },
  ],
  [
    'retiens que la rampe 6 est fermée, puis convertis a.csv en b.json',
    {
      remember: ['memory.remember', { text: 'la rampe 6 est fermée' }],
      read_a: ['transform.from_csv', { path: 'a.csv' }, { depends_on: ['remember'] }],
      save_a: ['file.write', { path: 'b.json', json: '${{ steps.read_a.output.items }}' }],
    },
  ],
  [
    'Summarise kpis.json in a report with the title "Week 20", saved to week20.md.',
    {
      read_kpis: ['file.read', { path: 'kpis.json' }],
      summary: [
        'report.summary',
        { title: 'Week 20', context: '${{ steps.read_kpis.output.content }}', save_as: 'week20.md' },
      ],
    },
  ],
  [
    'hours.csv, sum of hours per employee, markdown table hours.md, heading Hours',
    {
      read_hours: ['transform.from_csv', { path: 'hours.csv' }],
      group_hours: [
        'transform.group',
        {
          items: '${{ steps.read_hours.output.items }}',
          by: ['employee'],
          aggregates: { total_hours: { op: 'sum', field: 'hours' } },
        },
      ],
      table: ['report.table', { title: 'Hours', items: '${{ steps.group_hours.output.items }}', save_as: 'hours.md' }],
    },
  ],
  [
    'A French summary report of the orders in the context, title « Bilan mai », file bilan.md',
    {
      french_summary: [
        'report.summary',
        { title: 'Bilan mai', context: '${{ input.orders }}', language: 'fr', save_as: 'bilan.md' },
      ],
    },
  ],
  [
    'read steps.json; turn them into a checklist with the heading Onboarding.',
    {
      read_steps: ['file.read', { path: 'steps.json' }],
      checklist: ['report.checklist', { title: 'Onboarding', context: '${{ steps.read_steps.output.content }}' }],
    },
  ],
  [
    'From https://a.example.com/failover.json make me a tick list (markdown) named failover.md; title: Failover.',
    {
      fetch_failover: ['http.request', { url: 'https://a.example.com/failover.json' }],
      tick_list: [
        'report.checklist',
        { title: 'Failover', context: '${{ steps.fetch_failover.output.body }}', save_as: 'failover.md' },
      ],
    },
  ],
  [
    'checklist pls from the orders below (context) -> audit.md, titled ISO audit',
    { checklist: ['report.checklist', { title: 'ISO audit', context: '${{ input.orders }}', save_as: 'audit.md' }] },
  ],
  [
    'Tableau Markdown de la table astreintes (colonnes agent, debut, fin), à écrire dans astreintes.md',
    {
      query_astreintes: ['sql.query', { sql: 'SELECT * FROM astreintes', max_rows: 100000 }],
      table: [
        'report.table',
        {
          title: 'Tableau Markdown',
          items: '${{ steps.query_astreintes.output.rows }}',
          columns: ['agent', 'debut', 'fin'],
          save_as: 'astreintes.md',
        },
      ],
    },
  ],
  [
    'Pourriez-vous présenter sous forme de tableau, intitulé « Sinistres ouverts », la liste disponible sur https://a.example.com/sinistres ?',
    {
      fetch_liste: ['http.request', { url: 'https://a.example.com/sinistres' }],
      table: ['report.table', { title: 'Sinistres ouverts', items: '${{ steps.fetch_liste.output.body }}' }],
    },
  ],
  [
    'Récupérer les exigences sur https://a.example.org/exigences et en tirer une liste de points à cocher, audit.md.',
    {
      fetch_exigences: ['http.request', { url: 'https://a.example.org/exigences' }],
      liste_de_points_a_cocher: [
        'report.checklist',
        {
          title: 'Liste de points à cocher',
          context: '${{ steps.fetch_exigences.output.body }}',
          language: 'fr',
          save_as: 'audit.md',
        },
      ],
    },
  ],
  [
    'avec les commandes du contexte fais une checklist, fichier demenagement.md, titre : Reste à faire',
    {
      checklist: [
        'report.checklist',
        { title: 'Reste à faire', context: '${{ input.commandes }}', language: 'fr', save_as: 'demenagement.md' },
      ],
    },
  ],
  [
    'Fill the template "Dear {{ name }}, bye." with the values of the context and save as letter.txt',
    {
      render: ['render.template', { template: 'Dear {{ name }}, bye.', values: '${{ input }}' }],
      save_text: ['file.write', { path: 'letter.txt', text: '${{ steps.render.output.text }}' }],
    },
  ],
  [
    'read notice.html and fill it with the context, html format, result in out.html',
    {
      read_notice: ['file.read', { path: 'notice.html' }],
      render: [
        'render.template',
        { template: '${{ steps.read_notice.output.content }}', values: '${{ input }}', format: 'html' },
      ],
      save_text: ['file.write', { path: 'out.html', text: '${{ steps.render.output.text }}' }],
    },
  ],
  [
    'table depots has name and manager. Render it as "{{#each items}}{{ name }}; {{/each}}" to managers.txt',
    {
      query_depots: ['sql.query', { sql: 'SELECT * FROM depots', max_rows: 100000 }],
      render: [
        'render.template',
        {
          template: '{{#each items}}{{ name }}; {{/each}}',
          values: { items: '${{ steps.query_depots.output.rows }}', depots: '${{ steps.query_depots.output.rows }}' },
          save_as: 'managers.txt',
        },
      ],
    },
  ],
  [
    'read a.csv, summary in x.md, title Sales in Lyon',
    {
      read_a: ['transform.from_csv', { path: 'a.csv' }],
      summary: [
        'report.summary',
        { title: 'Sales in Lyon', context: '${{ steps.read_a.output.items }}', save_as: 'x.md' },
      ],
    },
  ],
  [
    'render "Hi {{ a }}" with the context and post the finished letter to https://a.example.com/x',
    {
      render: ['render.template', { template: 'Hi {{ a }}', values: '${{ input }}' }],
      post_text: [
        'http.request',
        {
          url: 'https://a.example.com/x',
          method: 'POST',
          text: '${{ steps.render.output.text }}',
          headers: { 'content-type': 'text/plain' },
        },
      ],
    },
  ],
];

itPlans(goals, context);
