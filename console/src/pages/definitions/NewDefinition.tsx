import { Tabs } from '@mantine/core';
import { createLazyRoute, useBlocker, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { useWords } from '../../i18n/words';
import { Allowed } from '../../parts/Allowed';
import { Page } from '../../parts/Page';
import { useAction } from '../../parts/useAction';
import { useDraft } from './draft';
import { DraftEditor } from './DraftEditor';
import { create } from './queries';
import { newDefinitionRoute, type Notation, type Tab } from './route';
import { TryIt } from './TryIt';
import { words } from './words';

export const page = createLazyRoute('/definitions/new')({ component: NewDefinition });

/** A small definition that runs as it stands, in either notation. */
const BEGINNINGS: Readonly<Record<Notation, string>> = {
  yaml: `name: New workflow
description: Say who is to be called
input_schema:
  type: object
  required: [name, budget]
  properties:
    name: { type: string }
    budget: { type: number }
steps:
  - step_id: large
    step_type: condition
    condition: input.budget > 10000
    then: [call]
    else: [write]
  - step_id: call
    step_type: transform
    parameters: { how: 'Call \${{ input.name }} today' }
  - step_id: write
    step_type: transform
    parameters: { how: 'Write to \${{ input.name }}' }
result:
  how: '\${{ steps.large.output.met ? steps.call.output.how : steps.write.output.how }}'
`,
  json: `{
  "name": "New workflow",
  "input_schema": {
    "type": "object",
    "required": ["name"],
    "properties": { "name": { "type": "string" } }
  },
  "steps": [
    { "step_id": "greet", "step_type": "transform", "parameters": { "text": "Hello \${{ input.name }}" } }
  ]
}
`,
};

function NewDefinition() {
  const w = useWords(words);
  const navigate = useNavigate();
  const { as = 'yaml', tab = 'edit' } = newDefinitionRoute.useSearch();
  const draft = useDraft(BEGINNINGS[as]);
  const isCreated = useRef(false);
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      draft.isChanged && !isCreated.current && current.pathname !== next.pathname && !window.confirm(w.leave),
    enableBeforeUnload: draft.isChanged,
  });
  const save = useAction({
    act: () => create(draft.text),
    done: ({ name }) => w.created(name),
    refresh: [['definitions', 'list']],
    onDone({ id }) {
      isCreated.current = true;
      void navigate({ to: '/definitions/$id', params: { id }, search: { as: as === 'json' ? 'json' : undefined } });
    },
  });
  const faults = draft.checked.data?.faults.length ?? 0;
  return (
    <Page
      title={w.newTitle}
      actions={
        <Allowed
          roles={['operator', 'admin']}
          obstacle={draft.isFresh && faults > 0 ? w.mend : undefined}
          loading={save.isPending}
          onClick={() => save.mutate(undefined)}
        >
          {w.saveNew}
        </Allowed>
      }
    >
      <Tabs
        value={tab}
        onChange={(to) =>
          void navigate({
            to: '.',
            search: (before: object) => ({ ...before, tab: to === 'edit' ? undefined : (to as Tab) }),
          })
        }
      >
        <Tabs.List aria-label={w.tabs}>
          <Tabs.Tab value="edit">{w.edit}</Tabs.Tab>
          <Tabs.Tab value="try">{w.try}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="edit" pt="md">
          <DraftEditor draft={draft} notation={as} />
        </Tabs.Panel>
        <Tabs.Panel value="try" pt="md">
          <TryIt checked={draft.checked} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
