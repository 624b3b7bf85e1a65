import { Checkbox, Group, Paper, SimpleGrid, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Payback, ScenarioDeliverable } from '../../../../schemas/audit/deliverables';
import { useWords } from '../../i18n/words';
import { Facts } from '../../parts/Facts';
import { Bars } from './Bars';
import { Texts } from './Delivered';
import { useFigures, weightOf, widest } from './figures';
import { PlainTable } from '../../parts/PlainTable';
import { Recommended } from './Recommended';
import { Section } from './Section';
import { words } from './words';

type Scenario = ScenarioDeliverable['scenarios'][number];

/** What could be changed: scenarios side by side, and the plan that joins them. */
export function Scenarios({ document }: { document: ScenarioDeliverable }) {
  const w = useWords(words);
  const say = useFigures(document.currency);
  const { scenarios, plan, overlaps } = document;
  const [chosen, setChosen] = useState<readonly string[]>(() =>
    scenarios.filter(({ applies }) => applies).map(({ id }) => id),
  );
  const shown = scenarios.filter(({ id }) => chosen.includes(id));
  const months = ({ likely }: Payback) => (likely === null ? w.never : say.months(likely));
  return (
    <>
      <Recommended document={document} />
      <Section title={w.compare} note={w.compareNote}>
        <Group gap="md" role="group" aria-label={w.compare}>
          {scenarios.map(({ id, name, applies }) => (
            <Checkbox
              key={id}
              label={name}
              description={applies ? undefined : w.doesNotApply}
              checked={chosen.includes(id)}
              onChange={({ currentTarget }) =>
                setChosen(currentTarget.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
              }
            />
          ))}
        </Group>
        <Bars
          label={w.saving}
          bars={shown.map(({ id, name, saving: { low, likely, high } }) => ({
            id,
            name,
            value: weightOf(likely),
            range: [weightOf(low), weightOf(high)] as const,
            words: `${say.money(widest(likely.cost))} (${say.money(widest(low.cost))} – ${say.money(widest(high.cost))})`,
          }))}
        />
        <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }}>
          {shown.map((scenario) => (
            <One key={scenario.id} scenario={scenario} currency={document.currency} months={months} />
          ))}
        </SimpleGrid>
      </Section>
      <Section title={w.plan} note={plan.words}>
        <PlainTable
          label={w.plan}
          heads={['', w.scenario, w.saving, w.effort, w.payback, w.netFirstYear]}
          figures={[0, 2, 3, 4, 5]}
          rows={plan.steps.map(({ order, name, saving, effort, payback_months, net_first_year, rests_on }) => [
            order,
            rests_on.thin ? `${name} *` : name,
            say.money(saving.likely.cost.per_year),
            w.hours(say.number(effort.hours)),
            months(payback_months),
            say.money(net_first_year),
          ])}
        />
        {plan.steps.some(({ rests_on }) => rests_on.thin) && <Text size="sm">* {w.thin}</Text>}
        <Text>
          {w.saving}: {say.money(plan.saving.likely.cost.per_year)} ({say.share(plan.likely_share)}) · {w.payback}:{' '}
          {months(plan.payback_months)}
        </Text>
        {plan.left_out.length > 0 && (
          <Texts texts={plan.left_out.map(({ scenario, why }) => `${w.leftOut}: ${scenario}. ${why}`)} />
        )}
      </Section>
      {overlaps.length > 0 && (
        <Section title={w.overlaps}>
          <Texts
            texts={overlaps.map(
              ({ scenarios, rows, figures }) =>
                `${scenarios.join(' + ')}: ${w.rowsGiven(rows.length)}, ${say.minutes(figures.minutes.as_given)}`,
            )}
          />
        </Section>
      )}
    </>
  );
}

interface OneProps {
  scenario: Scenario;
  currency: string;
  months: (payback: Payback) => string;
}

function One({ scenario, currency, months }: OneProps) {
  const w = useWords(words);
  const say = useFigures(currency);
  const { name, words: about, applies, rows, saving, effort, payback_months, risk, prerequisites, drivers } = scenario;
  return (
    <Paper withBorder p="sm">
      <Title order={3} size="h6" className="foreign">
        {name}
      </Title>
      <Text size="sm" className="foreign" mb="xs">
        {applies ? about : w.doesNotApply}
      </Text>
      {applies && (
        <>
          <Facts
            facts={[
              [w.saving, say.money(saving.likely.cost.per_year)],
              [w.minutes, say.number(saving.likely.minutes.per_year ?? saving.likely.minutes.as_given)],
              [w.effort, `${w.hours(say.number(effort.hours))}, ${say.money(effort.cost)}`],
              [w.payback, months(payback_months)],
              [w.risk, `${w.risks[risk.level]}: ${risk.words}`],
              [w.rowsHead, w.rowsGiven(rows.length)],
            ]}
          />
          {drivers.length > 0 && (
            <details>
              <summary>{w.drivers}</summary>
              <Texts texts={drivers.map(({ name, why, rows }) => `${name}: ${why} (${w.rowsGiven(rows.length)})`)} />
            </details>
          )}
          {prerequisites.length > 0 && (
            <details>
              <summary>{w.prerequisites}</summary>
              <Texts texts={prerequisites} />
            </details>
          )}
        </>
      )}
    </Paper>
  );
}
