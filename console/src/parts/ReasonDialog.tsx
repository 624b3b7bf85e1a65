import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { defineWords, useWords } from '../i18n/words';
import { Dialog } from './Dialog';

const words = defineWords(
  {
    reason: 'Reason',
    optional: 'Reason (may be left out)',
    cancel: 'Cancel',
    needed: 'Say why: it is kept with the decision.',
  },
  {
    reason: 'Raison',
    optional: 'Raison (facultative)',
    cancel: 'Annuler',
    needed: 'Dites pourquoi : c’est gardé avec la décision.',
  },
);

interface ReasonDialogProps {
  title: string;
  /** what will happen, in words */
  children?: ReactNode;
  /** the word on the button that does it */
  action: string;
  color?: string;
  isNeeded?: boolean;
  onDone: (reason: string) => void;
  onClose: () => void;
}

/** Asks once more before something is done, and why. */
export function ReasonDialog({ title, children, action, color, isNeeded = false, onDone, onClose }: ReasonDialogProps) {
  const w = useWords(words);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string>();
  const done = () => {
    if (isNeeded && reason.trim() === '') return setError(w.needed);
    onDone(reason.trim());
  };
  return (
    <Dialog onClose={onClose} title={title} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          done();
        }}
      >
        <Stack>
          {typeof children === 'string' ? <Text>{children}</Text> : children}
          <Textarea
            data-autofocus
            label={isNeeded ? w.reason : w.optional}
            value={reason}
            error={error}
            maxLength={2_000}
            autosize
            minRows={2}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
              event.preventDefault();
              done();
            }}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {w.cancel}
            </Button>
            <Button type="submit" color={color}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
