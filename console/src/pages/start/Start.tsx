import { Tabs } from '@mantine/core';
import { createLazyRoute, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/words';
import { Page } from '../../parts/Page';
import { AgentRunForm } from './AgentRunForm';
import { AuditForm } from './AuditForm';
import { DefinitionForm } from './DefinitionForm';
import { GoalForm } from './GoalForm';
import { OrderForm } from './OrderForm';
import { KINDS, startRoute, type Kind } from './route';
import { words } from './words';

export const page = createLazyRoute('/start')({ component: Start });

const FORMS: Readonly<Record<Kind, () => ReactNode>> = {
  order: OrderForm,
  audit: AuditForm,
  goal: GoalForm,
  'agent-run': AgentRunForm,
  definition: DefinitionForm,
};

function Start() {
  const w = useWords(words);
  const navigate = useNavigate();
  const { what = 'order' } = startRoute.useSearch();
  return (
    <Page title={w.title}>
      <Tabs
        value={what}
        onChange={(kind) => void navigate({ to: '/start', search: { what: (kind ?? 'order') as Kind } })}
      >
        <Tabs.List aria-label={w.tabs}>
          {KINDS.map((kind) => (
            <Tabs.Tab key={kind} value={kind}>
              {w.kinds[kind]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {KINDS.map((kind) => {
          const Form = FORMS[kind];
          return (
            <Tabs.Panel key={kind} value={kind} pt="md" maw={760}>
              <Form />
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </Page>
  );
}
