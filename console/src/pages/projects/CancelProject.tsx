import { Button, Group, Stack, Text } from '@mantine/core';
import { useWords } from '../../i18n/words';
import { words } from './words';
import { Dialog } from '../../parts/Dialog';

export function CancelProject({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const w = useWords(words);
  return (
    <Dialog onClose={onClose} title={w.cancelAsk} centered>
      <Stack>
        <Text>{w.cancelWords}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {w.keep}
          </Button>
          <Button color="red" onClick={onDone}>
            {w.cancel}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
