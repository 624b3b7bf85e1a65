import { Anchor, Box, Button, Group, Paper, Progress, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { usePolling, useRefresh } from '../../live/live';
import { Asked } from '../../parts/Asked';
import { DependencyName } from '../../parts/DependencyName';
import { Page } from '../../parts/Page';
import { PlainTable } from '../../parts/PlainTable';
import { Status } from '../../parts/Status';
import { Time } from '../../parts/Time';
import { words as inboxWords } from '../inbox/words';
import { words as runsWords } from '../runs/words';
import { overviewQuery, spentQuery, type Overview } from './queries';
import { words } from './words';

export const page = createLazyRoute('/')({ component: Home });

/** What waits, what fails, what goes on, what it costs, and whether all parts are well. */
function Home() {
  const w = useWords(words);
  const query = useQuery({ ...overviewQuery, refetchInterval: usePolling() });
  useRefresh(() => true, overviewQuery.queryKey);
  return (
    <Page title={w.title} count={query.data?.waiting?.total}>
      <Asked query={query}>
        {(overview) => (
          <Stack>
            {isQuiet(overview) && (
              <Paper withBorder p="md">
                <Group justify="space-between">
                  <Text>{w.quiet}</Text>
                  <Button component={Link} to="/start">
                    {w.start}
                  </Button>
                </Group>
              </Paper>
            )}
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }}>
              <Waiting waiting={overview.waiting} />
              <UnderWay underWay={overview.under_way} />
              <DeadLetters letters={overview.dead_letters} />
              <Spent />
            </SimpleGrid>
            <Failing runs={overview.failing} />
            <Health lines={overview.health} />
          </Stack>
        )}
      </Asked>
    </Page>
  );
}

const isQuiet = ({ waiting, failing, under_way }: Overview): boolean =>
  waiting?.total === 0 && failing?.length === 0 && under_way?.total === 0;

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Title order={2} size="h6" c="dimmed" mb={4}>
        {title}
      </Title>
      {children}
    </Paper>
  );
}

/** A count with where it leads; the sentence for none, or for what cannot be known now. */
function Figure({ count, to, children, none }: { count?: number; to: string; children: ReactNode; none: string }) {
  const w = useWords(words);
  if (count === undefined) return <Text size="sm">{w.unknown}</Text>;
  if (count === 0) return <Text size="sm">{none}</Text>;
  return (
    <Anchor component={Link} to={to} fw={600}>
      {children}
    </Anchor>
  );
}

/** How many there are of each, by the words for them. */
function Numbers({ numbers, names }: { numbers: Named<number>; names: Named<string> }) {
  const format = useFormat();
  const parts = Object.entries(numbers).map(
    ([name, count]) => `${(names[name] ?? name).toLowerCase()} ${format.number(count)}`,
  );
  return (
    <Text size="sm" c="dimmed">
      {parts.join(' · ')}
    </Text>
  );
}

type Named<T> = Readonly<Record<string, T>>;

function Waiting({ waiting }: { waiting: Overview['waiting'] }) {
  const w = useWords(words);
  const { kinds } = useWords(inboxWords);
  return (
    <Card title={w.waiting}>
      <Figure count={waiting?.total} to="/inbox" none={w.waitingNone}>
        {w.waitingFor(waiting?.total ?? 0)}
      </Figure>
      {waiting && <Numbers numbers={waiting.by_kind} names={kinds} />}
    </Card>
  );
}

function UnderWay({ underWay }: { underWay: Overview['under_way'] }) {
  const w = useWords(words);
  const { processes } = useWords(runsWords);
  return (
    <Card title={w.underWay}>
      <Figure count={underWay?.total} to="/runs?status=running" none={w.underWayNone}>
        {w.runs(underWay?.total ?? 0)}
      </Figure>
      {underWay && <Numbers numbers={underWay.by_process} names={processes} />}
    </Card>
  );
}

function DeadLetters({ letters }: { letters: Overview['dead_letters'] }) {
  const w = useWords(words);
  return (
    <Card title={w.deadLetters}>
      <Figure count={letters?.total} to="/dead-letters" none={w.deadLettersNone}>
        {w.letters(letters?.total ?? 0)}
      </Figure>
      {letters?.oldest_at && (
        <Text size="sm" c="dimmed">
          {w.oldest} <Time at={letters.oldest_at} />
        </Text>
      )}
    </Card>
  );
}

function Spent() {
  const w = useWords(words);
  const format = useFormat();
  const { data } = useQuery(spentQuery);
  const limit = data?.limits.day.money;
  const spent = Number(data?.today.money);
  return (
    <Card title={w.spent}>
      {data ? (
        <Anchor component={Link} to="/costs" fw={600}>
          {format.money(spent, data.currency)} {limit != null && w.of(format.money(Number(limit), data.currency))}
        </Anchor>
      ) : (
        <Text size="sm">{w.spentUnknown}</Text>
      )}
      {limit != null && Number(limit) > 0 && (
        <Progress mt={6} value={(spent / Number(limit)) * 100} aria-label={w.spent} />
      )}
    </Card>
  );
}

function Failing({ runs }: { runs: Overview['failing'] }) {
  const w = useWords(words);
  return (
    <Card title={w.failing}>
      {runs === null && <Text size="sm">{w.unknown}</Text>}
      {runs?.length === 0 && <Text size="sm">{w.failingNone}</Text>}
      <Stack gap="xs">
        {runs?.map(({ workflow_id, title, status, error, ended_at }) => (
          <Group key={workflow_id} gap={4} align="flex-start">
            <Status state={status} miw="6rem" />
            <Box flex="1 1 16rem">
              <Anchor component={Link} to={`/runs/${encodeURIComponent(workflow_id)}`} size="sm" className="foreign">
                {title}
              </Anchor>
              <Text size="xs" c="dimmed" className="foreign">
                {error?.message} {ended_at && <Time at={ended_at} />}
              </Text>
            </Box>
          </Group>
        ))}
      </Stack>
    </Card>
  );
}

function Health({ lines }: { lines: Overview['health'] }) {
  const w = useWords(words);
  return (
    <Card title={w.health}>
      <PlainTable
        label={w.health}
        heads={[w.part, w.state, w.detail]}
        rows={lines.map(({ name, state, detail }) => [
          <DependencyName key="name" name={name} />,
          <Status key={name} state={state} />,
          detail,
        ])}
      />
      <Anchor component={Link} to="/health" size="sm">
        {w.whatToDo}
      </Anchor>
    </Card>
  );
}
