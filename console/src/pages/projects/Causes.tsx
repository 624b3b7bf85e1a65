import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { Cause, DeliverableDocument, TimeWasteDeliverable } from '../../../../schemas/audit/deliverables';
import { useWords } from '../../i18n/words';
import { useFigures } from './figures';
import { projectRoute } from './route';
import { RowTable } from './RowTable';
import { Section } from './Section';
import { words } from './words';

interface CausesProps {
  document: Pick<DeliverableDocument, 'causes' | 'currency' | 'unexplained'>;
  /** rows of the audit, where the deliverable that has them is there */
  rows?: TimeWasteDeliverable['rows'];
}

/** The largest causes; each opens the rows that speak for it. */
export function Causes({ document: { causes, currency, unexplained }, rows }: CausesProps) {
  const w = useWords(words);
  return (
    <>
      <Section title={w.causes}>
        {causes.length === 0 && <Text size="sm">{w.noCauses}</Text>}
        <Stack gap="sm" component="ol" p={0} m={0} style={{ listStyle: 'none' }}>
          {causes.map((cause) => (
            <One key={cause.id} cause={cause} currency={currency} rows={rows} />
          ))}
        </Stack>
      </Section>
      {unexplained.length > 0 && <UnexplainedWork unexplained={unexplained} currency={currency} />}
    </>
  );
}

function One({ cause, currency, rows }: { cause: Cause; currency: string; rows: CausesProps['rows'] }) {
  const w = useWords(words);
  const say = useFigures(currency);
  const navigate = useNavigate();
  const isOpen = projectRoute.useSearch().cause === cause.id;
  const { rank, id, name, share, figures } = cause;
  return (
    <Paper component="li" withBorder p="sm">
      <Group justify="space-between" gap="xs">
        <Title order={3} size="h6" className="foreign">
          {rank}. {name}
          {say.colon}
          {say.share(share)}
        </Title>
        <Text size="sm">
          {say.minutes(figures.minutes.per_year ?? figures.minutes.as_given)} · {say.money(figures.cost.per_year)}
        </Text>
      </Group>
      {cause.words.length > 0 && (
        <Text size="sm" className="foreign">
          {w.words}
          {say.colon}
          {cause.words.join(', ')}
        </Text>
      )}
      <Button
        mt={4}
        size="compact-sm"
        variant="subtle"
        aria-expanded={isOpen}
        onClick={() =>
          void navigate({
            to: '.',
            replace: true,
            resetScroll: false,
            search: (before: object) => ({ ...before, cause: isOpen ? undefined : id }),
          })
        }
      >
        {w.causeRows(cause.rows.length)}
      </Button>
      {isOpen && <RowTable label={w.rowsOf(name)} numbers={cause.rows} rows={rows} />}
    </Paper>
  );
}

function UnexplainedWork({ unexplained, currency }: Pick<CausesProps['document'], 'unexplained' | 'currency'>) {
  const w = useWords(words);
  const say = useFigures(currency);
  return (
    <Section title={w.unexplained}>
      {unexplained.map(({ category, share, question, rows }) => (
        <Text key={category} size="sm" className="foreign">
          <strong>
            {category}
            {say.colon}
            {say.share(share)}
          </strong>{' '}
          ({w.rowsGiven(rows.length)}) {question}
        </Text>
      ))}
    </Section>
  );
}
