import { planned, refusals } from './support';

const TODOS = 'https://api.example.com/todos';
const context = { rows: [{ seller: 'x', amount: 1 }], shipments: [{ name: 'x', tracking: 'y' }] };

/** Goals, and what their steps do, in order; the arguments that say it are part of the text. */
const goals: [goal: string, ...steps: [tool: string, says: string][]][] = [
  [
    `pls grab ${TODOS}, keep only the rows with country = FR and write them to fr.xlsx. thx`,
    ['http.request', TODOS],
    ['transform.filter', '"field":"country","op":"eq","value":"FR"'],
    ['transform.to_xlsx', 'fr.xlsx'],
  ],
  [
    `Hi there, could you please fetch ${TODOS} and dump them to x.csv? Many thanks!`,
    ['http.request', TODOS],
    ['transform.to_csv', 'x.csv'],
  ],
  [
    `Download the todo list (${TODOS}), drop duplicates on sku, sort by price from high to low, CSV to out/sorted.csv`,
    ['http.request', TODOS],
    ['transform.distinct', '"by":["sku"]'],
    ['transform.sort', '"field":"price","order":"desc"'],
    ['transform.to_csv', 'out/sorted.csv'],
  ],
  [`Fetch the todos: ${TODOS}; to x.csv`, ['http.request', TODOS], ['transform.to_csv', 'x.csv']],
  [
    `Get ${TODOS}, only those where completed is false, the first 20, and render them as a markdown table in todos.md`,
    ['http.request', TODOS],
    ['transform.filter', '"field":"completed","op":"eq","value":false'],
    ['transform.jsonata', '< 20'],
    ['report.table', 'todos.md'],
  ],
  [
    '- read input/hours.xlsx (sheet March)\n- group by employee, sum hours\n- keep the ones over 160\n- save as overtime.csv',
    ['transform.from_xlsx', '"sheet":"March"'],
    ['transform.group', '"op":"sum","field":"hours"'],
    ['transform.filter', '"field":"total_hours","op":"gt","value":160'],
    ['transform.to_csv', 'overtime.csv'],
  ],
  [
    'Read sheet March of hours.xlsx and save to march.xlsx',
    ['transform.from_xlsx', '"sheet":"March"'],
    ['transform.to_xlsx', 'march.xlsx'],
  ],
  [
    'The rows in the context: keep amount >= 1000, average amount per seller, to avg.csv.',
    ['transform.filter', '"op":"ge","value":1000'],
    ['transform.group', '"op":"avg","field":"amount"'],
    ['transform.to_csv', 'avg.csv'],
  ],
  [
    `GET ${TODOS}. If the field status isn't "ok", post the answer to https://b.example.com/x`,
    ['http.request', TODOS],
    ['http.request', 'body.status != \\"ok\\"'],
  ],
  [
    `Fetch ${TODOS}. If there are more than five, post them to https://b.example.com/x`,
    ['http.request', TODOS],
    ['http.request', '> 5'],
  ],
  [
    `GET ${TODOS} and post what it says to https://b.example.com/x`,
    ['http.request', TODOS],
    ['http.request', '"method":"POST"'],
  ],
  [
    `import the todos from ${TODOS} into table todos (create it if it's not there), update on conflict by id`,
    ['http.request', TODOS],
    ['sql.insert', '"on_conflict":"update","key":["id"],"create":true'],
  ],
  [
    'Insert data/prices.csv into the table price_list, update on conflict, key is sku.',
    ['sql.insert', '"on_conflict":"update","key":["sku"]'],
  ],
  ['Replace the contents of status.txt with "maintenance"', ['file.write', '"text":"maintenance"']],
  [`Fetch ${TODOS} and overwrite todos.json with it`, ['http.request', TODOS], ['file.write', '"path":"todos.json"']],
  [
    'Render the template "Hello {{ name }}" for each shipment in the context and POST each text to https://sms.example.com/send',
    ['render.template', '"values":"${{ item }}"},"for_each":"${{ input.shipments }}"'],
    ['http.request', '"for_each":"${{ steps.render.output.items'],
  ],
  [
    'For each shipment in the context, render the template "Hello {{ name }}" and save it to letters/{tracking}.md',
    ['render.template', '"values":"${{ item }}"'],
    ['file.write', 'letters/${{ item.tracking }}.md'],
  ],
  [
    `Fetch ${TODOS} and save as CSV x.csv with a semicolon as delimiter`,
    ['http.request', TODOS],
    ['transform.to_csv', '"delimiter":";"'],
  ],
];

describe('the rules read English as it is written in a hurry', () => {
  test.each(goals)('%s', (goal, ...steps) => {
    const made = planned(goal, context).plan.steps;
    expect(made.map(({ uses }) => uses)).toEqual(steps.map(([tool]) => tool));
    steps.forEach(([, says], index) => expect(JSON.stringify(made[index])).toContain(says));
  });

  it('refuses a text as a workbook', () => {
    expect(refusals(`GET ${TODOS} as CSV, save to x.csv and in x.xlsx`)[0]?.message).toMatch(/no rows for a workbook/);
  });

  it('asks by which field where rows themselves are compared', () => {
    expect(refusals(`Fetch ${TODOS}, keep the ones over 10 and save to x.csv`)[0]?.message).toMatch(/by which field/);
  });
});
