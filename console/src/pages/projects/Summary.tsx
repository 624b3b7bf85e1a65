import { Text } from '@mantine/core';
import type { SummaryDeliverable, TimeWasteDeliverable } from '../../../../schemas/audit/deliverables';
import { useWords } from '../../i18n/words';
import { Bars } from './Bars';
import { Causes } from './Causes';
import { Texts } from './Delivered';
import { useFigures, weightOf, widest } from './figures';
import { PlainTable } from '../../parts/PlainTable';
import { Recommended } from './Recommended';
import { Section } from './Section';
import { words } from './words';

interface SummaryProps {
  document: SummaryDeliverable;
  rows?: TimeWasteDeliverable['rows'];
}

/** One page that joins the others, and shows whether they agree. */
export function Summary({ document, rows }: SummaryProps) {
  const w = useWords(words);
  const say = useFigures(document.currency);
  const { categories, joined, plan, plan_saving, reconciliation, agreement, friction_index } = document;
  const value = (unit: string, figure: number | null) =>
    unit === 'money' ? say.money(figure) : unit === 'minutes' ? say.minutes(figure) : say.number(figure);
  return (
    <>
      <Recommended document={document} />
      <Causes document={document} rows={rows} />
      <Section title={w.categories}>
        <Bars
          label={w.categories}
          bars={categories.map(({ id, name, share, figures }) => ({
            id,
            name,
            value: weightOf(figures),
            words: `${say.share(share)}, ${say.minutes(figures.minutes.as_given)}, ${say.money(widest(figures.cost))}`,
          }))}
        />
      </Section>
      {friction_index !== null && (
        <Text>
          {w.index}: <strong>{w.indexOf(say.number(friction_index))}</strong>
        </Text>
      )}
      {plan.length > 0 && (
        <Section title={w.plan}>
          <PlainTable
            label={w.plan}
            heads={['', w.scenario, w.saving, w.payback, w.netFirstYear]}
            figures={[0, 2, 3, 4]}
            rows={plan.map(({ order, name, likely_saving, payback_months, net_first_year, thin }) => [
              order,
              thin ? `${name} *` : name,
              say.money(likely_saving.cost.per_year),
              payback_months.likely === null ? w.never : say.months(payback_months.likely),
              say.money(net_first_year),
            ])}
          />
          {plan.some(({ thin }) => thin) && <Text size="sm">* {w.thin}</Text>}
          <Text>
            {w.saving}: {say.money(plan_saving.likely.cost.per_year)} ({say.money(plan_saving.low.cost.per_year)} –{' '}
            {say.money(plan_saving.high.cost.per_year)})
          </Text>
        </Section>
      )}
      <Section title={w.joined}>
        <Texts texts={joined.map(({ kind, headline }) => `${w.parts[kind]}: ${headline}`)} />
      </Section>
      <Section title={w.reconciliation} note={agreement}>
        <details>
          <summary>{w.figures(reconciliation.length)}</summary>
          <PlainTable
            label={w.reconciliation}
            heads={[w.figure, w.input, w.statedBy, w.agreeHead]}
            figures={[1]}
            rows={reconciliation.map(({ figure, unit, input, stated, agree }) => [
              figure,
              value(unit, input),
              stated.map(({ kind, value: figure }) => `${w.parts[kind]} ${value(unit, figure)}`).join('; '),
              `${agree ? '✓' : '✗'} ${agree ? w.agree : w.disagree}`,
            ])}
          />
        </details>
      </Section>
    </>
  );
}
