import { Accordion, Alert, List, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DeliverableDocument } from '../../../../schemas/audit/deliverables';
import { useWords } from '../../i18n/words';
import { Empty } from '../../parts/states';
import { useFigures } from './figures';
import { PlainTable } from '../../parts/PlainTable';
import { Section } from './Section';
import { words } from './words';

/** A deliverable: its headline, what is its own, and what all have: totals, findings, questions, gaps, methods. */
export function Delivered({ document, children }: { document: DeliverableDocument | undefined; children: ReactNode }) {
  const w = useWords(words);
  if (document === undefined) return <Empty>{w.notYet}</Empty>;
  const { headline, status, language, missing, findings, questions, method, input } = document;
  return (
    <Stack gap="xl" lang={language}>
      <Text fw={600} size="lg" className="foreign">
        {headline}
      </Text>
      {status === 'insufficient_data' && (
        <Alert color="orange" variant="light">
          {w.insufficient}
        </Alert>
      )}
      {missing.length > 0 && (
        <Section title={w.missing}>
          <List size="sm">
            {missing.map(({ field, words }) => (
              <List.Item key={field} className="foreign">
                {words}
              </List.Item>
            ))}
          </List>
        </Section>
      )}
      {children}
      <Totals document={document} />
      {findings.length > 0 && (
        <Section title={w.findings}>
          <Texts texts={findings.map(({ text }) => text)} />
        </Section>
      )}
      {questions.length > 0 && (
        <Section title={w.questions}>
          <Texts texts={questions} />
        </Section>
      )}
      <Accordion variant="contained" order={2}>
        <Accordion.Item value="method">
          <Accordion.Control>{w.method}</Accordion.Control>
          <Accordion.Panel>
            <Text size="sm" className="foreign">
              {input.words}
            </Text>
            <Text size="sm" className="foreign" my="xs">
              {document.scaling.words}
            </Text>
            <Texts
              texts={[
                ...document.scaling.assumptions,
                ...method.map(({ name, words, source }) => `${name}: ${words} (${source})`),
              ]}
            />
          </Accordion.Panel>
        </Accordion.Item>
        {input.doubts.length > 0 && (
          <Accordion.Item value="doubts">
            <Accordion.Control>
              {w.doubts} ({input.doubts.length})
            </Accordion.Control>
            <Accordion.Panel>
              <Texts texts={input.doubts.map(({ words }) => words)} />
            </Accordion.Panel>
          </Accordion.Item>
        )}
        {input.flags.length > 0 && (
          <Accordion.Item value="flags">
            <Accordion.Control>
              {w.flags} ({input.flags.length})
            </Accordion.Control>
            <Accordion.Panel>
              <Texts
                texts={input.flags
                  .slice(0, 200)
                  .map(
                    ({ row, message, counted }) =>
                      `${w.row} ${row}: ${message} (${counted ? w.counted : w.notCounted})`,
                  )}
              />
            </Accordion.Panel>
          </Accordion.Item>
        )}
      </Accordion>
    </Stack>
  );
}

export function Texts({ texts }: { texts: readonly string[] }) {
  return (
    <List size="sm" spacing={4}>
      {texts.map((text, index) => (
        <List.Item key={index} className="foreign">
          {text}
        </List.Item>
      ))}
    </List>
  );
}

function Totals({ document: { totals, currency } }: { document: DeliverableDocument }) {
  const w = useWords(words);
  const say = useFigures(currency);
  const { minutes, cost } = totals;
  return (
    <Section title={w.totals}>
      <PlainTable
        label={w.totals}
        heads={['', w.asGiven, w.perPeriod, w.perYear]}
        figures={[1, 2, 3]}
        rows={[
          [w.minutes, say.number(minutes.as_given), say.number(minutes.per_period), say.number(minutes.per_year)],
          [w.cost, say.money(cost.as_given), say.money(cost.per_period), say.money(cost.per_year)],
        ]}
      />
    </Section>
  );
}
