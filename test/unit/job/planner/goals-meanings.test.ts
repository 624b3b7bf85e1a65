/** What clauses mean: conditions by a name, lists of the goal, bodies, tokens, failures, keys, unions, scaled columns. */
import { planned, refusals } from './support';

const CONTEXT = { order_ids: [1, 2], user: 'ann', code: '0000', services: ['a', 'b'] };

/** Goals, and what their steps do, in order; the text is part of the step. */
const goals: [goal: string, steps: [tool: string, says: string][]][] = [
  [
    'send the rows of the view v_sales where ends_at < current_date to https://bi.example.com/in',
    [
      ['sql.query', 'SELECT * FROM v_sales WHERE ends_at < current_date'],
      ['http.request', 'steps.query_v_sales.output.rows'],
    ],
  ],
  [
    'fetch https://api.example.com/costs, keep rows where actual > budget, save as over.xlsx',
    [
      ['http.request', 'https://api.example.com/costs'],
      ['transform.jsonata', '$number(actual) > $number(budget)'],
      ['transform.to_xlsx', 'over.xlsx'],
    ],
  ],
  [
    'Should table stock have any row with qty < 5, write these to low.csv; otherwise write "ok" to low.txt',
    [
      ['sql.query', 'SELECT * FROM stock WHERE qty < 5'],
      ['transform.to_csv', 'steps.query_stock.output.row_count > 0'],
      ['file.write', 'steps.query_stock.output.row_count == 0'],
    ],
  ],
  [
    'Si le champ niveau de https://meteo.example.fr/v est supérieur ou égal à 3, POST {"alerte": true} sur https://b.example.fr/a',
    [
      ['http.request', 'https://meteo.example.fr/v'],
      ['http.request', 'output.body.niveau >= 3'],
    ],
  ],
  [
    'Pour les trois magasins Lille, Lyon et Nice, appeler https://caisse.boutique.test/z?magasin={nom}',
    [['http.request', '["Lille\\",\\"Lyon\\",\\"Nice\\"]'.replace('["', '[\\"')]],
  ],
  [
    'Our depots are Hull, Leeds and Selby. Ask http://vans.example.com/vans?depot=<depot> for each and gather what comes back into vans.json',
    [
      ['http.request', 'vans?depot=${{ item }}'],
      ['file.write', 'vans.json'],
    ],
  ],
  [
    'For every id in the context list order_ids call DELETE https://oms.example.com/orders/{id}',
    [['http.request', '"for_each":"${{ input.order_ids }}"']],
  ],
  [
    'POST https://sso.example.com/token avec grant_type=client_credentials en formulaire',
    [['http.request', '"form":{"grant_type":"client_credentials"}']],
  ],
  [
    'Log in at https://wms.example.com/login with the user and code from the context, then fetch https://wms.example.com/stock and save to stock.json',
    [
      ['http.request', '"json":{"user":"${{ input.user }}","code":"${{ input.code }}"}'],
      ['http.request', 'Bearer ${{ steps.login.output.body.token }}'],
      ['file.write', 'stock.json'],
    ],
  ],
  [
    'charger import/tarifs.csv dans la table tarifs, et si la clé (code) existe deja on met a jour',
    [['sql.insert', '"on_conflict":"update","key":["code"]']],
  ],
  [
    'Tant que https://ci.example.com/builds/88 n\'est pas au statut "termine", réessaie toutes les 20 secondes',
    [['http.request', 'body.statut == \\"termine\\"']],
  ],
  [
    'Put jan.csv, feb.csv and mar.csv one under another, and save q1.csv',
    [
      ['transform.from_csv', 'jan.csv'],
      ['transform.from_csv', 'feb.csv'],
      ['transform.from_csv', 'mar.csv'],
      ['transform.jsonata', '[$reduce($, $append)]'],
      ['transform.to_csv', 'q1.csv'],
    ],
  ],
  [
    'Lis a.csv, multiplie le champ poids par 0,001, et enregistre b.csv',
    [
      ['transform.from_csv', 'a.csv'],
      ['transform.select', '"poids":"$number(poids) * 0.001"'],
      ['transform.to_csv', 'b.csv'],
    ],
  ],
];

describe('the rules read what clauses mean', () => {
  it.each(goals)('%s', (goal, steps) => {
    const made = planned(goal, CONTEXT).plan.steps;
    expect(made.map(({ uses }) => uses)).toEqual(steps.map(([tool]) => tool));
    steps.forEach(([, says], index) => expect(JSON.stringify(made[index])).toContain(says));
  });

  it('refuses a list that nothing is done with', () => {
    expect(
      refusals('Fetch https://api.example.com/x and save x.json. Our depots are Hull, Leeds and Selby.'),
    ).not.toEqual([]);
  });

  it('sends a token to those who gave it alone', () => {
    const { plan } = planned(
      'Log in at https://a.example.com/login with the user and code from the context, then fetch https://a.example.com/x and fetch https://other.test/y',
      CONTEXT,
    );
    expect(plan.steps.map(({ with: args }) => args?.['headers'] !== undefined)).toEqual([false, true, false]);
  });
});
