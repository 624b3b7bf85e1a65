import { Anchor, Button, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate } from '@tanstack/react-router';
import { useMay } from '../../api/session';
import { useWords } from '../../i18n/words';
import { Allowed } from '../../parts/Allowed';
import { Asked } from '../../parts/Asked';
import { DataTable, type Column } from '../../parts/DataTable';
import { Page } from '../../parts/Page';
import { Empty } from '../../parts/states';
import { Time } from '../../parts/Time';
import { definitionsQuery, type DefinitionListed } from './queries';
import { words } from './words';

export const page = createLazyRoute('/definitions')({ component: Definitions });

function Definitions() {
  const w = useWords(words);
  const navigate = useNavigate();
  const query = useInfiniteQuery(definitionsQuery);
  const mayChange = useMay('operator', 'admin');
  const create = () => void navigate({ to: '/definitions/new' });
  const columns: Column<DefinitionListed>[] = [
    {
      id: 'name',
      title: w.name,
      cell: ({ id, name, description }) => (
        <>
          <Anchor component={Link} to={`/definitions/${encodeURIComponent(id)}`}>
            {name}
          </Anchor>
          {description && (
            <Text size="sm" c="dimmed" lineClamp={2}>
              {description}
            </Text>
          )}
        </>
      ),
    },
    { id: 'id', title: w.id, width: '22%', isMinor: true, cell: ({ id }) => id },
    { id: 'version', title: w.version, width: '6rem', align: 'right', cell: ({ version }) => version },
    {
      id: 'changed',
      title: w.changed,
      width: '9rem',
      isMinor: true,
      cell: ({ changed_at }) => <Time at={changed_at} />,
    },
    { id: 'by', title: w.by, width: '9rem', isMinor: true, cell: ({ changed_by }) => changed_by },
  ];
  return (
    <Page
      title={w.title}
      about={<Text c="dimmed">{w.about}</Text>}
      actions={
        <Allowed roles={['operator', 'admin']} onClick={create}>
          {w.create}
        </Allowed>
      }
    >
      <Asked query={query}>
        {({ pages }) => {
          const rows = pages.flatMap(({ workflows }) => workflows);
          if (rows.length === 0)
            return <Empty action={mayChange && <Button onClick={create}>{w.create}</Button>}>{w.none}</Empty>;
          return (
            <DataTable
              label={w.title}
              columns={columns}
              rows={rows}
              rowKey={({ id }) => id}
              rowHeight={64}
              onEnd={() => query.hasNextPage && !query.isFetchingNextPage && void query.fetchNextPage()}
            />
          );
        }}
      </Asked>
    </Page>
  );
}
