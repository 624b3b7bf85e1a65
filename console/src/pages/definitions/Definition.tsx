import { Button, Tabs, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute, useBlocker, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem } from '../../api/client';
import { useWords } from '../../i18n/words';
import { Allowed } from '../../parts/Allowed';
import { Asked } from '../../parts/Asked';
import { Page } from '../../parts/Page';
import { Time } from '../../parts/Time';
import { useAction } from '../../parts/useAction';
import { Conflict } from './Conflict';
import { DeleteDefinition } from './DeleteDefinition';
import { useDraft } from './draft';
import { DraftEditor } from './DraftEditor';
import { change, definitionQuery, type Opened } from './queries';
import { definitionRoute, type Notation, type Tab } from './route';
import { RunIt } from './RunIt';
import { TryIt } from './TryIt';
import { Versions } from './Versions';
import { words } from './words';

export const page = createLazyRoute('/definitions/$id')({ component: Definition });

function Definition() {
  const { id } = definitionRoute.useParams();
  const { as = 'yaml' } = definitionRoute.useSearch();
  const query = useQuery(definitionQuery(id, as));
  return query.data ? (
    <Workbench key={id} id={id} notation={as} opened={query.data} />
  ) : (
    <Page title={id}>
      <Asked query={query}>{() => null}</Asked>
    </Page>
  );
}

interface WorkbenchProps {
  id: string;
  notation: Notation;
  opened: Opened;
}

/** A definition to change, try, run and look back on. What is written stays while its other tabs are looked at. */
function Workbench({ id, notation, opened: { stored, text: original } }: WorkbenchProps) {
  const w = useWords(words);
  const navigate = useNavigate();
  const client = useQueryClient();
  const { tab = 'edit' } = definitionRoute.useSearch();
  const draft = useDraft(original);
  const [isDeleting, setDeleting] = useState(false);
  /** how often somebody was faster */
  const [conflicts, setConflicts] = useState(0);
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      draft.isChanged && current.pathname !== next.pathname && !window.confirm(w.leave),
    enableBeforeUnload: draft.isChanged,
  });

  const open = (to: Tab) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, tab: to === 'edit' ? undefined : to }) });
  const reload = () => client.invalidateQueries({ queryKey: ['definitions'] });
  const save = useAction({
    async act(version: number) {
      try {
        const saved = await change(id, version, draft.text);
        await reload();
        return saved;
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 412) setConflicts((before) => before + 1);
        throw error;
      }
    },
    refresh: [],
    done: ({ version }) => w.saved(version),
    onDone: () => setConflicts(0),
  });
  const faults = draft.checked.data?.faults.length ?? 0;
  const obstacle = !draft.isChanged ? w.unchanged : draft.isFresh && faults > 0 ? w.mend : undefined;
  return (
    <Page
      title={stored.name}
      about={
        <>
          {stored.description && (
            <Text size="sm" className="foreign">
              {stored.description}
            </Text>
          )}
          <Text size="sm" c="dimmed" className="foreign">
            <code>{id}</code> · {w.version} {stored.version} · {stored.changed_by} · <Time at={stored.changed_at} />
          </Text>
        </>
      }
      actions={
        <>
          {draft.isChanged && (
            <Button variant="default" onClick={() => window.confirm(w.discardAsk) && draft.write(original)}>
              {w.discard}
            </Button>
          )}
          <Allowed
            roles={['operator', 'admin']}
            obstacle={obstacle}
            loading={save.isPending}
            onClick={() => save.mutate(stored.version)}
          >
            {w.save}
          </Allowed>
          <Allowed roles={['operator', 'admin']} variant="default" onClick={() => setDeleting(true)}>
            {w.delete}
          </Allowed>
        </>
      }
    >
      {conflicts > 0 && (
        <Conflict
          key={conflicts}
          id={id}
          from={stored.version}
          onMine={(version) => save.mutate(version)}
          onTheirs={() => {
            setConflicts(0);
            draft.write(original);
            void reload();
          }}
        />
      )}
      <Tabs value={tab} onChange={(to) => open((to ?? 'edit') as Tab)}>
        <Tabs.List aria-label={w.tabs}>
          <Tabs.Tab value="edit">{w.edit}</Tabs.Tab>
          <Tabs.Tab value="try">{w.try}</Tabs.Tab>
          <Tabs.Tab value="run">{w.run}</Tabs.Tab>
          <Tabs.Tab value="versions">{w.versions}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="edit" pt="md">
          <DraftEditor draft={draft} notation={notation} />
        </Tabs.Panel>
        <Tabs.Panel value="try" pt="md">
          <TryIt checked={draft.checked} />
        </Tabs.Panel>
        <Tabs.Panel value="run" pt="md">
          {draft.isChanged && <Text size="sm">{w.saveToRun}</Text>}
          <RunIt key={stored.version} definition={stored} />
        </Tabs.Panel>
        <Tabs.Panel value="versions" pt="md">
          {tab === 'versions' && (
            <Versions id={id} newest={stored.version} isChanged={draft.isChanged} onChanged={reload} />
          )}
        </Tabs.Panel>
      </Tabs>
      {isDeleting && <DeleteDefinition stored={stored} onClose={() => setDeleting(false)} />}
    </Page>
  );
}
