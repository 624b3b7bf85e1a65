import { Alert, Button, Chip, Group, SegmentedControl, Switch, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { createLazyRoute, getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { useNews, usePolling } from '../../live/live';
import { News } from '../../live/News';
import { Asked } from '../../parts/Asked';
import { Page } from '../../parts/Page';
import { Empty } from '../../parts/states';
import { Decided } from './Decided';
import { Open } from './Open';
import { INBOX, inboxQuery, type Kind } from './queries';
import type { InboxSearch } from './route';
import { isFiltered, Views, type View } from './Views';
import { words } from './words';

export const page = createLazyRoute('/inbox')({ component: Inbox });

const route = getRouteApi('/inbox');

/** Events that change what waits for people. */
const CONCERNS = /^(APPROVAL|CLARIFICATION|ORDER|PLAN)\.|\.(PAUSED|RESUMED|CANCELLED|COMPLETED|FAILED)$/;

/** What waits for people, and what they have decided lately. */
function Inbox() {
  const w = useWords(words);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const format = useFormat();
  const query = useInfiniteQuery({ ...inboxQuery(search), refetchInterval: usePolling() });
  const news = useNews(({ event_type }) => CONCERNS.test(event_type), INBOX);
  const first = query.data?.pages[0];
  const change = (more: Partial<InboxSearch>) =>
    void navigate({ search: (before) => ({ ...before, at: undefined, ...more }) });
  const find = useDebouncedCallback((q: string) => change({ q: q.trim() === '' ? undefined : q.trim() }), 300);
  const { kind, q, mine, decided } = search;
  // a view that is chosen writes the field of the search anew
  const [chosen, setChosen] = useState(0);
  const choose = (view: View) => {
    change({ kind: undefined, q: undefined, mine: undefined, ...view });
    setChosen(chosen + 1);
  };
  return (
    <Page
      title={w.title}
      count={decided ? undefined : first?.total}
      actions={<News news={news} />}
      about={
        <SegmentedControl
          size="xs"
          w="fit-content"
          value={decided ? 'decided' : 'open'}
          onChange={(value) => change({ decided: value === 'decided' ? true : undefined, kind: undefined })}
          data={[
            { value: 'open', label: w.open },
            { value: 'decided', label: w.decided },
          ]}
        />
      }
    >
      <Group gap="sm">
        <TextInput
          key={chosen}
          size="xs"
          aria-label={w.search}
          placeholder={w.search}
          leftSection={<IconSearch size={14} aria-hidden />}
          defaultValue={q}
          onChange={({ currentTarget }) => find(currentTarget.value)}
        />
        <Chip.Group value={kind ?? 'all'} onChange={(value) => change({ kind: value === 'all' ? undefined : value })}>
          <Group gap={6}>
            <Chip size="xs" value="all">
              {w.all}
            </Chip>
            {Object.entries(first?.counts ?? {}).map(([name, count]) => (
              <Chip key={name} size="xs" value={name}>
                {w.kinds[name as Kind] ?? name} {format.number(count)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        <Switch
          size="xs"
          label={w.mine}
          checked={mine === true}
          onChange={({ currentTarget }) => change({ mine: currentTarget.checked || undefined })}
        />
        <Views now={{ kind, q, mine }} choose={choose} />
      </Group>
      {first?.silent && (
        <Alert color="orange" title={w.silent(first.silent.total)}>
          {first.silent.runs.map(({ workflow_id, title, detail }) => (
            <Text key={workflow_id} size="sm" className="foreign">
              {title}: {detail}
            </Text>
          ))}
        </Alert>
      )}
      {first?.partial && <Text size="sm">{w.partial}</Text>}
      <Asked query={query}>
        {({ pages }) => {
          const items = pages.flatMap((one) => one.items);
          if (items.length === 0 && isFiltered(search))
            return (
              <Empty
                action={
                  <Button variant="default" onClick={() => choose({})}>
                    {w.clear}
                  </Button>
                }
              >
                {w.emptyFilter}
              </Empty>
            );
          if (items.length === 0 && decided) return <Empty>{w.emptyDecided}</Empty>;
          if (items.length === 0)
            return (
              <Empty
                action={
                  <Button component={Link} to={'/start'}>
                    {w.start}
                  </Button>
                }
              >
                {w.empty}
              </Empty>
            );
          const more = query.hasNextPage && !query.isFetchingNextPage ? () => void query.fetchNextPage() : undefined;
          return decided ? <Decided items={items} onEnd={more} /> : <Open items={items} onEnd={more} />;
        }}
      </Asked>
    </Page>
  );
}
