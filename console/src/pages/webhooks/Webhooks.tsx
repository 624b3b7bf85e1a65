import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { operators } from '../../api/session';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Allowed } from '../../parts/Allowed';
import { Asked } from '../../parts/Asked';
import { DataTable, type Column } from '../../parts/DataTable';
import { Go, pathOf } from '../../parts/Go';
import { Page } from '../../parts/Page';
import { Status } from '../../parts/Status';
import { Time } from '../../parts/Time';
import { Empty } from '../../parts/states';
import { NewWebhook } from './NewWebhook';
import { webhooksQuery, type Webhook } from './queries';
import { words } from './words';

export const page = createLazyRoute('/webhooks')({ component: Webhooks });

/** Who is told of what. */
function Webhooks() {
  const w = useWords(words);
  const format = useFormat();
  const { create } = page.useSearch();
  const navigate = page.useNavigate();
  const query = useQuery(webhooksQuery);
  const columns: Column<Webhook>[] = [
    {
      ...{ id: 'address', title: w.address },
      cell: ({ id, url, description }) => (
        <>
          <Go to={pathOf('webhooks', id)}>{url}</Go>
          <Text size="xs" c="dimmed" lineClamp={2}>
            {description}
          </Text>
        </>
      ),
    },
    {
      ...{ id: 'events', title: w.events, width: '9rem', isMinor: true },
      cell: ({ events }) => (events.length === 1 ? events[0] : w.count(format.number(events.length))),
    },
    { ...{ id: 'state', title: w.state, width: '9rem' }, cell: ({ state }) => <Status state={state} /> },
    { ...{ id: 'by', title: w.by, width: '9rem', isMinor: true }, cell: ({ created_by }) => created_by },
    { ...{ id: 'at', title: w.at, width: '8rem', isMinor: true }, cell: ({ created_at }) => <Time at={created_at} /> },
  ];
  const open = (isOpen: boolean) => void navigate({ search: { create: isOpen || undefined } });
  const button = (
    <Allowed roles={operators} onClick={() => open(true)}>
      {w.create}
    </Allowed>
  );
  return (
    <Page title={w.title} about={w.about} actions={button}>
      <Asked query={query}>
        {(webhooks) =>
          webhooks.length === 0 ? (
            <Empty action={button}>{w.none}</Empty>
          ) : (
            <DataTable label={w.list} columns={columns} rows={webhooks} rowKey={({ id }) => id} />
          )
        }
      </Asked>
      {create && <NewWebhook onClose={() => open(false)} />}
    </Page>
  );
}
