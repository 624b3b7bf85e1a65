import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Dialog } from './Dialog';

interface SureDialogProps {
  title: string;
  /** what will happen, in words */
  children: ReactNode;
  /** the word on the button that leaves things as they are, and has the focus */
  keep: string;
  /** the word on the button that does it */
  action: string;
  color?: string;
  size?: string;
  isPending?: boolean;
  onDone: () => void;
  onClose: () => void;
}

/** Asks once more before something is done. With a reason, it is a `ReasonDialog`. */
export function SureDialog({
  title,
  children,
  keep,
  action,
  color,
  size,
  isPending,
  onDone,
  onClose,
}: SureDialogProps) {
  return (
    <Dialog onClose={onClose} title={title} centered size={size}>
      <Stack>
        {typeof children === 'string' ? <Text>{children}</Text> : children}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {keep}
          </Button>
          <Button color={color} loading={isPending} onClick={onDone}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
