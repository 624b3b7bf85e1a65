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
    'https://a.example.com/log is paged with a cursor: the answer has next_token, send it back as after. Into log.csv.',
    {
      fetch_log: [
        'http.request',
        { url: 'https://a.example.com/log', paging: { by: 'cursor', param: 'after', cursor: '/next_token' } },
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
];

itPlans(goals, context);
