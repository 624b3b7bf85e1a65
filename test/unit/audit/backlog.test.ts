import { planBacklog } from '../../../src/audit/backlog';

function kindsFor(text: string): string[] {
  return planBacklog(text, 'en').map(({ backlog_item_id }) => backlog_item_id);
}

const all = ['time_waste', 'cost', 'friction', 'scenario', 'summary'];

describe('a request becomes a backlog', () => {
  test.each([
    'full audit via curl',
    'audit complet du service',
    'What does invoicing cost, and where is the friction?',
    'Not only the cost, please',
    'Pas seulement le coût',
    'Just do a full audit, the cost first',
    'Only the cost and the friction',
    'I only have cost data of last year, do what you can',
    'Only on Mondays',
    '',
  ])('of all five deliverables: %s', (text) => {
    expect(kindsFor(text)).toEqual(all);
  });

  test.each([
    ['Only the cost', 'cost'],
    ['I want only a cost analysis of the back office', 'cost'],
    ['the costs only, no scenarios', 'cost'],
    ['Uniquement la friction', 'friction'],
    ['Seulement le coût, merci', 'cost'],
    ['Uniquement les pertes de temps', 'time_waste'],
    ['just show me the what-if part', 'scenario'],
    ['Time waste only', 'time_waste'],
  ])('of one deliverable if the text says only: %s', (text, kind) => {
    expect(kindsFor(text)).toEqual([kind]);
  });

  test('with agent, dependencies and reason for each item', () => {
    const items = planBacklog('full audit', 'en');
    expect(items.map(({ agent_target }) => agent_target)).toEqual(all.map((kind) => `${kind}_worker`));
    expect(items.at(-1)!.depends_on).toEqual(all.slice(0, 4));
    for (const { reason, title } of items) expect([reason, title]).not.toContain('');
    expect(planBacklog('Uniquement le coût', 'fr')[0]!.reason).toContain('« uniquement »');
  });
});
