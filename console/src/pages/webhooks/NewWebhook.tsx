import { Alert, Button, Checkbox, Code, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ApiProblem } from '../../api/client';
import { useWords } from '../../i18n/words';
import { Dialog } from '../../parts/Dialog';
import { Go, pathOf } from '../../parts/Go';
import { Failure } from '../../parts/states';
import { useAction } from '../../parts/useAction';
import { createWebhook, EVENTS, WEBHOOKS, type WebhookEvent } from './queries';
import { words } from './words';
import { Copy } from '../../parts/Copy';

/** The form of a new webhook; afterwards its secret, this once. */
export function NewWebhook({ onClose }: { onClose: () => void }) {
  const w = useWords(words);
  const [url, setUrl] = useState('');
  const [description, setDescription] = useState('');
  const [events, setEvents] = useState<string[]>([]);
  const [isMissing, setMissing] = useState(false);
  const create = useAction({ act: createWebhook, refresh: [WEBHOOKS] });
  const chosen = EVENTS.filter((event): event is WebhookEvent => events.includes(event));
  return (
    <Dialog onClose={onClose} title={w.create} size="lg">
      {create.data ? (
        <Secret id={create.data.id} secret={create.data.secret} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setMissing(chosen.length === 0);
            if (chosen.length > 0) create.mutate({ url, description, events: chosen });
          }}
        >
          <Stack gap="sm">
            <TextInput
              data-autofocus
              required
              type="url"
              label={w.address}
              placeholder="https://hooks.example.com/awe"
              value={url}
              onChange={({ currentTarget }) => setUrl(currentTarget.value)}
            />
            <TextInput
              label={w.description}
              value={description}
              maxLength={1_000}
              onChange={({ currentTarget }) => setDescription(currentTarget.value)}
            />
            <Checkbox.Group label={w.events} value={events} onChange={setEvents} error={isMissing && w.none_chosen}>
              <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={8} verticalSpacing={10} mt={6} mb={6}>
                {EVENTS.map((event) => (
                  <Checkbox key={event} size="sm" value={event} label={event} />
                ))}
              </SimpleGrid>
            </Checkbox.Group>
            {create.error instanceof ApiProblem && <Failure error={create.error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {w.cancel}
              </Button>
              <Button type="submit" loading={create.isPending}>
                {w.save}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}

function Secret({ id, secret }: { id: string; secret: string }) {
  const w = useWords(words);
  return (
    <Alert color="orange" role="status" title={w.secret}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{w.secretAbout}</Text>
        <Code className="foreign">{secret}</Code>
        <Copy text={secret} size="xs" variant="default" />
        <Go to={pathOf('webhooks', id)}>{w.toWebhook}</Go>
      </Stack>
    </Alert>
  );
}
