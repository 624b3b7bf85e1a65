import { itPlans, type GoalCase } from './support';

const context = { orders: [{ id: 1 }], drivers: [{ name: 'Ines' }], commandes: [{ id: 1, montant: 3 }] };

/** Short goals of rows: which of them, in which order, and where they go. */
const goals: GoalCase[] = [
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
];

itPlans(goals, context);
