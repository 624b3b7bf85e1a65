import { itPlans, type GoalCase } from './support';

const context = { orders: [{ id: 1 }], drivers: [{ name: 'Ines' }], commandes: [{ id: 1, montant: 3 }] };

/** Wordings of short goals, a few of each kind. */
const goals: GoalCase[] = [
  [
    'read 3 first pages of https://a.example.com/x, param p, and save them to x.json',
    {
      fetch_x: ['http.request', { url: 'https://a.example.com/x', paging: { by: 'page', param: 'p', max_pages: 3 } }],
      save_x: ['file.write', { path: 'x.json', json: '${{ steps.fetch_x.output.body }}' }],
    },
  ],
  [
    'Récupère les 5 premières pages de https://a.example.com/x, pas plus, et enregistre dans x.json',
    {
      fetch_x: ['http.request', { url: 'https://a.example.com/x', paging: { by: 'page', max_pages: 5 } }],
      save_x: ['file.write', { path: 'x.json', json: '${{ steps.fetch_x.output.body }}' }],
    },
  ],
  [
    'toutes les pages de https://a.example.com/x, params offset et limit, 50 par requête, vers x.json',
    {
      fetch_x: [
        'http.request',
        { url: 'https://a.example.com/x', query: { limit: 50 }, paging: { by: 'offset', param: 'offset', size: 50 } },
      ],
      save_x: ['file.write', { path: 'x.json', json: '${{ steps.fetch_x.output.body }}' }],
    },
  ],
  [
    'https://a.example.com/log is paged with a cursor: the answer has next_token, send it back as after. The rows are under entries. Into log.csv.',
    {
      fetch_log: [
        'http.request',
        {
          url: 'https://a.example.com/log',
          paging: { by: 'cursor', param: 'after', cursor: '/next_token', items: '/entries' },
        },
      ],
      save_log: ['transform.to_csv', { items: '${{ steps.fetch_log.output.body }}', save_as: 'log.csv' }],
    },
  ],
  [
    'every page of https://a.example.com/x; each answer names the next page in the field next and the rows in the field results',
    {
      fetch_x: [
        'http.request',
        { url: 'https://a.example.com/x', paging: { by: 'cursor', cursor: '/next', items: '/results' } },
      ],
    },
  ],
  [
    'offset paging, params are offset and limit, limit 100 per call: https://a.example.com/x. Into x.json',
    {
      fetch_x: [
        'http.request',
        { url: 'https://a.example.com/x', paging: { by: 'offset', param: 'offset', size: 100 }, query: { limit: 100 } },
      ],
      save_x: ['file.write', { path: 'x.json', json: '${{ steps.fetch_x.output.body }}' }],
    },
  ],
  [
    'read orders.json -> keep those over 5 (field total) -> out.csv',
    {
      read_orders: ['file.read', { path: 'orders.json' }],
      filter_orders: [
        'transform.filter',
        { items: '${{ steps.read_orders.output.content }}', where: [{ field: 'total', op: 'gt', value: 5 }] },
      ],
      save_orders: ['transform.to_csv', { items: '${{ steps.filter_orders.output.items }}', save_as: 'out.csv' }],
    },
  ],
  [
    'Only the parcels under 3 kg (column weight) out of parcels.csv, please',
    {
      read_parcels: ['transform.from_csv', { path: 'parcels.csv' }],
      filter_parcels: [
        'transform.filter',
        { items: '${{ steps.read_parcels.output.items }}', where: [{ field: 'weight', op: 'lt', value: 3 }] },
      ],
    },
  ],
  [
    'which of the drivers in the context have no licence?',
    {
      filter_drivers: [
        'transform.filter',
        { items: '${{ input.drivers }}', where: [{ field: 'licence', op: 'missing' }] },
      ],
    },
  ],
  [
    'Parmi les commandes du contexte, lesquelles dépassent 500 € (champ montant) ?',
    {
      filter_commandes: [
        'transform.filter',
        { items: '${{ input.commandes }}', where: [{ field: 'montant', op: 'gt', value: 500 }] },
      ],
    },
  ],
  [
    'sites.csv -> keep country DE, AT or CH -> dach.csv',
    {
      read_sites: ['transform.from_csv', { path: 'sites.csv' }],
      filter_sites: [
        'transform.filter',
        {
          items: '${{ steps.read_sites.output.items }}',
          where: [{ field: 'country', op: 'in', value: ['DE', 'AT', 'CH'] }],
        },
      ],
      save_sites: ['transform.to_csv', { items: '${{ steps.filter_sites.output.items }}', save_as: 'dach.csv' }],
    },
  ],
  [
    "Regarde sur https://a.example.org/contacts qui n'a pas de champ courriel, puis enregistre dans sans.json",
    {
      fetch_contacts: ['http.request', { url: 'https://a.example.org/contacts' }],
      filter_contacts: [
        'transform.filter',
        { items: '${{ steps.fetch_contacts.output.body }}', where: [{ field: 'courriel', op: 'missing' }] },
      ],
      save_contacts: ['file.write', { path: 'sans.json', json: '${{ steps.filter_contacts.output.items }}' }],
    },
  ],
  [
    'Je voudrais, du fichier a.csv, uniquement les lignes dont le libelle contient « retour », dans un fichier b.csv',
    {
      read_a: ['transform.from_csv', { path: 'a.csv' }],
      filter_a: [
        'transform.filter',
        { items: '${{ steps.read_a.output.items }}', where: [{ field: 'libelle', op: 'contains', value: 'retour' }] },
      ],
      save_a: ['transform.to_csv', { items: '${{ steps.filter_a.output.items }}', save_as: 'b.csv' }],
    },
  ],
  [
    'a.json, keep those whose name contains "X", whatever the case, save to b.json',
    {
      read_a: ['file.read', { path: 'a.json' }],
      filter_a: [
        'transform.filter',
        {
          items: '${{ steps.read_a.output.content }}',
          where: [{ field: 'name', op: 'contains', value: 'X' }],
          ignore_case: true,
        },
      ],
      save_a: ['file.write', { path: 'b.json', json: '${{ steps.filter_a.output.items }}' }],
    },
  ],
  [
    'fetch https://a.example.com/x, only keep moves with kind = inbound',
    {
      fetch_x: ['http.request', { url: 'https://a.example.com/x' }],
      filter_x: [
        'transform.filter',
        { items: '${{ steps.fetch_x.output.body }}', where: [{ field: 'kind', op: 'eq', value: 'inbound' }] },
      ],
    },
  ],
  [
    'adresses.csv → garder les code_postal qui commencent par 75 → paris.csv',
    {
      read_adresses: ['transform.from_csv', { path: 'adresses.csv' }],
      filter_adresses: [
        'transform.filter',
        {
          items: '${{ steps.read_adresses.output.items }}',
          where: [{ field: 'code_postal', op: 'starts_with', value: '75' }],
        },
      ],
      save_adresses: ['transform.to_csv', { items: '${{ steps.filter_adresses.output.items }}', save_as: 'paris.csv' }],
    },
  ],
  [
    'https://a.example.com/export needs a bearer token, that is in the secret CRM_KEY. save the export as crm.json',
    {
      fetch_export: [
        'http.request',
        { url: 'https://a.example.com/export', headers: { authorization: 'Bearer ${{ secrets.CRM_KEY }}' } },
      ],
      save_export: ['file.write', { path: 'crm.json', json: '${{ steps.fetch_export.output.body }}' }],
    },
  ],
  [
    "get me https://a.example.org/today?city=Metz, key goes in the header X-Api-Key, it's secret WEATHER_KEY",
    {
      fetch_today: [
        'http.request',
        { url: 'https://a.example.org/today?city=Metz', headers: { 'x-api-key': '${{ secrets.WEATHER_KEY }}' } },
      ],
    },
  ],
  [
    'Pull the cases from https://a.example.org/cases - bearer, secret HELPDESK - and save them to cases.json',
    {
      fetch_cases: [
        'http.request',
        { url: 'https://a.example.org/cases', headers: { authorization: 'Bearer ${{ secrets.HELPDESK }}' } },
      ],
      save_cases: ['file.write', { path: 'cases.json', json: '${{ steps.fetch_cases.output.body }}' }],
    },
  ],
  [
    'api-key as query parameter key (secret GEO_KEY) on https://geo.example.com/zones, result to zones.json',
    {
      fetch_zones: ['http.request', { url: 'https://geo.example.com/zones', query: { key: '${{ secrets.GEO_KEY }}' } }],
      save_zones: ['file.write', { path: 'zones.json', json: '${{ steps.fetch_zones.output.body }}' }],
    },
  ],
  [
    'Avec le jeton rangé dans le secret CRM_TOKEN (Bearer), lis https://a.example.com/opportunites.',
    {
      fetch_opportunites: [
        'http.request',
        { url: 'https://a.example.com/opportunites', headers: { authorization: 'Bearer ${{ secrets.CRM_TOKEN }}' } },
      ],
    },
  ],
  [
    "Télécharge https://a.example.com/bulletins ; la clé (secret PAIE_CLE) se transmet dans l'en-tête X-Cle. À déposer dans b.json.",
    {
      fetch_bulletins: [
        'http.request',
        { url: 'https://a.example.com/bulletins', headers: { 'x-cle': '${{ secrets.PAIE_CLE }}' } },
      ],
      save_bulletins: ['file.write', { path: 'b.json', json: '${{ steps.fetch_bulletins.output.body }}' }],
    },
  ],
  [
    'obtain an access_token: form POST on https://id.example.test/token, client_id=ops, client_secret from secret OPS_SECRET. Then call https://plan.example.test/shifts with it as Bearer',
    {
      login: [
        'http.request',
        {
          url: 'https://id.example.test/token',
          method: 'POST',
          form: { client_id: 'ops', client_secret: '${{ secrets.OPS_SECRET }}' },
        },
      ],
      fetch_shifts: [
        'http.request',
        {
          url: 'https://plan.example.test/shifts',
          headers: { authorization: 'Bearer ${{ steps.login.output.body.access_token }}' },
        },
      ],
    },
  ],
  [
    'obtenir un token OAuth chez https://sso.test/token (formulaire, client_id=ops, client_secret = secret SSO_SECRET), puis avec ce access_token en Bearer lire https://api.test/machines',
    {
      login: [
        'http.request',
        {
          url: 'https://sso.test/token',
          method: 'POST',
          form: { client_id: 'ops', client_secret: '${{ secrets.SSO_SECRET }}' },
        },
      ],
      fetch_machines: [
        'http.request',
        {
          url: 'https://api.test/machines',
          headers: { authorization: 'Bearer ${{ steps.login.output.body.access_token }}' },
        },
      ],
    },
  ],
  [
    'Log in at https://a.example.com/login (POST, username svc, password in secret REPORT_PW); with the token that comes back as bearer, get https://a.example.com/today',
    {
      login: [
        'http.request',
        {
          url: 'https://a.example.com/login',
          method: 'POST',
          json: { username: 'svc', password: '${{ secrets.REPORT_PW }}' },
        },
      ],
      fetch_today: [
        'http.request',
        {
          url: 'https://a.example.com/today',
          headers: { authorization: 'Bearer ${{ steps.login.output.body.token }}' },
        },
      ],
    },
  ],
  [
    'Join a.csv and b.csv on customer_id, inner join.',
    {
      read_a: ['transform.from_csv', { path: 'a.csv' }],
      read_b: ['transform.from_csv', { path: 'b.csv' }],
      join_a_b: [
        'transform.join',
        {
          left: '${{ steps.read_a.output.items }}',
          right: '${{ steps.read_b.output.items }}',
          on: [{ left: 'customer_id', right: 'customer_id' }],
          how: 'inner',
        },
      ],
    },
  ],
  [
    'left join of a.csv and b.csv on id',
    {
      read_a: ['transform.from_csv', { path: 'a.csv' }],
      read_b: ['transform.from_csv', { path: 'b.csv' }],
      join_a_b: [
        'transform.join',
        {
          left: '${{ steps.read_a.output.items }}',
          right: '${{ steps.read_b.output.items }}',
          on: [{ left: 'id', right: 'id' }],
          how: 'left',
        },
      ],
    },
  ],
  [
    'joins a.csv et b.csv sur id, jointure externe complète',
    {
      read_a: ['transform.from_csv', { path: 'a.csv' }],
      read_b: ['transform.from_csv', { path: 'b.csv' }],
      join_a_b: [
        'transform.join',
        {
          left: '${{ steps.read_a.output.items }}',
          right: '${{ steps.read_b.output.items }}',
          on: [{ left: 'id', right: 'id' }],
          how: 'outer',
        },
      ],
    },
  ],
  [
    'join a.csv with b.csv on b.ref = a.id',
    {
      read_a: ['transform.from_csv', { path: 'a.csv' }],
      read_b: ['transform.from_csv', { path: 'b.csv' }],
      join_a_b: [
        'transform.join',
        {
          left: '${{ steps.read_a.output.items }}',
          right: '${{ steps.read_b.output.items }}',
          on: [{ left: 'id', right: 'ref' }],
        },
      ],
    },
  ],
  [
    'Staff: https://a.example.org/staff. Badges: https://a.example.org/badges. Bring the two together by staff_no, only people who are in both.',
    {
      fetch_staff: ['http.request', { url: 'https://a.example.org/staff' }],
      fetch_badges: ['http.request', { url: 'https://a.example.org/badges' }],
      join_staff_badges: [
        'transform.join',
        {
          left: '${{ steps.fetch_staff.output.body }}',
          right: '${{ steps.fetch_badges.output.body }}',
          on: [{ left: 'staff_no', right: 'staff_no' }],
          how: 'inner',
        },
      ],
    },
  ],
  [
    'enrich the invoices of invoices.csv (column vendor_id) with the vendors from https://a.example.com/vendors (their id). An invoice without a vendor must not get lost.',
    {
      read_invoices: ['transform.from_csv', { path: 'invoices.csv' }],
      fetch_vendors: ['http.request', { url: 'https://a.example.com/vendors' }],
      join_invoices_vendors: [
        'transform.join',
        {
          left: '${{ steps.read_invoices.output.items }}',
          right: '${{ steps.fetch_vendors.output.body }}',
          on: [{ left: 'vendor_id', right: 'id' }],
          how: 'left',
        },
      ],
    },
  ],
  [
    'join the invoices of invoices.csv with the vendors from vendors.csv on vendor_id. Every vendor stays, even without an invoice.',
    {
      read_invoices: ['transform.from_csv', { path: 'invoices.csv' }],
      read_vendors: ['transform.from_csv', { path: 'vendors.csv' }],
      join_invoices_vendors: [
        'transform.join',
        {
          left: '${{ steps.read_vendors.output.items }}',
          right: '${{ steps.read_invoices.output.items }}',
          on: [{ left: 'vendor_id', right: 'vendor_id' }],
          how: 'left',
        },
      ],
    },
  ],
  [
    "fusionner inscrits.csv avec paiements.csv via numero_membre. tout le monde doit rester, même ceux d'un seul des deux fichiers",
    {
      read_inscrits: ['transform.from_csv', { path: 'inscrits.csv' }],
      read_paiements: ['transform.from_csv', { path: 'paiements.csv' }],
      join_inscrits_paiements: [
        'transform.join',
        {
          left: '${{ steps.read_inscrits.output.items }}',
          right: '${{ steps.read_paiements.output.items }}',
          on: [{ left: 'numero_membre', right: 'numero_membre' }],
          how: 'outer',
        },
      ],
    },
  ],
  [
    'Jointure entre salaires.xlsx et primes.xlsx : clé matricule. On ne veut que les matricules présents dans les deux.',
    {
      read_salaires: ['transform.from_xlsx', { path: 'salaires.xlsx' }],
      read_primes: ['transform.from_xlsx', { path: 'primes.xlsx' }],
      join_salaires_primes: [
        'transform.join',
        {
          left: '${{ steps.read_salaires.output.items }}',
          right: '${{ steps.read_primes.output.items }}',
          on: [{ left: 'matricule', right: 'matricule' }],
          how: 'inner',
        },
      ],
    },
  ],
  [
    'rooms.json + equipment.json, joined by room_no (inner), saved in rooms.csv',
    {
      read_rooms: ['file.read', { path: 'rooms.json' }],
      read_equipment: ['file.read', { path: 'equipment.json' }],
      join_rooms_equipment: [
        'transform.join',
        {
          left: '${{ steps.read_rooms.output.content }}',
          right: '${{ steps.read_equipment.output.content }}',
          on: [{ left: 'room_no', right: 'room_no' }],
          how: 'inner',
        },
      ],
      save_joined: [
        'transform.to_csv',
        { items: '${{ steps.join_rooms_equipment.output.items }}', save_as: 'rooms.csv' },
      ],
    },
  ],
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
    'curl https://a.example.test/health with header X-Team: ops -> health.json',
    {
      fetch_health: ['http.request', { url: 'https://a.example.test/health', headers: { 'x-team': 'ops' } }],
      save_health: ['file.write', { path: 'health.json', json: '${{ steps.fetch_health.output.body }}' }],
    },
  ],
  [
    'query https://a.example.com/entries with the parameters day=2025-03-14 and site=LYS, and file the JSON away in entries.json',
    {
      fetch_entries: [
        'http.request',
        { url: 'https://a.example.com/entries', query: { day: '2025-03-14', site: 'LYS' } },
      ],
      save_entries: ['file.write', { path: 'entries.json', json: '${{ steps.fetch_entries.output.body }}' }],
    },
  ],
  [
    'Interroge https://a.example.org/ventes avec le paramètre annee=2024 et garde le résultat dans v.json',
    {
      fetch_ventes: ['http.request', { url: 'https://a.example.org/ventes', query: { annee: '2024' } }],
      save_ventes: ['file.write', { path: 'v.json', json: '${{ steps.fetch_ventes.output.body }}' }],
    },
  ],
  [
    'Data of https://a.example.org/open shall be saved as semicolon separated csv in open.csv',
    {
      fetch_data: ['http.request', { url: 'https://a.example.org/open' }],
      save_data: [
        'transform.to_csv',
        { items: '${{ steps.fetch_data.output.body }}', save_as: 'open.csv', delimiter: ';' },
      ],
    },
  ],
  [
    'Convert plan.xlsx to plan.csv please, the tab is named Week 12.',
    {
      read_plan: ['transform.from_xlsx', { path: 'plan.xlsx', sheet: 'Week 12' }],
      save_plan: ['transform.to_csv', { items: '${{ steps.read_plan.output.items }}', save_as: 'plan.csv' }],
    },
  ],
  [
    'top five by revenue of the orders given in the context, biggest first',
    {
      sort_orders: [
        'transform.sort',
        { items: '${{ input.orders }}', by: [{ field: 'revenue', order: 'desc' }], limit: 5 },
      ],
    },
  ],
  [
    'From the orders in the context, give me the turnover (sum of price) per region.',
    {
      group_orders: [
        'transform.group',
        { items: '${{ input.orders }}', by: ['region'], aggregates: { total_price: { op: 'sum', field: 'price' } } },
      ],
    },
  ],
  [
    "dans contacts.csv la colonne tel doit s'appeler telephone, écris le nouveau fichier en c2.csv",
    {
      read_contacts: ['transform.from_csv', { path: 'contacts.csv' }],
      select_contacts: [
        'transform.select',
        { items: '${{ steps.read_contacts.output.items }}', rename: { tel: 'telephone' } },
      ],
      save_contacts: ['transform.to_csv', { items: '${{ steps.select_contacts.output.items }}', save_as: 'c2.csv' }],
    },
  ],
  [
    'Ajouter à chaque ligne de panier.json un champ total (prix multiplié par quantite) puis enregistrer dans p.json',
    {
      read_panier: ['file.read', { path: 'panier.json' }],
      select_panier: [
        'transform.select',
        { items: '${{ steps.read_panier.output.content }}', set: { total: 'prix * quantite' } },
      ],
      save_panier: ['file.write', { path: 'p.json', json: '${{ steps.select_panier.output.items }}' }],
    },
  ],
  [
    'Il y a des doublons dans a.csv (même email = doublon). Enlevez-les et mettez le résultat dans b.csv',
    {
      read_a: ['transform.from_csv', { path: 'a.csv' }],
      distinct_a: ['transform.distinct', { items: '${{ steps.read_a.output.items }}', by: ['email'] }],
      save_a: ['transform.to_csv', { items: '${{ steps.distinct_a.output.items }}', save_as: 'b.csv' }],
    },
  ],
  [
    "récupérer la liste des tarifs, qui se trouve à l'adresse https://a.test/liste, et l'enregistrer sous t.json",
    {
      fetch_tarifs: ['http.request', { url: 'https://a.test/liste' }],
      save_tarifs: ['file.write', { path: 't.json', json: '${{ steps.fetch_tarifs.output.body }}' }],
    },
  ],
  [
    'join the orders of a.csv with the customers of b.csv on customer_id; keep every customer',
    {
      read_orders: ['transform.from_csv', { path: 'a.csv' }],
      read_customers: ['transform.from_csv', { path: 'b.csv' }],
      join_orders_customers: [
        'transform.join',
        {
          left: '${{ steps.read_customers.output.items }}',
          right: '${{ steps.read_orders.output.items }}',
          on: [{ left: 'customer_id', right: 'customer_id' }],
          how: 'left',
        },
      ],
    },
  ],
  [
    'joins les commandes de a.csv avec les clients de b.csv sur client_id, en gardant tous les clients, même sans commande',
    {
      read_commandes: ['transform.from_csv', { path: 'a.csv' }],
      read_clients: ['transform.from_csv', { path: 'b.csv' }],
      join_commandes_clients: [
        'transform.join',
        {
          left: '${{ steps.read_clients.output.items }}',
          right: '${{ steps.read_commandes.output.items }}',
          on: [{ left: 'client_id', right: 'client_id' }],
          how: 'left',
        },
      ],
    },
  ],
  [
    'join a.csv with b.csv on id and keep all columns',
    {
      read_a: ['transform.from_csv', { path: 'a.csv' }],
      read_b: ['transform.from_csv', { path: 'b.csv' }],
      join_a_b: [
        'transform.join',
        {
          left: '${{ steps.read_a.output.items }}',
          right: '${{ steps.read_b.output.items }}',
          on: [{ left: 'id', right: 'id' }],
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
  [
    'réunis a.csv et b.csv par la référence (champ ref des deux côtés)',
    {
      read_a: ['transform.from_csv', { path: 'a.csv' }],
      read_b: ['transform.from_csv', { path: 'b.csv' }],
      join_a_b: [
        'transform.join',
        {
          left: '${{ steps.read_a.output.items }}',
          right: '${{ steps.read_b.output.items }}',
          on: [{ left: 'ref', right: 'ref' }],
        },
      ],
    },
  ],
];

itPlans(goals, context);
