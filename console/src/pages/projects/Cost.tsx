import type { CostDeliverable } from '../../../../schemas/audit/deliverables';
import { useWords } from '../../i18n/words';
import { Bars } from './Bars';
import { Texts } from './Delivered';
import { useFigures, weightOf, widest } from './figures';
import { PlainTable } from '../../parts/PlainTable';
import { Section } from './Section';
import { words } from './words';

/** Rows of the table of costs that are drawn; a file has them all. */
const SHOWN = 100;

/** What the work costs, with the arithmetic, and what moves it most. */
export function Cost({ document }: { document: CostDeliverable }) {
  const w = useWords(words);
  const say = useFigures(document.currency);
  const { categories, wastes, formula, sensitivity, rows } = document;
  const bars = (parts: typeof categories) =>
    parts.map(({ id, name, share, figures }) => ({
      id,
      name,
      value: weightOf(figures),
      words: `${say.money(widest(figures.cost))} (${say.share(share)})`,
    }));
  return (
    <>
      <Section title={w.categories}>
        <Bars label={w.categories} bars={bars(categories)} />
      </Section>
      <Section title={w.wastes}>
        <Bars label={w.wastes} bars={bars(wastes)} />
      </Section>
      <Section title={w.formula}>
        <Texts texts={formula} />
      </Section>
      <Section title={w.sensitivity}>
        <PlainTable
          label={w.sensitivity}
          heads={[w.input, w.what, w.swing, '']}
          figures={[2, 3]}
          rows={sensitivity.map(({ input, change, yearly_cost_low, yearly_cost_high }) => [
            input,
            change,
            say.money(yearly_cost_low),
            say.money(yearly_cost_high),
          ])}
        />
      </Section>
      <Section title={w.rowsOf(w.parts.cost)} note={rows.length > SHOWN ? w.totalShown(SHOWN, rows.length) : undefined}>
        <PlainTable
          label={w.rowsOf(w.parts.cost)}
          heads={[w.row, w.category, w.waste, w.minutes, w.cost]}
          figures={[0, 3, 4]}
          rows={rows
            .slice(0, SHOWN)
            .map(({ row, category, waste, minutes, cost }) => [
              row,
              category,
              waste.replaceAll('_', ' '),
              say.number(minutes),
              say.money(widest(cost)),
            ])}
        />
      </Section>
    </>
  );
}
