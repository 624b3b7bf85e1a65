import { List, Stack, Tabs } from '@mantine/core';
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
import { wordOf } from '../../parts/search';
import { policyQuery, type PolicyInForce } from './queries';
import { TABS } from './route';
import { TryPolicy } from './TryPolicy';
import { words } from './words';

export const page = createLazyRoute('/policy')({ component: Policy });

/** The policy in force: in words, as data, and on trial. */
function Policy() {
  const w = useWords(words);
  const { tab = 'rules', ...search } = page.useSearch();
  const navigate = page.useNavigate();
  const query = useQuery(policyQuery);
  return (
    <Page title={w.title} about={w.about}>
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(chosen) => void navigate({ search: { ...search, tab: wordOf(TABS, chosen) } })}
      >
        <Tabs.List mb="md">
          {TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {w.tabs[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="rules">
          <Asked query={query}>{(policy) => <Rules policy={policy} />}</Asked>
        </Tabs.Panel>
        <Tabs.Panel value="data">
          <Asked query={query}>{({ words: _words, ...policy }) => <Json value={policy} label={w.tabs.data} />}</Asked>
        </Tabs.Panel>
        <Tabs.Panel value="try">
          <TryPolicy
            search={search}
            onChange={(change) => void navigate({ search: { ...search, tab, ...change }, replace: true })}
          />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Rules({ policy }: { policy: PolicyInForce }) {
  const w = useWords(words);
  const format = useFormat();
  return (
    <Stack>
      <Facts
        facts={[
          [w.name, policy.name],
          [w.digest, <code key="digest">{policy.digest}</code>],
          [w.asked, policy.ask],
          [w.tests, format.number(policy.tests)],
        ]}
      />
      <Section title={w.rules}>
        <PlainTable
          label={w.rules}
          heads={[w.effect, w.rule, w.reason, w.where]}
          rows={policy.rules.map(({ id, effect, reason, when }) => [
            <Status key="effect" state={effect} />,
            id,
            reason,
            <code key="when">{when}</code>,
          ])}
        />
      </Section>
      <Section title={w.holds}>
        <List size="sm" className="foreign">
          {policy.words.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
      </Section>
    </Stack>
  );
}
