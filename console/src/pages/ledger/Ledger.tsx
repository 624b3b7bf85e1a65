import { Button, Group, Text, TextInput } from '@mantine/core';
import { createLazyRoute } from '@tanstack/react-router';
import { useWords } from '../../i18n/words';
import { Asked } from '../../parts/Asked';
import { DataTable, type Column } from '../../parts/DataTable';
import { FilterField } from '../../parts/FilterField';
import { Go, pathOf } from '../../parts/Go';
import { More } from '../../parts/More';
import { Page } from '../../parts/Page';
import { Status, stateOfChoice } from '../../parts/Status';
import { Time } from '../../parts/Time';
import { textOf } from '../../parts/search';
import { Empty } from '../../parts/states';
import { Chains } from './Chains';
import { useDecisions, type Decision } from './queries';
import type { LedgerSearch } from './route';
import { words } from './words';

export const page = createLazyRoute('/ledger')({ component: Ledger });

const TEXTS = ['process', 'by', 'subject', 'choice', 'workflow_id'] as const;
const DAYS = ['since', 'until'] as const;

/** The ledger of decisions. */
function Ledger() {
  const w = useWords(words);
  const search = page.useSearch();
  const navigate = page.useNavigate();
  const decisions = useDecisions(search);
  const filterBy = (change: LedgerSearch) => void navigate({ search: { ...search, ...change }, replace: true });
  const isFiltered = Object.values(search).some((value) => value !== undefined);
  const columns: Column<Decision>[] = [
    {
      ...{ id: 'entry', title: w.entry, width: '8rem' },
      cell: ({ process, n }) => (
        <Go to={pathOf('ledger', process, String(n))}>
          {process} {n}
        </Go>
      ),
    },
    {
      ...{ id: 'choice', title: w.choice, width: '9rem' },
      cell: ({ choice }) => <Status state={stateOfChoice(choice)} />,
    },
    { ...{ id: 'by', title: w.by, width: '9rem' }, cell: ({ by }) => by },
    { ...{ id: 'subject', title: w.subject, isMinor: true }, cell: ({ subject }) => subject },
    {
      ...{ id: 'comment', title: w.comment, isMinor: true },
      cell: ({ comment }) => (
        <Text size="sm" lineClamp={2}>
          {comment}
        </Text>
      ),
    },
    { ...{ id: 'when', title: w.when, width: '8rem' }, cell: ({ decided_at }) => <Time at={decided_at} /> },
  ];
  const labels = { ...w, workflow_id: w.run };
  return (
    <Page title={w.title} about={w.about}>
      <Chains />
      <Group gap="xs" align="flex-end">
        {TEXTS.map((name) => (
          <FilterField
            key={name}
            label={labels[name]}
            value={search[name]}
            onChange={(value) => filterBy({ [name]: value })}
          />
        ))}
        {DAYS.map((name) => (
          <TextInput
            key={name}
            type="date"
            size="xs"
            label={w[name]}
            value={search[name] ?? ''}
            onChange={({ currentTarget }) => filterBy({ [name]: textOf(currentTarget.value) })}
          />
        ))}
      </Group>
      <Asked query={decisions.query}>
        {(rows) =>
          rows.length === 0 && !decisions.hasMore ? (
            <Empty
              action={
                isFiltered && (
                  <Button variant="default" onClick={() => void navigate({ search: {} })}>
                    {w.showAll}
                  </Button>
                )
              }
            >
              {isFiltered ? w.noneMatches : w.none}
            </Empty>
          ) : (
            <>
              <DataTable
                label={w.list}
                columns={columns}
                rows={rows}
                rowKey={({ process, n }) => `${process}/${n}`}
                onEnd={decisions.more}
              />
              <More {...decisions} />
            </>
          )
        }
      </Asked>
    </Page>
  );
}
