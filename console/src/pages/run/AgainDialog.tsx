import { Alert, Button, Checkbox, Group, List, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, api, ApiProblem, type Answer } from '../../api/client';
import { useWords } from '../../i18n/words';
import { Dialog } from '../../parts/Dialog';
import { Failure, Loading } from '../../parts/states';
import { Time } from '../../parts/Time';
import { useAction } from '../../parts/useAction';
import { words } from './again.words';

interface Again {
  workflow_id: string;
}

/** What would happen again; the contract answers `RerunPreview` with `preview`. */
interface Preview {
  runs?: string[];
  keeps?: string[];
  effects: Effect[];
}

interface Effect {
  id: string;
  step: string;
  tool: string;
  targets: { kind: string; target: string; access: string }[];
  status: string;
  at?: string;
}

interface AgainDialogProps {
  executionId: string;
  /** without it, its failed steps are tried again */
  fromStep?: string;
  onClose: () => void;
}

/** Runs an execution again from a step, or its failed steps: first it lists the effects that would happen again. */
export function AgainDialog({ executionId: execution_id, fromStep: from_step, onClose }: AgainDialogProps) {
  const w = useWords(words);
  const navigate = useNavigate();
  const [confirmed, setConfirmed] = useState(false);
  const [listed, setListed] = useState<Effect[]>([]);
  const params = { path: { execution_id } };
  const preview = useQuery({
    queryKey: ['rerun', execution_id, from_step],
    enabled: from_step !== undefined,
    retry: false,
    gcTime: 0,
    async queryFn({ signal }): Promise<Preview> {
      const body = { from_step: from_step ?? '', preview: true };
      const told = await answer(api.POST('/api/v1/executions/{execution_id}/rerun', { params, body, signal }));
      return told as Extract<Answer<'rerunExecution'>, { effects: unknown }>;
    },
  });
  const effects = from_step === undefined ? listed : (preview.data?.effects ?? []);
  const again = useAction({
    async act(): Promise<Again | undefined> {
      const confirm_effects = confirmed ? effects.map(({ id }) => id) : [];
      try {
        if (from_step === undefined)
          return await answer(
            api.POST('/api/v1/executions/{execution_id}/retry', { params, body: { confirm_effects } }),
          );
        const body = { from_step, confirm_effects, preview: false };
        return (await answer(api.POST('/api/v1/executions/{execution_id}/rerun', { params, body }))) as Again;
      } catch (error) {
        const lacking = error instanceof ApiProblem && error.status === 409 ? error.facts['effects'] : undefined;
        if (!Array.isArray(lacking)) throw error;
        setListed(lacking as Effect[]);
        setConfirmed(false);
        return undefined;
      }
    },
    refresh: [['run'], ['execution'], ['runs']],
    onDone(started) {
      if (!started) return;
      notifications.show({ message: w.begun, color: 'green' });
      onClose();
      if (from_step !== undefined)
        void navigate({ to: '/runs/$workflowId', params: { workflowId: started.workflow_id } });
    },
  });
  const isReady = from_step === undefined || preview.data !== undefined;
  const title = from_step === undefined ? w.failed : w.from(from_step);
  return (
    <Dialog onClose={onClose} title={title} centered size="lg">
      <Stack>
        <Text size="sm">{from_step === undefined ? w.failedAbout : w.fromAbout}</Text>
        {preview.error && <Failure error={preview.error} />}
        {!isReady && !preview.error && <Loading />}
        {preview.data && (
          <Text size="sm" className="foreign">
            {preview.data.runs?.join(', ')} · {w.keeps(preview.data.keeps?.length ?? 0)}
          </Text>
        )}
        {isReady && effects.length === 0 && from_step !== undefined && <Text size="sm">{w.none}</Text>}
        {effects.length > 0 && (
          <Alert color="orange" variant="light" title={w.effects} icon={<IconAlertTriangle />}>
            <List size="sm" className="foreign">
              {effects.map(({ id, step, tool, targets, status, at }) => (
                <List.Item key={id}>
                  <b>{step}</b> · {tool} ·{' '}
                  {targets.map(({ kind, target, access }) => `${access} ${kind} ${target}`).join(', ')} ·{' '}
                  {status === 'unknown' ? w.unknown : w.done} {at && <Time at={at} />}
                </List.Item>
              ))}
            </List>
            <Checkbox
              mt="sm"
              label={w.confirm}
              checked={confirmed}
              onChange={({ currentTarget }) => setConfirmed(currentTarget.checked)}
            />
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {w.cancel}
          </Button>
          <Button
            data-autofocus
            loading={again.isPending}
            disabled={!isReady || (effects.length > 0 && !confirmed)}
            onClick={() => again.mutate(undefined)}
          >
            {w.action}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
