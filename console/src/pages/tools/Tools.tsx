import { Button, Group, Stack, Text } from '@mantine/core';
import { createLazyRoute } from '@tanstack/react-router';
import { useWords } from '../../i18n/words';
import { Asked } from '../../parts/Asked';
import { Choice } from '../../parts/Choice';
import { DataTable, type Column } from '../../parts/DataTable';
import { FilterField } from '../../parts/FilterField';
import { Go, pathOf } from '../../parts/Go';
import { More } from '../../parts/More';
import { Page } from '../../parts/Page';
import { Status } from '../../parts/Status';
import { Empty } from '../../parts/states';
import { useTools, type Tool } from './queries';
import { EFFECTS, RISKS, USABLE, type ToolsSearch } from './route';
import { words } from './words';

export const page = createLazyRoute('/tools')({ component: Tools });

/** The catalogue of tools. */
function Tools() {
  const w = useWords(words);
  const search = page.useSearch();
  const navigate = page.useNavigate();
  const tools = useTools(search);
  const filterBy = (change: ToolsSearch) => void navigate({ search: { ...search, ...change }, replace: true });
  const columns: Column<Tool>[] = [
    {
      ...{ id: 'name', title: w.name, width: '14rem' },
      cell: ({ name, server }) => (
        <>
          <Go to={pathOf('tools', name)}>{name}</Go>
          {server && (
            <Text size="xs" c="dimmed">
              MCP: {server}
            </Text>
          )}
        </>
      ),
    },
    {
      ...{ id: 'description', title: w.description, isMinor: true },
      cell: ({ description }) => (
        <Text size="sm" lineClamp={2}>
          {description}
        </Text>
      ),
    },
    { ...{ id: 'effect', title: w.effect, width: '9rem' }, cell: ({ effect }) => w.effects[effect] },
    { ...{ id: 'risk', title: w.risk, width: '6rem', isMinor: true }, cell: ({ risk }) => w.risks[risk] },
    {
      ...{ id: 'usable', title: w.state, width: '9rem' },
      cell: ({ usable, withheld }) => (
        <Stack gap={2} align="flex-start">
          <Status state={usable ? 'usable' : 'withheld'} />
          {withheld && (
            <Text size="xs" c="dimmed" lineClamp={2} visibleFrom="sm">
              {withheld.message}
            </Text>
          )}
        </Stack>
      ),
    },
  ];
  return (
    <Page title={w.title} about={w.about} actions={<Go to="/mcp">{w.mcp}</Go>}>
      <Group gap="xs" align="flex-end">
        <FilterField label={w.q} value={search.q} onChange={(q) => filterBy({ q })} />
        <Choice
          {...{ label: w.effect, any: w.any, values: EFFECTS, words: w.effects, value: search.effect }}
          onChange={(effect) => filterBy({ effect })}
        />
        <Choice
          {...{ label: w.risk, any: w.any, values: RISKS, words: w.risks, value: search.risk }}
          onChange={(risk) => filterBy({ risk })}
        />
        <Choice
          {...{ label: w.usable, any: w.any, values: USABLE, words: w.yesNo, value: search.usable }}
          onChange={(usable) => filterBy({ usable })}
        />
      </Group>
      <Asked query={tools.query}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty
              action={
                <Button variant="default" onClick={() => void navigate({ search: {} })}>
                  {w.showAll}
                </Button>
              }
            >
              {w.none}
            </Empty>
          ) : (
            <>
              <DataTable label={w.list} columns={columns} rows={rows} rowKey={({ name }) => name} onEnd={tools.more} />
              <More {...tools} />
            </>
          )
        }
      </Asked>
    </Page>
  );
}
