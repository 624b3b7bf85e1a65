import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useWords } from '../../i18n/words';
import { Allowed } from '../../parts/Allowed';
import { Asked } from '../../parts/Asked';
import { PlainTable } from '../../parts/PlainTable';
import { Time } from '../../parts/Time';
import { useAction } from '../../parts/useAction';
import { Changes } from './Changes';
import { differenceQuery, rollBack, versionsQuery } from './queries';
import { definitionRoute } from './route';
import { words } from './words';
import { SureDialog } from '../../parts/SureDialog';

interface VersionsProps {
  id: string;
  newest: number;
  /** there are changes that are not saved, which a roll back would be at odds with */
  isChanged: boolean;
  onChanged: () => unknown;
}

/** All versions, newest first: what each has changed, and the way back. */
export function Versions({ id, newest, isChanged, onChanged }: VersionsProps) {
  const w = useWords(words);
  const navigate = useNavigate();
  const { from, to } = definitionRoute.useSearch();
  const [asked, setAsked] = useState<number>();
  const query = useInfiniteQuery(versionsQuery(id));
  const compare = (from?: number, to?: number) =>
    void navigate({ to: '.', replace: true, search: (before: object) => ({ ...before, from, to }) });
  const back = useAction({
    act: (version: number) => rollBack(id, newest, version),
    done: ({ version }) => w.rolledBack(version),
    refresh: [['definitions', 'versions', id]],
    onDone() {
      setAsked(undefined);
      onChanged();
    },
  });
  return (
    <Stack>
      {from !== undefined && <Difference id={id} from={from} to={to ?? newest} onClose={() => compare()} />}
      <Asked query={query}>
        {({ pages }) => (
          <PlainTable
            label={w.versions}
            heads={[w.version, w.what, w.by, w.changed, w.actions]}
            rows={pages
              .flatMap(({ versions }) => versions)
              .map(({ version, change, from: source, changed_by, changed_at }) => [
                version === newest ? `${version} (${w.newest})` : version,
                [w.whatMade[change], source !== undefined && w.backTo(source)].filter(Boolean).join(' '),
                changed_by,
                <Time key="at" at={changed_at} />,
                <Group key="actions" gap="xs">
                  {version > 1 && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={w.compareWith(version)}
                      onClick={() => compare(version - 1, version)}
                    >
                      {w.compare}
                    </Button>
                  )}
                  {version !== newest && change !== 'deleted' && (
                    <Allowed
                      roles={['operator', 'admin']}
                      size="compact-sm"
                      variant="default"
                      obstacle={isChanged ? w.saveFirst : undefined}
                      onClick={() => setAsked(version)}
                    >
                      {w.rollBack}
                    </Allowed>
                  )}
                </Group>,
              ])}
          />
        )}
      </Asked>
      {query.hasNextPage && (
        <Button variant="default" onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          {w.more}
        </Button>
      )}
      {asked !== undefined && (
        <SureDialog
          title={w.rollBackTo(asked)}
          keep={w.keep}
          action={w.rollBack}
          size="lg"
          isPending={back.isPending}
          onDone={() => back.mutate(asked)}
          onClose={() => setAsked(undefined)}
        >
          <Text>{w.rollBackWords}</Text>
          <DifferenceOf id={id} from={newest} to={asked} />
        </SureDialog>
      )}
    </Stack>
  );
}

function Difference({ id, from, to, onClose }: { id: string; from: number; to: number; onClose: () => void }) {
  const w = useWords(words);
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h5">
          {w.difference(from, to)}
        </Title>
        <Button size="compact-sm" variant="subtle" onClick={onClose}>
          {w.close}
        </Button>
      </Group>
      <DifferenceOf id={id} from={from} to={to} />
    </Paper>
  );
}

function DifferenceOf({ id, from, to }: { id: string; from: number; to: number }) {
  const query = useQuery(differenceQuery(id, from, to));
  return <Asked query={query}>{({ changes }) => <Changes changes={changes} />}</Asked>;
}
