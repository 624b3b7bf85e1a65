import { Alert, Grid, Group, List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Asked } from '../../parts/Asked';
import { Facts } from '../../parts/Facts';
import { Go, pathOf } from '../../parts/Go';
import { Json } from '../../parts/Json';
import { Page } from '../../parts/Page';
import { PlainTable } from '../../parts/PlainTable';
import { Section } from '../../parts/Section';
import { Status } from '../../parts/Status';
import { toolQuery, type ToolDetail } from './queries';
import { words } from './words';

export const page = createLazyRoute('/tools/$name')({ component: Tool });

/** A tool: what it does, what it takes, and what it is held to. */
function Tool() {
  const { name } = page.useParams();
  const query = useQuery(toolQuery(name));
  return (
    <Page
      title={name}
      about={
        query.data && (
          <Group gap="xs">
            <Status state={query.data.usable ? 'usable' : 'withheld'} />
            <Text size="sm" className="foreign">
              {query.data.description}
            </Text>
          </Group>
        )
      }
    >
      <Asked query={query}>{(tool) => <Detail tool={tool} />}</Asked>
    </Page>
  );
}

function Detail({ tool }: { tool: ToolDetail }) {
  const w = useWords(words);
  const format = useFormat();
  return (
    <Stack>
      {tool.withheld && (
        <Alert color="orange" title={w.withheld} className="foreign">
          {tool.withheld.message} <code>{tool.withheld.code}</code>
          {tool.server && (
            <Text>
              <Go to={pathOf('mcp', tool.server)}>{w.accept}</Go>
            </Text>
          )}
        </Alert>
      )}
      <Facts
        facts={[
          [w.version, tool.version],
          [w.aliases, tool.aliases.join(', ')],
          [w.process, tool.process],
          [w.server, tool.server && <Go to={pathOf('mcp', tool.server)}>{tool.server}</Go>],
          [w.effect, w.effects[tool.effect]],
          [w.risk, w.risks[tool.risk]],
          [w.approval, tool.approval ? w.approvalYes : w.approvalNo],
          [w.timeout, format.duration(tool.timeout_ms)],
          [w.attempts, format.number(tool.attempts)],
          [w.cost, tool.cost && format.money(tool.cost.amount, tool.cost.currency)],
          [w.egress, tool.egress.join(', ')],
          [w.secrets, tool.secrets ? w.yesNo.true : undefined],
        ]}
      />
      {tool.words.length > 0 && (
        <Section title={w.limits}>
          <List size="sm" className="foreign">
            {tool.words.map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
          </List>
        </Section>
      )}
      {tool.effects.length > 0 && (
        <Section title={w.lesser}>
          <List size="sm" className="foreign">
            {tool.effects.map(({ when, effect }) => (
              <List.Item key={JSON.stringify(when)}>
                {w.effects[effect]}
                {format.colon}
                {w.when} <code>{casesOf(when, w.leftOut)}</code>
              </List.Item>
            ))}
          </List>
        </Section>
      )}
      <Grid>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Section title={w.input}>
            <Json value={tool.input} label={w.input} />
          </Section>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Section title={w.output}>
            <Json value={tool.output} label={w.output} />
          </Section>
        </Grid.Col>
      </Grid>
      <Section title={w.example}>
        <Text size="sm" c="dimmed">
          {w.made}
        </Text>
        <Json value={tool.example} label={w.example} />
      </Section>
      <Errors errors={tool.errors} />
    </Stack>
  );
}

const casesOf = (when: { [argument: string]: (string | number | boolean | null)[] }, leftOut: string): string =>
  Object.entries(when)
    .map(
      ([name, values]) => `${name} = ${values.map((value) => (value === null ? leftOut : String(value))).join(' | ')}`,
    )
    .join(', ');

function Errors({ errors }: { errors: ToolDetail['errors'] }) {
  const w = useWords(words);
  const entries = Object.entries(errors);
  if (entries.length === 0) return null;
  return (
    <Section title={w.errors}>
      <PlainTable
        label={w.errors}
        heads={[w.errorType, w.errorClass]}
        rows={entries.map(([type, kind]) => [<code key="type">{type}</code>, w.classes[kind]])}
      />
    </Section>
  );
}
