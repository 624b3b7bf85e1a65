import { itPlans, type GoalCase } from './support';

const context = { orders: [{ id: 1 }], drivers: [{ name: 'Ines' }], commandes: [{ id: 1, montant: 3 }] };

/** Short goals of requests: pages, credentials, headers and parameters. */
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
];

itPlans(goals, context);
