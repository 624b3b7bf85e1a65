import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useWords } from '../../i18n/words';
import { ReasonDialog } from '../../parts/ReasonDialog';
import { Status } from '../../parts/Status';
import { decide, INBOX, isPlain, type Item, type Kind } from './queries';
import { words } from './words';
import { Dialog } from '../../parts/Dialog';

type Choice = 'approve' | 'reject';

interface Result {
  item: Item;
  /** absent where it has worked */
  error?: string;
}

/** Decides several at once: only where nothing blocks and all are of one kind; a result for each. */
export function Together({
  items,
  onDone,
  children,
}: {
  items: readonly Item[];
  onDone: () => void;
  children: ReactNode;
}) {
  const w = useWords(words);
  const client = useQueryClient();
  const [asked, setAsked] = useState<Choice>();
  const [wish, setWish] = useState<{ choice: Choice; reason: string }>();
  const decision = useMutation({
    mutationFn: async ({ these, choice, reason }: { these: readonly Item[]; choice: Choice; reason: string }) => {
      const results: Result[] = [];
      // one after the other, as they would be by hand
      for (const item of these)
        results.push(
          await decide(item, choice, reason).then(
            () => ({ item }),
            (error: Error) => ({ item, error: error.message }),
          ),
        );
      return results;
    },
    onSettled: () => client.invalidateQueries({ queryKey: INBOX }),
  });

  const kinds = new Set(items.map(({ kind }) => kind));
  const [kind = ''] = kinds;
  const mayAll = kinds.size === 1 && items.every((item) => item.mine && !item.blocking && isPlain(item));
  const word = w.kinds[kind as Kind] ?? kind;
  const failed = decision.data?.filter(({ error }) => error !== undefined) ?? [];
  const close = () => {
    decision.reset();
    onDone();
  };
  return (
    <Paper withBorder p="xs">
      <Group gap="sm">
        <Text size="sm" role="status">
          {w.selected(items.length)}
        </Text>
        <Button size="compact-sm" disabled={!mayAll} onClick={() => setAsked('approve')}>
          {w.approveAll(items.length)}
        </Button>
        <Button size="compact-sm" color="red" variant="outline" disabled={!mayAll} onClick={() => setAsked('reject')}>
          {w.rejectAll(items.length)}
        </Button>
        {children}
        {!mayAll && (
          <Text size="xs" c="dimmed">
            {w.mixed}
          </Text>
        )}
      </Group>
      {asked && (
        <ReasonDialog
          title={asked === 'approve' ? w.approveAll(items.length) : w.rejectAll(items.length)}
          action={asked === 'approve' ? w.approve : w.reject}
          color={asked === 'reject' ? 'red' : undefined}
          isNeeded={asked === 'reject'}
          onClose={() => setAsked(undefined)}
          onDone={(reason) => {
            setAsked(undefined);
            setWish({ choice: asked, reason });
            decision.mutate({ these: items, choice: asked, reason });
          }}
        >
          <Text>{asked === 'approve' ? w.willApprove(items.length, word) : w.willReject(items.length, word)}</Text>
        </ReasonDialog>
      )}
      {decision.data && (
        <Dialog onClose={close} title={w.results(decision.data.length - failed.length, failed.length)}>
          <Stack gap="xs">
            {decision.data.map(({ item, error }) => (
              <Group key={item.id} gap="xs" wrap="nowrap" align="flex-start">
                <Status state={error === undefined ? 'completed' : 'failed'} />
                <Text size="sm" className="foreign">
                  {item.title}
                  {error && `: ${error}`}
                </Text>
              </Group>
            ))}
            <Group justify="flex-end">
              {failed.length > 0 && wish && (
                <Button
                  variant="default"
                  onClick={() => decision.mutate({ these: failed.map(({ item }) => item), ...wish })}
                >
                  {w.again}
                </Button>
              )}
              <Button onClick={close}>{w.close}</Button>
            </Group>
          </Stack>
        </Dialog>
      )}
    </Paper>
  );
}
