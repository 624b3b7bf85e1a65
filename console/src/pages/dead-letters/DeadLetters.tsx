import { Button, Grid, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import { operators } from '../../api/session';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { useKeys } from '../../keys/keys';
import { News } from '../../live/News';
import { useNews } from '../../live/live';
import { Allowed } from '../../parts/Allowed';
import { Asked } from '../../parts/Asked';
import { More } from '../../parts/More';
import { Page } from '../../parts/Page';
import { Empty } from '../../parts/states';
import { filterOf, isFiltered } from './filters';
import { Filters } from './Filters';
import { LastOperations } from './LastOperations';
import { LetterPanel } from './LetterPanel';
import { LettersTable, Reasons } from './LettersTable';
import { OperationDialog } from './OperationDialog';
import { DEAD_LETTERS, depthQuery, useLetters, type Action, type Filter } from './queries';
import type { DeadLettersSearch } from './route';
import { words } from './words';

export const page = createLazyRoute('/dead-letters')({ component: DeadLetters });

/** Dead letters: why they died, and what becomes of them. */
function DeadLetters() {
  const w = useWords(words);
  const format = useFormat();
  const search = page.useSearch();
  const navigate = page.useNavigate();
  const letters = useLetters(search);
  const depth = useQuery(depthQuery);
  const news = useNews(
    ({ event_type, process }) => process === 'operations' || event_type.endsWith('.FAILED'),
    DEAD_LETTERS,
  );
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [wanted, setWanted] = useState<{ action: Action; filter: Filter }>();

  const filterBy = (change: DeadLettersSearch) => {
    setChosen(new Set());
    void navigate({ search: { ...search, letter: undefined, ...change }, replace: true });
  };
  const open = (letter: string | undefined) => void navigate({ search: { ...search, letter }, replace: true });
  const choose = (ids: readonly string[], isChosen: boolean) =>
    setChosen((before) => {
      const after = new Set(before);
      for (const id of ids)
        if (isChosen) after.add(id);
        else after.delete(id);
      return after;
    });
  const rows = letters.query.data ?? [];
  const at = rows.findIndex(({ id }) => id === search.letter);
  const act = (action: Action) => {
    const filter = chosen.size > 0 ? { ids: [...chosen].slice(0, 1_000) } : filterOf(search);
    setWanted({ action, filter });
  };
  useKeys(w.title, [
    { keys: 'j', words: w.next, run: () => open(rows[Math.min(at + 1, rows.length - 1)]?.id) },
    { keys: 'k', words: w.previous, run: () => open(rows[Math.max(at - 1, 0)]?.id) },
    {
      ...{ keys: 'x', words: w.select },
      run: () => search.letter && choose([search.letter], !chosen.has(search.letter)),
    },
  ]);
  const obstacle = rows.length === 0 ? w.nothing : undefined;
  return (
    <Page
      title={w.title}
      count={depth.data}
      about={
        <Text size="sm" c="dimmed">
          {w.about} {depth.data !== undefined && w.inAll(format.number(depth.data))}
        </Text>
      }
      actions={
        <>
          <Allowed roles={operators} obstacle={obstacle} onClick={() => act('redrive')}>
            {chosen.size > 0 ? w.redrive : w.redriveAll}
          </Allowed>
          <Allowed roles={operators} obstacle={obstacle} variant="default" onClick={() => act('discard')}>
            {chosen.size > 0 ? w.discard : w.discardAll}
          </Allowed>
        </>
      }
    >
      <Filters search={search} onChange={filterBy} />
      <News news={news} />
      <Asked query={letters.query}>
        {() =>
          rows.length === 0 && !letters.hasMore ? (
            <Empty
              action={
                isFiltered(search) && (
                  <Button variant="default" onClick={() => void navigate({ search: {} })}>
                    {w.showAll}
                  </Button>
                )
              }
            >
              {isFiltered(search) ? w.noneMatches : w.none}
            </Empty>
          ) : (
            <Grid>
              <Grid.Col span={{ base: 12, lg: search.letter ? 6 : 12 }}>
                <Stack gap="xs">
                  <Reasons letters={rows} onChoose={(error_class) => filterBy({ error_class })} />
                  <LettersTable
                    letters={rows}
                    chosen={chosen}
                    onChoose={choose}
                    current={search.letter}
                    onOpen={open}
                    onEnd={letters.more}
                  />
                  <Group justify="center">
                    <More {...letters} />
                  </Group>
                </Stack>
              </Grid.Col>
              {search.letter && (
                <Grid.Col span={{ base: 12, lg: 6 }}>
                  <LetterPanel
                    id={search.letter}
                    onClose={() => open(undefined)}
                    onAct={(action) => setWanted({ action, filter: { ids: [search.letter ?? ''] } })}
                  />
                </Grid.Col>
              )}
            </Grid>
          )
        }
      </Asked>
      <LastOperations />
      {wanted && (
        <OperationDialog
          {...wanted}
          onClose={() => {
            setWanted(undefined);
            setChosen(new Set());
          }}
        />
      )}
    </Page>
  );
}
