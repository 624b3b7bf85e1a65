import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Asked } from '../../parts/Asked';
import { Go, pathOf } from '../../parts/Go';
import { PlainTable } from '../../parts/PlainTable';
import { Section } from '../../parts/Section';
import { Status } from '../../parts/Status';
import { Time } from '../../parts/Time';
import { lastOperationsQuery, type Operation } from './queries';
import { words } from './words';

/** Who has sent or discarded what, and why. */
export function LastOperations() {
  const w = useWords(words);
  const format = useFormat();
  const query = useQuery(lastOperationsQuery);
  const result = ({ dry_run, counts: { matched, done, skipped, failed } }: Operation) =>
    dry_run
      ? w.matched(format.number(matched))
      : w.outcome(format.number(done), format.number(skipped), format.number(failed));
  return (
    <Section title={w.last_operations}>
      <Asked query={query}>
        {(operations) =>
          operations.length === 0 ? (
            <Text c="dimmed" size="sm">
              {w.noOperations}
            </Text>
          ) : (
            <PlainTable
              label={w.last_operations}
              heads={[w.when, w.by, w.what, w.counts, w.whyShort, w.state]}
              rows={operations.map((operation) => [
                <Go key="when" to={pathOf('runs', operation.operation_id)}>
                  <Time at={operation.started_at} />
                </Go>,
                operation.by,
                `${w.actions[operation.action]}${operation.dry_run ? ` (${w.dry})` : ''}`,
                result(operation),
                operation.reason,
                <Status key="state" state={operation.status} />,
              ])}
            />
          )
        }
      </Asked>
    </Section>
  );
}
