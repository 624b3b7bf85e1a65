import { Button, Group, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useWords } from '../../i18n/words';
import { useAction } from '../../parts/useAction';
import { remove, type StoredDefinition } from './queries';
import { words } from './words';
import { Dialog } from '../../parts/Dialog';

export function DeleteDefinition({ stored, onClose }: { stored: StoredDefinition; onClose: () => void }) {
  const w = useWords(words);
  const navigate = useNavigate();
  const action = useAction({
    act: () => remove(stored.id, stored.version),
    done: () => w.deleted(stored.name),
    refresh: [['definitions', 'list']],
    onDone: () => void navigate({ to: '/definitions' }),
  });
  return (
    <Dialog onClose={onClose} title={w.deleteAsk(stored.name)} centered>
      <Stack>
        <Text>{w.deleteWords}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {w.keep}
          </Button>
          <Button color="red" loading={action.isPending} onClick={() => action.mutate(undefined)}>
            {w.delete}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
