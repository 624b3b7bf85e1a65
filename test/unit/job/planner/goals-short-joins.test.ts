import { itPlans, type GoalCase } from './support';

const context = { orders: [{ id: 1 }], drivers: [{ name: 'Ines' }], commandes: [{ id: 1, montant: 3 }] };

/** Short goals of two lists that are joined, and of which rows stay. */
const goals: GoalCase[] = [
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
