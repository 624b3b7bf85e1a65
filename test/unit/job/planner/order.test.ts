import { planned, refusals } from './support';

const ITEMS = 'Fetch https://api.example.com/items';
const LIST = 'Récupère https://api.example.com/items';

/** Goals that say after the delivery what is delivered, and the tools in the order of their steps. */
const shaped: [goal: string, tools: string][] = [
  [`${ITEMS} and save them to items.csv sorted by price`, 'sort to_csv'],
  [
    `${ITEMS} and save them to items.csv, sorted by price. Then post them to https://b.example.com/x`,
    'sort to_csv request',
  ],
  [`${ITEMS} and save to items.csv, sorted by price and without duplicates by sku`, 'sort distinct to_csv'],
  [`${ITEMS} and save to items.csv, keeping only those whose price is over 5`, 'filter to_csv'],
  [`${ITEMS} and save to items.csv, with only the columns id and name`, 'to_csv'],
  [`${ITEMS} and save to items.csv, sort by price, and notify https://h.example.com/x`, 'sort to_csv webhook'],
  [`${ITEMS} and save to items.csv. They should be sorted by price.`, 'sort to_csv'],
  [`${ITEMS} and save to items.csv. Sort by price before saving.`, 'sort to_csv'],
  [`${ITEMS} and save to items.csv. Before saving them, sort by price.`, 'sort to_csv'],
  [`${ITEMS}. Before saving, sort by price. Save to items.csv`, 'sort to_csv'],
  [`${ITEMS} and post them to https://b.example.com/x, filtered by price over 5`, 'filter request'],
  [`${ITEMS} and insert them into table items, sorted by price`, 'sort insert'],
  [`${LIST} et enregistre-les dans items.csv, triés par price`, 'sort to_csv'],
  [`${LIST} et enregistre-les dans items.csv sans doublons par sku`, 'distinct to_csv'],
];

describe('what is said of data after its delivery', () => {
  test.each(shaped)('%s', (goal, tools) => {
    const { steps } = planned(goal).plan;
    expect(steps.slice(1).map(({ uses }) => uses?.split('.')[1])).toEqual(tools.split(' '));
    steps.slice(1).forEach((step, index) => {
      if (step.uses !== 'notify.webhook')
        expect(JSON.stringify(step.with)).toContain(`steps.${readFrom(steps, index + 1)}.`);
    });
  });

  it('leaves what is done next after it', () => {
    const { steps } = planned(`${ITEMS}, save to items.csv, sort by price and save to sorted.csv`).plan;
    expect(steps.map(({ uses }) => uses?.split('.')[1])).toEqual(['request', 'to_csv', 'sort', 'to_csv']);
  });

  test.each([
    `${ITEMS}, save to a.csv and post them to https://b.example.com/x, sorted by price`,
    `${ITEMS} and save to items.csv. Sort by price.`,
  ])('is refused where it could hold for something else: %s', (goal) => {
    expect(refusals(goal)[0]?.part.toLowerCase()).toContain('by price');
  });

  it('saves to every file that is named', () => {
    const { steps } = planned(`${ITEMS}, save to a.csv and to b.xlsx, sorted by price`).plan;
    expect(steps.map(({ uses }) => uses?.split('.')[1])).toEqual(['request', 'sort', 'to_csv', 'to_xlsx']);
  });
});

/** The step before it that shapes the data, which everything after it reads. */
const readFrom = (steps: { id: string; uses?: string }[], index: number): string =>
  steps.slice(0, index).findLast(({ uses = '' }) => /^transform\.(?!to_)/.test(uses))?.id ?? steps[0]?.id ?? '';
