import { Alert, Group, Loader, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { answer, api, ApiProblem } from '../../api/client';
import { useWords } from '../../i18n/words';
import { ReasonDialog } from '../../parts/ReasonDialog';
import { words } from './decide.words';
import { drawnIn, isOpen } from './model';
import { NewSince } from './NewSince';
import { PlanFacts } from './PlanFacts';
import { runKey, runQuery, type Question, type Run } from './queries';

interface DecideDialogProps {
  run: Run;
  /** as it was shown when somebody began to decide */
  question: Question;
  choice: string;
  onClose: () => void;
}

/** Milliseconds between two looks for what is asked next. */
const LOOK_AGAIN = 700;

/**
 * Decides exactly what it shows: the decision carries its digest. If something else is asked by then, it shows what is
 * new, and asks again.
 */
export function DecideDialog({ run, question, choice, onClose }: DecideDialogProps) {
  const w = useWords(words);
  const client = useQueryClient();
  const [shown, setShown] = useState(question);
  /** what was shown before something else was asked */
  const [before, setBefore] = useState<Question>();
  const { workflow_id } = run;
  const next = run.approvals.find(
    (one) => one.status === 'open' && one.kind === shown.kind && one.choices.includes(choice),
  );
  const isGone = before === shown;
  if (isGone && next && next.digest !== shown.digest) setShown(next);
  const isOver = isGone && !isOpen(run);
  useEffect(() => {
    if (!isGone || isOver) return;
    const timer = window.setInterval(
      () => void client.invalidateQueries({ queryKey: runQuery(workflow_id).queryKey }),
      LOOK_AGAIN,
    );
    return () => window.clearInterval(timer);
  }, [isGone, isOver, client, workflow_id]);

  const word = (w.choices as Readonly<Record<string, string>>)[choice] ?? choice;
  const decision = useMutation({
    mutationFn: (comment: string) =>
      answer(
        api.POST('/runs/{workflow_id}/decide', {
          params: { path: { workflow_id } },
          body: { approval_id: shown.approval_id, choice, digest: shown.digest, comment: comment || undefined },
        }),
      ),
    onSuccess() {
      notifications.show({ message: w.done(word), color: 'green' });
      onClose();
    },
    onError(error) {
      if (!(error instanceof ApiProblem) || ![409, 412].includes(error.status)) return;
      const made = error.facts['decision'] as Question['decision'];
      if (!made) return setBefore(shown);
      notifications.show({
        message: w.late(made.by, made.choice),
        color: 'yellow',
        autoClose: false,
      });
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: runKey(workflow_id) }),
  });

  const { error } = decision;
  const isOther = error instanceof ApiProblem && [409, 412].includes(error.status);
  const drawn = drawnIn(shown);
  const seen = before && before !== shown ? drawnIn(before)?.version : undefined;
  return (
    <ReasonDialog
      title={`${word} · ${(w.kinds as Readonly<Record<string, string>>)[shown.kind] ?? shown.kind}`}
      action={before ? w.yes(word) : word}
      color={['reject', 'fail'].includes(choice) ? 'red' : undefined}
      isNeeded={choice === 'reject'}
      onDone={(reason) => {
        if (!isGone && !decision.isPending) decision.mutate(reason);
      }}
      onClose={onClose}
    >
      <Stack gap="sm">
        {before && (
          <Alert role="alert" color="orange" variant="light" title={w.moved} icon={<IconAlertTriangle />}>
            {isOver ? (
              w.over
            ) : isGone ? (
              <Group gap="xs">
                <Loader size="xs" /> {w.gone}
              </Group>
            ) : (
              w.movedAbout
            )}
          </Alert>
        )}
        {error && !isOther && (
          <Alert role="alert" color="red" variant="light">
            {error.message}
          </Alert>
        )}
        {!isGone && (
          <>
            <Text className="foreign">{shown.question}</Text>
            {drawn && <NewSince workflowId={workflow_id} drawn={drawn} seen={seen} />}
            {drawn && <PlanFacts drawn={drawn} />}
          </>
        )}
      </Stack>
    </ReasonDialog>
  );
}
