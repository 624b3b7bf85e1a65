import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import { operators } from '../../api/session';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { SureDialog } from '../../parts/SureDialog';
import { Allowed } from '../../parts/Allowed';
import { Asked } from '../../parts/Asked';
import { Facts } from '../../parts/Facts';
import { Go } from '../../parts/Go';
import { Page } from '../../parts/Page';
import { Section } from '../../parts/Section';
import { Status } from '../../parts/Status';
import { useAction } from '../../parts/useAction';
import { Deliveries } from './Deliveries';
import { deleteWebhook, switchWebhook, webhookQuery, WEBHOOKS, type Webhook as Hook } from './queries';
import { words } from './words';

export const page = createLazyRoute('/webhooks/$id')({ component: Webhook });

/** A webhook: what it is told, and the last messages to it. */
function Webhook() {
  const w = useWords(words);
  const format = useFormat();
  const { id } = page.useParams();
  const query = useQuery(webhookQuery(id));
  return (
    <Page
      title={query.data?.url ?? id}
      about={query.data && <Status state={query.data.state} />}
      actions={
        <>
          {query.data && <Actions hook={query.data} />}
          <Go to="/webhooks">{w.title}</Go>
        </>
      }
    >
      <Asked query={query}>
        {(hook) => (
          <Stack>
            <Facts
              facts={[
                [w.id, hook.id],
                [w.description, hook.description],
                [w.events, hook.events.join(', ')],
                [w.workflows, hook.workflows?.join(', ')],
                [w.why, hook.reason],
                [w.by, hook.created_by],
                [w.at, format.instant(hook.created_at)],
              ]}
            />
            <Section title={w.deliveries}>
              <Deliveries id={id} />
            </Section>
          </Stack>
        )}
      </Asked>
    </Page>
  );
}

function Actions({ hook: { id, url, state } }: { hook: Hook }) {
  const w = useWords(words);
  const navigate = page.useNavigate();
  const [isAsked, setAsked] = useState(false);
  const turn = useAction({
    act: switchWebhook,
    done: (_, wanted) => (wanted.state === 'enable' ? w.enabled : `${w.disabled} ${w.disabledAbout}`),
    refresh: [WEBHOOKS],
  });
  const remove = useAction({
    act: () => deleteWebhook(id),
    done: () => w.deleted,
    refresh: [[...WEBHOOKS, 'list']],
    onDone: () => void navigate({ to: '/webhooks' }),
  });
  const isOn = state === 'enabled';
  return (
    <>
      <Allowed
        {...{ roles: operators, variant: 'default', loading: turn.isPending }}
        onClick={() => turn.mutate({ id, state: isOn ? 'disable' : 'enable' })}
      >
        {isOn ? w.disable : w.enable}
      </Allowed>
      <Allowed roles={operators} variant="default" onClick={() => setAsked(true)}>
        {w.delete}
      </Allowed>
      {isAsked && (
        <SureDialog
          title={`${w.deleteIt}: ${url}`}
          keep={w.cancel}
          action={w.deleteIt}
          color="red"
          isPending={remove.isPending}
          onDone={() => remove.mutate()}
          onClose={() => setAsked(false)}
        >
          {w.willDelete}
        </SureDialog>
      )}
    </>
  );
}
