import { Text } from '@mantine/core';
import type { TimeWasteDeliverable } from '../../../../schemas/audit/deliverables';
import { useWords } from '../../i18n/words';
import { Bars } from './Bars';
import { Causes } from './Causes';
import { useFigures } from './figures';
import { Recommended } from './Recommended';
import { RowTable } from './RowTable';
import { Section } from './Section';
import { words } from './words';

/** Where the minutes go, by category, by waste and by row, and what of them can go. */
export function TimeWaste({ document }: { document: TimeWasteDeliverable }) {
  const w = useWords(words);
  const say = useFigures(document.currency);
  const { categories, wastes, rows, can_go } = document;
  return (
    <>
      <Recommended document={document} />
      <Causes document={document} rows={rows} />
      <Section title={w.categories}>
        <Bars
          label={w.categories}
          bars={categories.map(({ id, name, share, figures, pareto_class }) => ({
            id,
            name: `${name} (${pareto_class})`,
            value: share,
            words: `${say.share(share)}, ${say.minutes(figures.minutes.as_given)}`,
          }))}
        />
      </Section>
      <Section title={w.wastes}>
        <Bars
          label={w.wastes}
          bars={wastes.map(({ id, name, share, figures }) => ({
            id,
            name,
            value: share,
            words: `${say.share(share)}, ${say.minutes(figures.minutes.as_given)}`,
          }))}
        />
      </Section>
      <Section title={w.canGo}>
        <Text className="foreign">{can_go.words}</Text>
      </Section>
      <Section title={w.rowsOf(w.parts.time_waste)}>
        <RowTable label={w.rowsOf(w.parts.time_waste)} rows={rows} />
      </Section>
    </>
  );
}
