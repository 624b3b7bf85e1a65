import { Alert, Button, Group, List, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ApiProblem } from '../../api/client';
import { useLanguage, useWords } from '../../i18n/words';
import { Failure } from '../../parts/states';
import type { Choice, Sent } from './decisions';
import { Differences } from './Differences';
import { differencesBetween, differencesOf } from './differences';
import { isAnswered, keptOn, type Edits } from './edits';
import type { Flag, Sight } from './flags';
import type { OrderNow } from './queries';
import { words } from './words';
import { Dialog } from '../../parts/Dialog';

interface DecideProps {
  choice: Choice;
  /** as the person was shown it */
  shown: Sight;
  edits: Edits;
  /** Sends the decision, bound to the digest of what was shown. */
  send: (choice: Choice, sight: Sight, edits: Edits, comment: string) => Promise<Sent>;
  onSent: (sent: Sent, choice: Choice) => void;
  /** the person wants to see what is there now */
  onLook: (now: OrderNow) => void;
  onClose: () => void;
}

/** Shows what a decision will change, old → new, before it is made; and again what others have changed meanwhile. */
export function Decide({ choice, shown, edits, send, onSent, onLook, onClose }: DecideProps) {
  const w = useWords(words);
  const [comment, setComment] = useState('');
  const [moved, setMoved] = useState<Sight>();
  const sight = moved ?? shown;
  const mine = moved ? keptOn(edits, moved) : edits;
  const decision = useMutation({
    mutationFn: () => send(choice, sight, mine, comment.trim()),
    onSuccess(sent) {
      if (sent.outcome === 'moved') setMoved(sent.now);
      else onSent(sent, choice);
    },
  });
  const decide = () => {
    if (!decision.isPending) decision.mutate();
  };
  const differences = differencesOf(sight, mine);
  const open = sight.flags.filter((flag) => !isAnswered(flag, mine));
  const isApproval = choice === 'approve';
  const problem = decision.error;
  return (
    <Dialog onClose={onClose} title={isApproval ? w.decide.approve : w.decide.save} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          decide();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) decide();
        }}
      >
        <Stack gap="sm">
          {moved && <Moved before={shown} after={moved} />}
          {problem && (
            <>
              {problem instanceof ApiProblem && problem.errors.length > 0 && <Text size="sm">{w.decide.wrong}</Text>}
              <Failure error={problem} />
            </>
          )}
          <Text size="sm">{isApproval ? w.decide.about : w.decide.saveAbout}</Text>
          {differences.length > 0 ? (
            <>
              <Title order={3} size="h6">
                {w.decide.yours}
              </Title>
              <Differences label={w.decide.yours} differences={differences} />
            </>
          ) : (
            <Text size="sm" fw={500}>
              {w.decide.nothing}
            </Text>
          )}
          {isApproval && <Left flags={open} severity="blocking" />}
          {isApproval && <Left flags={open} severity="warning" />}
          <Textarea
            label={w.decide.comment}
            value={comment}
            maxLength={4_000}
            autosize
            minRows={1}
            onChange={({ currentTarget }) => setComment(currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {w.decide.back}
            </Button>
            {moved && (
              <Button variant="default" onClick={() => onLook(moved.order)}>
                {w.decide.lookAtIt}
              </Button>
            )}
            <Button type="submit" loading={decision.isPending} data-autofocus>
              {moved && isApproval ? w.decide.approveAnyway : isApproval ? w.decide.approveNow : w.decide.saveNow}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** What others have changed since the order was shown. */
export function Moved({ before, after }: { before: Sight; after: Sight }) {
  const w = useWords(words);
  const alert = useRef<HTMLDivElement>(null);
  // so that nobody approves by a second Enter what they have not seen
  useEffect(() => alert.current?.focus(), [after]);
  const differences = differencesBetween(before, after);
  return (
    <>
      <Alert ref={alert} tabIndex={-1} color="orange" role="alert" icon={<IconAlertTriangle />}>
        {w.decide.moved}
      </Alert>
      <Title order={3} size="h6">
        {w.decide.movedWhat}
      </Title>
      {differences.length > 0 ? (
        <Differences label={w.decide.movedWhat} differences={differences} />
      ) : (
        <Text size="sm">{w.decide.movedNothing}</Text>
      )}
    </>
  );
}

/** Findings that nobody has answered, some of them by their words. */
function Left({ flags, severity }: { flags: readonly Flag[]; severity: 'blocking' | 'warning' }) {
  const w = useWords(words);
  const { language } = useLanguage();
  const left = flags.filter(({ anomaly }) => anomaly.severity === severity);
  if (left.length === 0) return null;
  return (
    <Stack gap={2}>
      <Text size="sm" fw={500}>
        {severity === 'blocking' ? w.decide.blocking(left.length) : w.decide.warnings(left.length)}
      </Text>
      <List size="sm">
        {left.slice(0, 5).map(({ id, anomaly: { line_id, message } }) => (
          <List.Item key={id} className="foreign">
            {line_id !== undefined && `${line_id}: `}
            {message[language]}
          </List.Item>
        ))}
      </List>
      {left.length > 5 && <Text size="sm">{w.decide.more(left.length - 5)}</Text>}
    </Stack>
  );
}
