import { ActionIcon, Menu } from '@mantine/core';
import { IconCheck, IconDots, IconPlayerPlay } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMay } from '../../api/session';
import { useWords } from '../../i18n/words';
import { useKeys } from '../../keys/keys';
import { Allowed } from '../../parts/Allowed';
import { idOfField } from './desk';
import { countOf, type Edits } from './edits';
import type { OrderNow } from './queries';
import type { Work } from './use-work';
import { words } from './words';

/** A dialog over the order. */
export type Over = 'approve' | 'correct' | 'changes' | 'reject' | 'read-again' | 'split';

interface ActionsProps {
  work: Work;
  order: OrderNow;
  edits: Edits;
  onOver: (over: Over) => void;
}

const APPROVER = ['approver'] as const;

/** What can be done with an order, and the keys for it. */
export function Actions({ work, order, edits, onOver }: ActionsProps) {
  const w = useWords(words);
  const may = useMay('approver');
  const count = countOf(edits);
  const isOpen = order.question !== undefined && work.shown !== undefined;
  const closed = isOpen ? undefined : w.notOpen;
  const unsaved = closed ?? (count === 0 ? w.nothingToSave : undefined);
  const decide = (over: Over) => () => {
    if (!may || !isOpen) return;
    // what cannot be read stays in its field, and is gone to
    const [faulty] = edits.faulty.keys();
    if (faulty !== undefined && (over === 'approve' || over === 'correct'))
      document.getElementById(idOfField(faulty))?.focus();
    else if (over !== 'correct' || count > 0) onOver(over);
  };
  useKeys(w.keys.title, [
    { keys: 'a', words: w.keys.approve, run: decide('approve') },
    { keys: 'mod+Enter', words: w.keys.approve, run: decide('approve') },
    { keys: 's', words: w.keys.save, run: decide('correct') },
    { keys: 'r', words: w.keys.reject, run: decide('reject') },
  ]);
  return (
    <>
      <Allowed
        roles={APPROVER}
        obstacle={closed}
        onClick={decide('approve')}
        leftSection={<IconCheck size={16} aria-hidden />}
      >
        {w.approve}
      </Allowed>
      <Allowed roles={APPROVER} obstacle={unsaved} onClick={decide('correct')} variant="default">
        {w.save}
        {count > 0 && ` (${count})`}
      </Allowed>
      <Allowed roles={APPROVER} obstacle={closed} onClick={decide('reject')} variant="default">
        {w.reject}
      </Allowed>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={w.more}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={!may || !isOpen} onClick={() => onOver('read-again')}>
            {w.readAgain}
          </Menu.Item>
          <Menu.Item
            disabled={!may || !isOpen || !order.question?.choices.includes('split')}
            onClick={() => onOver('split')}
          >
            {w.split}
          </Menu.Item>
          <Menu.Item
            component={Link}
            to={`/runs/${order.workflow_id}`}
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
          >
            {w.run}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
