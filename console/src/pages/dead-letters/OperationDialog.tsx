import { Alert, Button, Code, Group, Progress, Stack, Text, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Dialog } from '../../parts/Dialog';
import { Asked } from '../../parts/Asked';
import { Go, pathOf } from '../../parts/Go';
import { Loading } from '../../parts/states';
import { useAction } from '../../parts/useAction';
import { DEAD_LETTERS, hasEnded, operate, operationQuery, type Action, type Filter, type Operation } from './queries';
import { words } from './words';

interface OperationDialogProps {
  action: Action;
  /** which letters: chosen ids, or all that match */
  filter: Filter;
  onClose: () => void;
}

/** An operation on dead letters: what would happen first, in words, then what has happened. */
export function OperationDialog({ action, filter, onClose }: OperationDialogProps) {
  const w = useWords(words);
  const client = useQueryClient();
  const [begun, setBegun] = useState<string>();
  const trial = useQuery({
    queryKey: ['operations', 'dry', action, filter],
    queryFn: () => operate({ action, filter, dry_run: true }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const close = () => {
    void client.invalidateQueries({ queryKey: DEAD_LETTERS });
    void client.invalidateQueries({ queryKey: ['operations'], refetchType: 'active' });
    onClose();
  };
  return (
    <Dialog onClose={close} centered size="lg" title={action === 'redrive' ? w.redrive : w.discard}>
      {begun === undefined ? (
        <Asked query={{ ...trial, isPending: false }}>
          {(id) => <Trial id={id} action={action} filter={filter} onBegun={setBegun} onClose={close} />}
        </Asked>
      ) : (
        <Outcome id={begun} onClose={close} />
      )}
      {trial.isPending && <Looking />}
    </Dialog>
  );
}

function Looking() {
  const w = useWords(words);
  return (
    <>
      <Text size="sm" role="status">
        {w.looking}
      </Text>
      <Loading />
    </>
  );
}

interface TrialProps extends OperationDialogProps {
  /** of the dry run */
  id: string;
  onBegun: (id: string) => void;
}

/** What would happen, and why it is wanted. */
function Trial({ id, action, filter, onBegun, onClose }: TrialProps) {
  const w = useWords(words);
  const format = useFormat();
  const query = useQuery(operationQuery(id));
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string>();
  const begin = useAction({
    // what has died since the dry run was not shown to whoever confirms
    act: ({ started_at }: Operation) =>
      operate({
        action,
        filter: filter.ids ? filter : { ...filter, before: earlier(filter.before, started_at) },
        dry_run: false,
        reason: reason.trim(),
      }),
    refresh: [],
    onDone: onBegun,
  });
  return (
    <Asked query={query}>
      {(found) => {
        if (!hasEnded(found)) return <Looking />;
        const { matched } = found.counts;
        const total = format.number(matched);
        if (matched === 0 || found.error) return <NothingToDo found={found} onClose={onClose} />;
        return (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (reason.trim() === '') setError(w.whyNeeded);
              else begin.mutate(found);
            }}
          >
            <Stack gap="sm">
              <Text role="status">
                {(action === 'redrive' ? w.willRedrive : w.willDiscard)(matched, total)} {!filter.ids && w.later}
              </Text>
              {found.limited && <Text size="sm">{w.limited}</Text>}
              <Text size="sm" c="dimmed" className="foreign">
                {w.among}
                {format.colon}
                {found.examples.slice(0, 10).join(', ')}
                {matched > Math.min(found.examples.length, 10) && '…'}
              </Text>
              <Textarea
                data-autofocus
                label={w.why}
                value={reason}
                error={error}
                maxLength={1_000}
                autosize
                minRows={2}
                onChange={({ currentTarget }) => setReason(currentTarget.value)}
              />
              <Group justify="flex-end">
                <Button variant="default" onClick={onClose}>
                  {w.cancel}
                </Button>
                <Button type="submit" color={action === 'discard' ? 'red' : undefined} loading={begin.isPending}>
                  {action === 'redrive' ? w.doRedrive(total) : w.doDiscard(total)}
                </Button>
              </Group>
            </Stack>
          </form>
        );
      }}
    </Asked>
  );
}

const earlier = (a: string | undefined, b: string): string => (a !== undefined && a < b ? a : b);

function NothingToDo({ found, onClose }: { found: Operation; onClose: () => void }) {
  const w = useWords(words);
  return (
    <Stack>
      {found.error ? (
        <Alert color="red" role="alert" title={w.failed}>
          {found.error.message}
        </Alert>
      ) : (
        <Text role="status">{w.none_matched}</Text>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose}>{w.close}</Button>
      </Group>
    </Stack>
  );
}

/** How far an operation is, and what it has done. */
function Outcome({ id, onClose }: { id: string; onClose: () => void }) {
  const w = useWords(words);
  const format = useFormat();
  const query = useQuery(operationQuery(id));
  return (
    <Asked query={query}>
      {(operation) => {
        const { matched, done, skipped, failed } = operation.counts;
        const ended = done + skipped + failed;
        return (
          <Stack gap="sm">
            {hasEnded(operation) ? (
              <Text role="status">{w.outcome(format.number(done), format.number(skipped), format.number(failed))}</Text>
            ) : (
              <>
                <Text role="status">{w.underWay(format.number(ended), format.number(matched))}</Text>
                <Progress value={matched === 0 ? 0 : (100 * ended) / matched} aria-label={w.underWay('', '')} />
              </>
            )}
            {operation.limited && <Text size="sm">{w.limited}</Text>}
            {operation.error && (
              <Alert color="red" role="alert" title={w.failed} className="foreign">
                {operation.error.message}
              </Alert>
            )}
            <Text size="sm" className="foreign">
              {w.by} {operation.by} · <Go to={pathOf('runs', id)}>{w.lines}</Go> <Code>{id}</Code>
            </Text>
            <Group justify="flex-end">
              <Button data-autofocus onClick={onClose}>
                {w.close}
              </Button>
            </Group>
          </Stack>
        );
      }}
    </Asked>
  );
}
