import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { useKeys } from '../../keys/keys';
import { News } from '../../live/News';
import { useNews, usePolling } from '../../live/live';
import { Asked } from '../../parts/Asked';
import { DataTable, type Column } from '../../parts/DataTable';
import { Page } from '../../parts/Page';
import { Empty } from '../../parts/states';
import { Status } from '../../parts/Status';
import { words as statusWords } from '../../parts/status.words';
import { Time } from '../../parts/Time';
import { ordersKey, ordersQuery, type ListedOrder } from './queries';
import { statuses } from './route';
import { words } from './words';

const route = createLazyRoute('/orders')({ component: Orders });
export const page = route;

/** Orders in all states, newest first. */
function Orders() {
  const w = useWords(words);
  const navigate = useNavigate();
  const { status } = route.useSearch();
  const query = useInfiniteQuery({ ...ordersQuery({ status }), refetchInterval: usePolling() });
  const news = useNews(({ process }) => process === 'order', ordersKey);
  const columns = useColumns();
  const state = useWords(statusWords);
  const format = useFormat();
  const [at, setAt] = useState<string>();
  const rows = query.data?.pages.flatMap(({ orders }) => orders) ?? [];
  const counts = query.data?.pages[0]?.counts ?? {};

  const open = ({ order_id }: ListedOrder) => void navigate({ to: '/orders/$orderId', params: { orderId: order_id } });
  const move = (step: 1 | -1) => {
    const index = rows.findIndex(({ order_id }) => order_id === at) + step;
    setAt(rows[Math.min(rows.length - 1, Math.max(0, index))]?.order_id);
  };
  useKeys(w.title, [
    { keys: 'j', words: w.next, run: () => move(1) },
    { keys: 'k', words: w.before, run: () => move(-1) },
    {
      keys: 'Enter',
      words: w.open,
      run() {
        const row = rows.find(({ order_id }) => order_id === at);
        if (row) open(row);
      },
    },
  ]);
  return (
    <Page title={w.title} count={counts['waiting']} actions={<News news={news} />}>
      <Group gap={6} role="group" aria-label={w.filter}>
        {[undefined, ...statuses.filter((name) => counts[name] !== undefined || name === status)].map((name) => (
          <Button
            key={name ?? ''}
            size="compact-sm"
            variant={name === status ? 'filled' : 'default'}
            aria-pressed={name === status}
            onClick={() => void navigate({ to: '/orders', search: { status: name } })}
          >
            {name === undefined
              ? w.all
              : `${state[name as keyof typeof state] ?? name} · ${format.number(counts[name] ?? 0)}`}
          </Button>
        ))}
      </Group>
      <Asked query={query}>
        {() =>
          rows.length === 0 ? (
            <Empty
              action={
                <Button component={Link} to="/start">
                  {w.start}
                </Button>
              }
            >
              {status === undefined ? w.empty : w.emptyFiltered}
            </Empty>
          ) : (
            <DataTable
              label={w.list}
              columns={columns}
              rows={rows}
              rowKey={({ order_id }) => order_id}
              current={at}
              onOpen={open}
              onEnd={() => {
                if (query.hasNextPage && !query.isFetching) void query.fetchNextPage();
              }}
            />
          )
        }
      </Asked>
    </Page>
  );
}

function useColumns(): readonly Column<ListedOrder>[] {
  const w = useWords(words);
  const format = useFormat();
  const amountOf = ({ amount, currency }: ListedOrder) =>
    amount === undefined ? '' : format.money(Number(amount), currency);
  return [
    {
      id: 'subject',
      title: w.subject,
      cell: ({ order_id, subject }) => (
        <Anchor component={Link} to={`/orders/${order_id}`} size="sm">
          {subject}
        </Anchor>
      ),
    },
    { id: 'from', title: w.from, cell: ({ from_email }) => from_email, isMinor: true },
    { id: 'status', title: w.status, cell: ({ status }) => <Status state={status} />, width: '12rem' },
    { id: 'odd', title: w.odd, cell: (order) => <Odd order={order} />, width: '9rem' },
    {
      id: 'lines',
      title: w.lines,
      cell: ({ lines }) => (lines === undefined ? '' : format.number(lines)),
      align: 'right',
      isMinor: true,
    },
    { id: 'amount', title: w.amount, cell: amountOf, align: 'right', isMinor: true },
    {
      id: 'delivery',
      title: w.delivery,
      cell: ({ delivery_date }) => (delivery_date === undefined ? '' : format.day(delivery_date)),
      isMinor: true,
    },
    {
      id: 'received',
      title: w.received,
      cell: ({ received_at }) => <Time at={received_at} />,
      width: '8rem',
      isMinor: true,
    },
  ];
}

/** What is odd in an order, in numbers. */
function Odd({ order: { blocking = 0, warnings = 0 } }: { order: ListedOrder }) {
  const w = useWords(words);
  return (
    <Stack gap={0}>
      {blocking > 0 && (
        <Text size="sm" fw={600}>
          {w.blocking(blocking)}
        </Text>
      )}
      {warnings > 0 && <Text size="sm">{w.warnings(warnings)}</Text>}
    </Stack>
  );
}
