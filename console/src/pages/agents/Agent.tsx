import { Accordion, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Asked } from '../../parts/Asked';
import { Facts } from '../../parts/Facts';
import { Json } from '../../parts/Json';
import { Page } from '../../parts/Page';
import { PlainTable } from '../../parts/PlainTable';
import { Section } from '../../parts/Section';
import { Status } from '../../parts/Status';
import { Time } from '../../parts/Time';
import { agentQuery, type AgentDetail } from './queries';
import { words } from './words';

export const page = createLazyRoute('/agents/$name')({ component: Agent });

/** An agent: its health on each worker, its tasks, its schemas. */
function Agent() {
  const { name } = page.useParams();
  const query = useQuery(agentQuery(name));
  return (
    <Page
      title={name}
      about={
        query.data && (
          <Group gap="xs">
            <Status state={query.data.status} />
            <Text size="sm" className="foreign">
              {query.data.description}
            </Text>
          </Group>
        )
      }
    >
      <Asked query={query}>{(agent) => <Detail agent={agent} />}</Asked>
    </Page>
  );
}

function Detail({ agent }: { agent: AgentDetail }) {
  const w = useWords(words);
  const format = useFormat();
  const { totals } = agent;
  return (
    <Stack>
      <Facts
        facts={[
          [w.version, agent.version],
          [w.versions, agent.versions.length > 1 ? agent.versions.join(', ') : undefined],
          [w.breaker, w.breakers[agent.breaker]],
          [w.workers, format.number(agent.worker_count)],
          [w.calls, format.number(totals.calls)],
          [w.failures, format.number(totals.failures)],
          [w.average, totals.average_ms !== undefined && format.duration(totals.average_ms)],
        ]}
      />
      <Section title={w.health}>
        <Workers workers={agent.workers} />
      </Section>
      <Section title={w.tasks}>
        <Tasks tasks={agent.tasks} />
      </Section>
      <Section title={w.schemas}>
        <Accordion multiple variant="contained" order={3}>
          <Folded title={w.input} value={agent.input} />
          <Folded title={w.output} value={agent.output} />
        </Accordion>
      </Section>
    </Stack>
  );
}

function Folded({ title, value }: { title: string; value: unknown }) {
  return (
    <Accordion.Item value={title}>
      <Accordion.Control>{title}</Accordion.Control>
      <Accordion.Panel>
        <Json value={value} label={title} />
      </Accordion.Panel>
    </Accordion.Item>
  );
}

function Workers({ workers }: Pick<AgentDetail, 'workers'>) {
  const w = useWords(words);
  const format = useFormat();
  if (workers.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {w.noWorkers}
      </Text>
    );
  return (
    <PlainTable
      label={w.health}
      heads={[w.worker, w.state, w.breaker, w.calls, w.failures, w.lastError, w.lastSuccess, w.reported]}
      rows={workers.map((one) => [
        one.worker,
        <Status key="state" state={one.status} />,
        `${w.breakers[one.breaker]}${one.breaker_until ? `, ${w.until(format.ago(one.breaker_until))}` : ''}`,
        format.number(one.calls),
        format.number(one.failures),
        one.last_error,
        one.last_success_at && <Time key="success" at={one.last_success_at} />,
        <Time key="reported" at={one.reported_at} />,
      ])}
    />
  );
}

function Tasks({ tasks }: Pick<AgentDetail, 'tasks'>) {
  const w = useWords(words);
  if (tasks.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {w.noTasks}
      </Text>
    );
  return (
    <Accordion variant="contained" order={3}>
      {tasks.map(({ name, description, given, output, example }) => (
        <Accordion.Item key={name} value={name}>
          <Accordion.Control>
            <Text fw={600} className="foreign">
              {name}
            </Text>
            <Text size="sm" c="dimmed" className="foreign">
              {description}
            </Text>
          </Accordion.Control>
          <Accordion.Panel>
            <Stack gap="xs">
              <Titled title={w.example} value={example} />
              <Titled title={w.given} value={given} />
              <Titled title={w.output} value={output} />
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

function Titled({ title, value }: { title: string; value: unknown }) {
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Json value={value} label={title} />
    </div>
  );
}
