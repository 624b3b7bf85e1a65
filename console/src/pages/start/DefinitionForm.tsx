import { Anchor, Button, NativeSelect, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useWords } from '../../i18n/words';
import { Asked } from '../../parts/Asked';
import { Empty } from '../../parts/states';
import { definitionQuery, definitionsQuery } from '../definitions/queries';
import { RunIt } from '../definitions/RunIt';
import { startRoute } from './route';
import { words } from './words';

/** A workflow that is defined, and the form of its input. */
export function DefinitionForm() {
  const w = useWords(words).definition;
  const navigate = useNavigate();
  const { id } = startRoute.useSearch();
  const list = useInfiniteQuery(definitionsQuery);
  const choose = (id: string) =>
    void navigate({ to: '/start', replace: true, search: { what: 'definition', id: id || undefined } });
  return (
    <Stack>
      <Text>{w.about}</Text>
      <Asked query={list}>
        {({ pages }) => {
          const known = pages.flatMap(({ workflows }) => workflows);
          if (known.length === 0)
            return (
              <Empty action={<Button onClick={() => void navigate({ to: '/definitions/new' })}>{w.create}</Button>}>
                {w.none}
              </Empty>
            );
          return (
            <NativeSelect
              label={w.which}
              value={id ?? ''}
              data={[{ value: '', label: w.choose }, ...known.map(({ id, name }) => ({ value: id, label: name }))]}
              onChange={({ currentTarget }) => choose(currentTarget.value)}
            />
          );
        }}
      </Asked>
      {list.hasNextPage && (
        <Button variant="default" onClick={() => void list.fetchNextPage()}>
          …
        </Button>
      )}
      {id !== undefined && <Chosen key={id} id={id} />}
    </Stack>
  );
}

function Chosen({ id }: { id: string }) {
  const w = useWords(words).definition;
  const query = useQuery(definitionQuery(id, 'json'));
  return (
    <Asked query={query}>
      {({ stored }) => (
        <Stack>
          {stored.description && <Text className="foreign">{stored.description}</Text>}
          <Anchor component={Link} to={`/definitions/${encodeURIComponent(id)}`} size="sm">
            {w.open}
          </Anchor>
          <RunIt key={stored.version} definition={stored} />
        </Stack>
      )}
    </Asked>
  );
}
