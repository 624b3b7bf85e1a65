import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Asked } from '../../parts/Asked';
import { DataTable, type Column } from '../../parts/DataTable';
import { Go, pathOf } from '../../parts/Go';
import { Page } from '../../parts/Page';
import { Status } from '../../parts/Status';
import { Time } from '../../parts/Time';
import { Empty } from '../../parts/states';
import { serversQuery, type Server } from './queries';
import { words } from './words';

export const page = createLazyRoute('/mcp')({ component: Servers });

/** MCP servers, and how many of their tools wait to be accepted. */
function Servers() {
  const w = useWords(words);
  const format = useFormat();
  const query = useQuery(serversQuery);
  const columns: Column<Server>[] = [
    { ...{ id: 'name', title: w.name }, cell: ({ name }) => <Go to={pathOf('mcp', name)}>{name}</Go> },
    { ...{ id: 'state', title: w.state, width: '9rem' }, cell: ({ state }) => <Status state={state} /> },
    {
      ...{ id: 'waiting', title: w.waiting, width: '8rem', align: 'right' },
      cell: ({ tools }) => format.number(tools.waiting),
    },
    {
      ...{ id: 'accepted', title: w.accepted, width: '7rem', align: 'right', isMinor: true },
      cell: ({ tools }) => format.number(tools.pinned),
    },
    { ...{ id: 'address', title: w.address, isMinor: true }, cell: ({ address }) => address },
    { ...{ id: 'seen', title: w.seen, width: '8rem', isMinor: true }, cell: ({ seen_at }) => <Time at={seen_at} /> },
  ];
  return (
    <Page title={w.title} about={w.about} actions={<Go to="/tools">{w.allTools}</Go>}>
      <Asked query={query}>
        {(servers) =>
          servers.length === 0 ? (
            <Empty>{w.none}</Empty>
          ) : (
            <DataTable label={w.list} columns={columns} rows={servers} rowKey={({ name }) => name} />
          )
        }
      </Asked>
    </Page>
  );
}
