import { outline, plan, refusals } from './support';

/** Goals whose first reading has nothing to work on, and the steps that another one gives. */
const goals: [goal: string, steps: string[]][] = [
  [
    'Read the CSV file orders.csv and sort by day.',
    ['transform.from_csv path=orders.csv', 'transform.sort items=… by=[{"field":"day"}]'],
  ],
  [
    'Load https://sensors.example.org/readings, sort them by since and save them to r.json.',
    [
      'http.request url=https://sensors.example.org/readings',
      'transform.sort items=… by=[{"field":"since"}]',
      'file.write path=r.json json=…',
    ],
  ],
  [
    'Charge les contacts de https://crm.example.org/contacts et sauve-les dans contacts.csv.',
    ['http.request url=https://crm.example.org/contacts', 'transform.to_csv items=… save_as=contacts.csv'],
  ],
];

it.each(goals)('plans "%s"', (goal, steps) => {
  expect(outline(goal)).toEqual(steps);
});

it.each([
  ['Exporte la table en Excel.', 'la table'],
  [
    'Group a.csv by city with the sum of amount and keep only the columns city and amount',
    'the columns city and amount',
  ],
  ['sort the readings by since', 'the readings'],
])('asks about "%s"', (goal, part) => {
  expect(refusals(goal)[0]?.part).toContain(part.replace('the ', ''));
});

it('plans a join whose two lists stand in one noun phrase before its verb, or asks', () => {
  const goal =
    'Load the columns id and place of the table devices and https://iot.example.com/latest. Both lists are to be combined via id and stored in x.csv.';
  expect(() => plan(goal)).not.toThrow();
});
