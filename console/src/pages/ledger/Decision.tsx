import { Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Asked } from '../../parts/Asked';
import { Facts } from '../../parts/Facts';
import { Go, pathOf } from '../../parts/Go';
import { Json } from '../../parts/Json';
import { Page } from '../../parts/Page';
import { Section } from '../../parts/Section';
import { Status, stateOfChoice } from '../../parts/Status';
import { decisionQuery, type DecisionDetail } from './queries';
import { words } from './words';

export const page = createLazyRoute('/ledger/$process/$n')({ component: Decision });

/** A decision: who, what, on what sight, and its place in its chain. */
function Decision() {
  const w = useWords(words);
  const { process, n } = page.useParams();
  const query = useQuery(decisionQuery(process, n));
  return (
    <Page
      title={`${w.entry} ${process} ${n}`}
      about={query.data && <Status state={stateOfChoice(query.data.choice)} />}
      actions={
        <>
          {Number(n) > 1 && <Go to={pathOf('ledger', process, String(Number(n) - 1))}>{w.before}</Go>}
          <Go to={pathOf('ledger', process, String(Number(n) + 1))}>{w.after}</Go>
          <Go to="/ledger">{w.title}</Go>
        </>
      }
    >
      <Asked query={query}>{(decision) => <Detail decision={decision} />}</Asked>
    </Page>
  );
}

function Detail({ decision }: { decision: DecisionDetail }) {
  const w = useWords(words);
  const format = useFormat();
  const { place, links: _links, ...kept } = decision;
  return (
    <Stack>
      <Facts
        facts={[
          [w.by, decision.by],
          [w.name, decision.verified ? w.verified : w.unverified],
          [w.choice, decision.choice],
          [w.comment, decision.comment],
          [w.when, format.instant(decision.decided_at)],
          [w.recorded, format.instant(decision.recorded_at)],
          [w.channel, decision.channel],
          [w.subject, decision.subject],
          [
            w.run,
            <Go key="run" to={pathOf('runs', decision.workflow_id)}>
              {decision.workflow_id}
            </Go>,
          ],
          [w.approval, decision.approval_id],
          [w.decision, decision.decision_id],
          [w.shown, <code key="shown">{decision.shown}</code>],
          [w.outcome, <code key="outcome">{decision.outcome}</code>],
        ]}
      />
      <Text size="sm" c="dimmed">
        {w.digests}
      </Text>
      <Section title={w.place}>
        <Holds is={place.unchanged}>{place.unchanged ? w.unchanged : w.changedEntry}</Holds>
        <Holds is={place.follows}>{place.follows ? w.follows : w.followsNot}</Holds>
        <Facts
          facts={[
            [w.hash, <code key="hash">{decision.hash}</code>],
            [w.previous, <code key="previous">{decision.previous}</code>],
          ]}
        />
      </Section>
      <Section title={w.raw}>
        <Json value={kept} label={w.raw} />
      </Section>
    </Stack>
  );
}

function Holds({ is, children }: { is: boolean; children: string }) {
  const Sign = is ? IconCheck : IconAlertTriangle;
  return (
    <Group gap="xs" wrap="nowrap">
      <Sign size={16} aria-hidden color={`var(--mantine-color-${is ? 'green' : 'red'}-6)`} />
      <Text size="sm" fw={is ? undefined : 700}>
        {children}
      </Text>
    </Group>
  );
}
