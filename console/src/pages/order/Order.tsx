import './order.css';
import { Alert, Anchor, Button, Group, Stack, Tabs, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { createLazyRoute, Link, useBlocker, useNavigate } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useMay } from '../../api/session';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Asked } from '../../parts/Asked';
import { Page } from '../../parts/Page';
import { Empty, Loading } from '../../parts/states';
import { Status } from '../../parts/Status';
import { Time } from '../../parts/Time';
import { Actions, type Over } from './Actions';
import { useEdits } from './edit-store';
import { isEmpty, noEdits } from './edits';
import { Events } from './Events';
import { Files } from './Files';
import { History } from './History';
import { OrderDesk } from './OrderDesk';
import { Overs } from './Overs';
import type { OrderNow } from './queries';
import type { OrderTab } from './route';
import { useWork } from './use-work';
import { words } from './words';

const route = createLazyRoute('/orders/$orderId')({ component: OrderPage });
export const page = route;

function OrderPage() {
  const { orderId } = route.useParams();
  return <Order key={orderId} id={orderId} />;
}

/** An order: what was sent, what was read of it, and what a person makes of it. */
function Order({ id }: { id: string }) {
  const w = useWords(words);
  const navigate = useNavigate();
  const search = route.useSearch();
  const [over, setOver] = useState<Over>();
  const [isBlocked, setBlocked] = useState(false);
  const work = useWork(id, over !== undefined);
  const { query, shown, store } = work;
  const edits = useEdits(store);
  const unblock = useCallback(() => setBlocked(false), []);
  const may = useMay('approver');
  const order = query.data;
  const isOpen = shown?.order.question !== undefined && order?.question !== undefined;
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      current.pathname !== next.pathname && !isEmpty(edits) && !window.confirm(w.leavePage),
    enableBeforeUnload: () => !isEmpty(store.get()),
  });
  const tab = search.tab ?? 'order';
  return (
    <Page
      title={order?.subject ?? id}
      about={order && <About order={order} />}
      actions={order && <Actions work={work} order={order} edits={edits} onOver={setOver} />}
    >
      <Asked query={query}>
        {(now) => (
          <>
            {work.isBehind && (
              <Behind now={now} onShow={() => setOver('changes')} onDrop={() => work.adopt(now, noEdits)} />
            )}
            <Tabs
              value={tab}
              onChange={(name) =>
                void navigate({
                  to: '.',
                  search: { ...search, tab: name === 'order' ? undefined : (name as OrderTab) },
                })
              }
              keepMounted={false}
            >
              <Tabs.List mb="sm">
                {(['order', 'history', 'files', 'events'] as const).map((name) => (
                  <Tabs.Tab key={name} value={name}>
                    {w[name]}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
              <Tabs.Panel value="order">
                {shown ? (
                  <Stack gap="sm">
                    <OrderDesk
                      sight={shown}
                      store={store}
                      isReadOnly={!may || !isOpen}
                      search={search}
                      blocked={isBlocked}
                      onUnblock={unblock}
                    />
                  </Stack>
                ) : now.ended_at === undefined ? (
                  <Stack>
                    <Text role="status">{w.reading}</Text>
                    <Loading />
                  </Stack>
                ) : (
                  <Empty>{w.noDraft}</Empty>
                )}
              </Tabs.Panel>
              <Tabs.Panel value="history">
                <History id={id} version={now.draft?.version ?? 1} />
              </Tabs.Panel>
              <Tabs.Panel value="files">
                <Files id={id} order={now} />
              </Tabs.Panel>
              <Tabs.Panel value="events">
                <Events id={id} />
              </Tabs.Panel>
            </Tabs>
            <Overs
              over={over}
              work={work}
              order={now}
              edits={edits}
              onClose={() => setOver(undefined)}
              onBlocked={setBlocked}
            />
          </>
        )}
      </Asked>
    </Page>
  );
}

/** State, sender and dates of an order. */
function About({ order }: { order: OrderNow }) {
  const w = useWords(words);
  const format = useFormat();
  const { status, from_email, received_at, question, draft, split_from, split_into = [], retrying, error } = order;
  return (
    <Stack gap={4}>
      <Group gap="sm">
        <Status state={status} />
        <Text size="sm" c="dimmed" className="foreign">
          {w.from} {from_email} · {w.received} <Time at={received_at} />
          {question && ` · ${w.waits(format.ago(question.due_at))}`}
          {draft && ` · ${w.version(draft.version)}`}
        </Text>
        {[...(split_from === undefined ? [] : [split_from]), ...split_into].map((other) => (
          <Anchor key={other} size="sm" component={Link} to={`/orders/${other}`}>
            {other === split_from ? w.splitFrom : w.splitInto} {other}
          </Anchor>
        ))}
      </Group>
      {retrying?.[0] && (
        <Text size="sm" role="status">
          {w.retrying(retrying[0].attempt)}
        </Text>
      )}
      {error && (
        <Text size="sm" className="foreign">
          {error.message}
        </Text>
      )}
    </Stack>
  );
}

/** Somebody else has changed the order while something was being typed, which stays as it is. */
function Behind({ now, onShow, onDrop }: { now: OrderNow; onShow: () => void; onDrop: () => void }) {
  const w = useWords(words);
  return (
    <Alert color="orange" role="alert" icon={<IconAlertTriangle />}>
      <Group justify="space-between">
        <Text size="sm">{now.question ? w.changed : w.closed(now.status)}</Text>
        <Button size="compact-sm" variant="default" onClick={now.question ? onShow : onDrop}>
          {now.question ? w.showChanges : w.throwAway}
        </Button>
      </Group>
    </Alert>
  );
}
