import { Alert, Text } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import type { DeliverableDocument } from '../../../../schemas/audit/deliverables';
import { useWords } from '../../i18n/words';
import { Texts } from './Delivered';
import { useFigures } from './figures';
import { words } from './words';

/** The first thing to do, its worth, and what it rests on. */
export function Recommended({ document: { recommendation, currency } }: { document: DeliverableDocument }) {
  const w = useWords(words);
  const say = useFigures(currency);
  const { text, sum, sum_is, rests_on } = recommendation;
  return (
    <Alert color="awe" variant="light" icon={<IconBulb />} title={w.recommendation}>
      <Text className="foreign">{text}</Text>
      <Text size="sm">{w.sumIs[sum_is](say.money(sum))}</Text>
      {rests_on && (
        <Text size="sm">
          {w.restsOn(rests_on.rows, say.share(rests_on.share))}. {rests_on.thin && w.thin}
        </Text>
      )}
      {rests_on && rests_on.refuted_by.length > 0 && (
        <details>
          <summary>{w.refuted}</summary>
          <Texts texts={rests_on.refuted_by} />
        </details>
      )}
    </Alert>
  );
}
