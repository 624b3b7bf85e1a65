/** Transformations and reports in runs on a real Temporal: short ones in segments, large ones in threads of the worker. */
import type { Plan, Step } from '../../schemas/plan';
import { startStack, type Stack } from '../support/stack';
import type { Output } from '../unit/tools/http/support';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(async () => await stack.stop());

const step = (id: string, uses: string, given: NonNullable<Step['with']>): Step => ({
  ...{ id, kind: 'tool', uses, with: given },
});

it('a table of 50,000 rows becomes a report, and its rows stay out of the history', async () => {
  const plan: Plan = {
    name: 'figures',
    steps: [
      step('make', 'transform.jsonata', {
        input: {},
        expression: '$map([1..50000], function($i) { { "team": $i % 3, "hours": $string($i % 10), "mark": "row" } })',
        timeout: '30s',
      }),
      step('table', 'transform.to_csv', { items: '${{ steps.make.output.value }}', save_as: 'hours.csv' }),
      step('read', 'transform.from_csv', { path: '${{ steps.table.output.path }}' }),
      step('long', 'transform.filter', {
        items: '${{ steps.read.output.items }}',
        where: [{ field: 'hours', op: 'ge', value: 5 }],
      }),
      step('teams', 'transform.group', {
        items: '${{ steps.long.output.items }}',
        by: ['team'],
        aggregates: { hours: { op: 'sum', field: 'hours' } },
      }),
      step('report', 'report.table', { title: 'Hours', items: '${{ steps.teams.output.items }}', save_as: 'hours.md' }),
    ],
    result: {
      left: '${{ steps.long.output.count }}',
      teams: '${{ steps.teams.output.items }}',
      page: '${{ steps.report.output.file.path }}',
    },
  };
  const handle = await stack.run(plan);
  const { left, teams, page } = ((await handle.result()) as { inline: Output }).inline;
  expect(left).toBe(25_000);
  expect(teams.reduce((sum: number, { hours }: { hours: number }) => sum + hours, 0)).toBe(175_000);
  expect(page).toMatch(/hours\.md$/);
  expect(JSON.stringify(await handle.fetchHistory()).length).toBeLessThan(100_000);
});

it('a condition is the check of a step, and an expression without end fails its run', async () => {
  const plan = (above: number, more: Step[] = []): Plan => {
    const given = { ok: `\${{ steps.value.output.value > ${above} }}`, message: 'too small' };
    const until = { check: 'check.that', with: given, rounds: 1, otherwise: 'fail' as const };
    return { name: 'checked', steps: [{ ...step('value', 'data.echo', { value: 5 }), until }, ...more] };
  };
  await (await stack.run(plan(3))).result();
  const unmet = await stack.run(plan(7));
  await expect(unmet.result()).rejects.toThrow();
  expect(await stack.record(unmet)).toMatchObject({ status: 'failed', error: { type: 'until.not_met' } });
  const expression = '($f := function($n) { $f($n + 1) }; $f(0))';
  const endless = await stack.run(
    plan(3, [step('loop', 'transform.jsonata', { input: {}, expression, timeout: '500ms' })]),
  );
  await expect(endless.result()).rejects.toThrow();
  expect(await stack.record(endless)).toMatchObject({ status: 'failed', error: { type: 'transform.timeout' } });
});
