import { Text } from '@mantine/core';
import type { FrictionDeliverable } from '../../../../schemas/audit/deliverables';
import { useWords } from '../../i18n/words';
import { Bars } from './Bars';
import { Causes } from './Causes';
import { useFigures } from './figures';
import { PlainTable } from '../../parts/PlainTable';
import { Section } from './Section';
import { words } from './words';

/** Work that repeats, bounces, waits or changes hands. */
export function Friction({ document }: { document: FrictionDeliverable }) {
  const w = useWords(words);
  const say = useFigures(document.currency);
  const { index, signals, duplicate_groups, hot_spots } = document;
  return (
    <>
      <Section title={w.index} note={index.definition}>
        <Bars
          label={w.index}
          bars={[
            {
              id: 'index',
              name: index.level === null ? w.unknown : w.levels[index.level],
              value: index.value ?? 0,
              words: index.value === null ? w.unknown : w.indexOf(say.number(index.value)),
            },
            { id: 'scale', name: '0 – 100', value: 100, words: '100' },
          ].slice(0, index.value === null ? 1 : 2)}
        />
      </Section>
      <Section title={w.signals} note={w.signalsNote}>
        <Bars
          label={w.signals}
          bars={signals.map(({ id, name, rows, share_of_total, words }) => ({
            id,
            name,
            value: share_of_total,
            words: [`${say.share(share_of_total)}, ${w.rowsGiven(rows.length)}`, words.slice(0, 5).join(', ')]
              .filter((part) => part !== '')
              .join(' · '),
          }))}
        />
      </Section>
      <Causes document={document} />
      {duplicate_groups.length > 0 && (
        <Section title={w.duplicates}>
          <PlainTable
            label={w.duplicates}
            heads={[w.text, w.rowsHead, w.minutes]}
            figures={[2]}
            rows={duplicate_groups
              .slice(0, 100)
              .map(({ text, rows, repeated }) => [
                text,
                rows.slice(0, 30).join(', '),
                say.number(repeated.minutes.as_given),
              ])}
          />
        </Section>
      )}
      {hot_spots.length > 0 && (
        <Section title={w.hotSpots}>
          <Bars
            label={w.hotSpots}
            bars={hot_spots.map(({ category, minutes, share_of_category }) => ({
              id: category,
              name: category,
              value: minutes,
              words: `${say.minutes(minutes)} (${say.share(share_of_category)})`,
            }))}
          />
          <Text size="sm" c="dimmed">
            {w.signalsNote}
          </Text>
        </Section>
      )}
    </>
  );
}
