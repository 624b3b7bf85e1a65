import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useWords } from '../../i18n/words';
import { ReasonDialog } from '../../parts/ReasonDialog';
import { useAction } from '../../parts/useAction';
import type { Over } from './Actions';
import { Decide, Moved } from './Decide';
import { readAgain, rejectOrder, sendDecision, splitOrder, type Choice } from './decisions';
import { noEdits, type Edits } from './edits';
import type { OrderNow } from './queries';
import type { Work } from './use-work';
import { words } from './words';
import { Dialog } from '../../parts/Dialog';

interface OversProps {
  over: Over | undefined;
  work: Work;
  order: OrderNow;
  edits: Edits;
  onClose: () => void;
  onBlocked: (isBlocked: boolean) => void;
}

/** The dialog that is open over an order. */
export function Overs({ over, work, order, edits, onClose, onBlocked }: OversProps) {
  const w = useWords(words);
  const client = useQueryClient();
  const { shown, moved, adopt } = work;
  const shownOrder = shown?.order ?? order;
  const [key, history] = [
    ['order', order.order_id],
    ['order-history', order.order_id],
  ];
  const done = (words: string) => ({ done: () => words, refresh: [key, history], onDone: onClose });
  const reject = useAction({ act: (reason: string) => rejectOrder(shownOrder, reason), ...done(w.decide.rejected) });
  const again = useAction({ act: (comment: string) => readAgain(shownOrder, comment), ...done(w.decide.again) });
  const split = useAction({ act: (comment: string) => splitOrder(shownOrder, comment), ...done(w.decide.splitting) });

  if (over === undefined || !shown) return null;
  if (over === 'approve' || over === 'correct')
    return (
      <Decide
        key={over}
        choice={over}
        shown={shown}
        edits={edits}
        send={sendDecision}
        onSent={(sent, choice: Choice) => {
          if (sent.outcome === 'moved') return;
          adopt(sent.now, noEdits);
          onBlocked(sent.outcome === 'blocked');
          onClose();
          void client.invalidateQueries({ queryKey: history });
          void client.invalidateQueries({ queryKey: ['order-corrections', order.order_id] });
          if (sent.outcome === 'done')
            notifications.show({ message: choice === 'approve' ? w.decide.approved : w.decide.saved, color: 'green' });
        }}
        onLook={(now) => {
          adopt(now);
          onClose();
        }}
        onClose={onClose}
      />
    );
  if (over === 'changes')
    return (
      <Dialog onClose={onClose} title={w.decide.movedWhat} size="lg">
        <Stack gap="sm">
          {moved && <Moved before={shown} after={moved} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {w.decide.back}
            </Button>
            <Button
              data-autofocus
              onClick={() => {
                adopt(order);
                onClose();
              }}
            >
              {w.decide.lookAtIt}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    );
  const dialogs = {
    reject: { title: w.rejectTitle, about: w.rejectAbout, word: w.reject, action: reject },
    'read-again': { title: w.readAgainTitle, about: w.readAgainAbout, word: w.readAgain, action: again },
    split: { title: w.splitTitle, about: w.splitAbout, word: w.split, action: split },
  };
  const { title, about, word, action } = dialogs[over];
  return (
    <ReasonDialog
      title={title}
      action={word}
      color={over === 'reject' ? 'red.9' : undefined}
      isNeeded={over === 'reject'}
      onDone={(reason) => action.mutate(reason)}
      onClose={onClose}
    >
      <Text>{about}</Text>
    </ReasonDialog>
  );
}
