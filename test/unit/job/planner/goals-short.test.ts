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
];

itPlans(goals, context);
