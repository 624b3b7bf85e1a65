/** The authors' notes, and what their words demand beyond the notation, as data. */

export interface Reading {
  /** texts that the arguments and expressions of the step hold somewhere */
  demand?: { [key: string]: string[] };
  /** arguments in their other forms, as `key.argument` */
  or?: { [argument: string]: unknown[] };
  /** the `how` of a join that would be wrong */
  not_how?: string[];
  /** the body goes as a form */
  form?: string[];
}

export const readings: { [id: string]: Reading } = {
  'r1-en-017': { or: { 'a.url': ['https://api.vendor.test/items', 'https://api.vendor.test/items?per_page=100'] } },
  'r1-en-025': { demand: { c: ['20'] } },
  'r1-en-037': { demand: { d: ['actual', 'budget'] } },
  'r1-en-040': { form: ['a'] },
  'r1-fr-026': { form: ['a'] },
  'r1-fr-043': { demand: { c: ['30'] } },
  'r2-en-018': { or: { 'c.where': [[{ field: 'weight', op: 'ne', value: 0 }]] } },
  'r2-fr-019': { not_how: ['inner'], demand: { c: ['matricule'] } },
  'r3-en-007': { form: ['a'] },
  'r3-en-022': { not_how: ['inner'], demand: { c: ['accession_no'] } },
  'r4-en-005': { demand: { b: ['state', 'finished'] } },
  'r4-en-012': {
    or: {
      'a.values': [
        { $context: '/customer' },
        { name: { $context: '/customer/name' }, order_no: { $context: '/customer/order_no' } },
      ],
    },
  },
  'r4-en-013': { demand: { b: ['access_token'] } },
  'r4-en-019': { demand: { d: ['status', 'up'] } },
  'r4-en-024': { or: { 'a.context': [{ $context: '/tasks' }, { tasks: { $context: '/tasks' } }, { $context: '' }] } },
  'r4-en-030': { demand: { b: ['50'], c: ['50'] }, or: { 'c.text': ['quiet night', 'quiet night\n'] } },
  'r4-fr-005': { demand: { a: ['etat', 'validé'] } },
  'r4-fr-013': { demand: { b: ['jeton'] } },
  'r4-fr-015': { demand: { d: ['valeur', '220'] } },
  'r4-fr-023': {
    or: { 'b.where': [[{ field: 'emplacement', op: 'missing' }], [{ field: 'emplacement', op: 'eq', value: null }]] },
  },
  'r5-en-001': {
    form: ['a'],
    demand: { a: ['client_id', 'ops', 'client_secret', 'ERP_KEY'], b: ['Bearer', 'access_token'] },
  },
  'r5-en-006': { or: { 'a.pattern': ['*.log', 'logs/*.log'] } },
  'r5-en-010': {
    or: { 'd.by': [[{ field: 'last_patched', order: 'asc' }], [{ field: 'last_patched' }]] },
    demand: { a: ['x-api-key', 'CMDB'] },
  },
  'r5-en-012': { demand: { b: ['sum', 'spend'], c: ['desc'] } },
  'r5-en-016': { demand: { b: ['status', 'finished'] } },
  'r5-en-017': { demand: { b: ['status', 'ok'] } },
  'r5-en-022': { demand: { b: ['sum', 'amount'] } },
  'r5-en-023': {
    or: { 'b.where': [[{ field: 'counted', op: 'exists' }], [{ field: 'counted', op: 'ne', value: null }]] },
  },
  'r5-en-027': { or: { 'a.paging': [{ by: 'page', param: 'page' }, { by: 'page' }] } },
  'r5-fr-001': { demand: { b: ['count'] } },
  'r5-fr-002': {
    or: { 'a.context': [{ $context: '/taches' }, { $context: '' }, { taches: { $context: '/taches' } }] },
  },
  'r5-fr-003': { or: { 'b.path': ['entree/cantines.csv', { $from: 'a' }] }, demand: { c: ['nb_repas', 'repas'] } },
  'r5-fr-004': { demand: { a: ['login', 'secretariat', 'password', 'ENT'], b: ['Bearer', 'token'] } },
  'r5-fr-009': {
    or: { 'a.values': [{ nom: { $context: '/nom' }, montant: { $context: '/montant' } }, { $context: '' }] },
  },
  'r5-fr-010': { demand: { b: ['niveau', '3'], c: ['niveau', '3'] } },
  'r5-fr-011': { demand: { a: ['etat', 'accepte'] } },
  'r5-fr-017': { or: { 'a.pattern': ['*.log', 'journaux/*.log'] } },
  'r5-fr-021': { demand: { c: ['avg', 'max', 'temperature'], d: ['capteur'] } },
  'r5-fr-027': { demand: { b: ['inserted'] } },
};
