import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useSyncExternalStore } from 'react';

/** Milliseconds in which a decision can be taken back: nothing has been sent by then. */
const GRACE = 5_000;

interface Waiting {
  id: string;
  timer: number;
  send: () => void;
}

let waiting: readonly Waiting[] = [];
const listeners = new Set<() => void>();

function change(next: readonly Waiting[]): void {
  waiting = next;
  listeners.forEach((listener) => listener());
}

function take(id: string): Waiting | undefined {
  const found = waiting.find((one) => one.id === id);
  if (found) {
    window.clearTimeout(found.timer);
    change(waiting.filter((one) => one !== found));
    notifications.hide(id);
  }
  return found;
}

/** Sends something in a moment, unless whoever wanted it takes it back; at once where the page is left. */
export function sendLater({
  id,
  words,
  undo,
  send,
}: {
  id: string;
  words: string;
  undo: string;
  send: () => void;
}): void {
  take(id);
  const timer = window.setTimeout(() => take(id)?.send(), GRACE);
  change([...waiting, { id, timer, send }]);
  notifications.show({
    id,
    autoClose: GRACE,
    withCloseButton: false,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" className="foreign">
          {words}
        </Text>
        <Button size="compact-sm" variant="light" onClick={() => void takeBack(id)}>
          {undo}
        </Button>
      </Group>
    ),
  });
}

/** Takes back what is not sent yet, the last of it first. @returns false where there is nothing */
export const takeBack = (id = waiting.at(-1)?.id): boolean => id !== undefined && take(id) !== undefined;

/** Ids of what is about to be sent. */
export const useWaiting = (): readonly Waiting[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => waiting,
  );

window.addEventListener('pagehide', () => {
  for (const { id } of waiting) take(id)?.send();
});
