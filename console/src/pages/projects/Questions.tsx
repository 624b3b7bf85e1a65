import { Group, NumberInput, Paper, SimpleGrid, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Allowed } from '../../parts/Allowed';
import { faultsOf } from '../../parts/form/faults';
import { Json } from '../../parts/Json';
import { Empty, Failure } from '../../parts/states';
import { Status } from '../../parts/Status';
import { Time } from '../../parts/Time';
import { Files } from '../start/Files';
import { rowsOf } from '../start/rows';
import { words as startWords } from '../start/words';
import { reply, type Clarification, type Project, type Reply } from './queries';
import { words } from './words';

/** What the project asks people, and what they have answered. */
export function Questions({ project: { project_id, clarifications } }: { project: Project }) {
  const w = useWords(words);
  if (clarifications.length === 0) return <Empty>{w.noQuestions}</Empty>;
  return (
    <Stack>
      {clarifications.map((question) => (
        <Question key={question.clarification_id + question.digest} projectId={project_id} question={question} />
      ))}
    </Stack>
  );
}

function Question({ projectId, question }: { projectId: string; question: Clarification }) {
  const w = useWords(words);
  const format = useFormat();
  const { status, decision, shows, expires_at } = question;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Group gap="xs">
          <Status state={status} />
          {status === 'open' && (
            <Text size="sm">
              {w.openUntil} <Time at={expires_at} />
            </Text>
          )}
        </Group>
        <Title order={2} size="h5" className="foreign" fw={500}>
          {question.question}
        </Title>
        {shows !== undefined && <Json value={shows} label={question.question} />}
        {decision && (
          <Text size="sm" className="foreign">
            {w.answered(decision.by)}
            {format.colon}
            {decision.choice} · <Time at={decision.decided_at} /> {decision.comment}
          </Text>
        )}
        {status === 'open' && <AnswerForm projectId={projectId} question={question} />}
      </Stack>
    </Paper>
  );
}

function AnswerForm({ projectId, question }: { projectId: string; question: Clarification }) {
  const w = useWords(words);
  const s = useWords(startWords).audit;
  const client = useQueryClient();
  const [pasted, setPasted] = useState('');
  const [files, setFiles] = useState<File[]>([]);
  const [facts, setFacts] = useState<Pick<Reply, 'hourly_rate' | 'working_days'>>({});
  const [comment, setComment] = useState('');
  const send = useMutation({
    mutationFn: (given: Reply) => reply(projectId, question, { ...given, comment }),
    onSettled: () => client.invalidateQueries({ queryKey: ['projects', 'one', projectId] }),
  });
  const faultAt = faultsOf(send.error);
  const takesRows = question.choices.includes('provide');
  const rows = rowsOf(pasted);
  const numberOf = (value: string | number) => (value === '' ? undefined : Number(value));
  const named = w.choices as Readonly<Record<string, string>>;
  return (
    <Stack gap="sm">
      {takesRows && (
        <>
          <Textarea
            label={s.rows}
            description={s.rowsAbout}
            error={faultAt('/work_context/rows')}
            autosize
            minRows={4}
            maxRows={12}
            value={pasted}
            onChange={({ currentTarget }) => setPasted(currentTarget.value)}
          />
          {rows.length > 0 && (
            <Text size="sm" role="status">
              {s.read(rows.length)}
            </Text>
          )}
          <Files label={s.drop} hint={s.kinds} files={files} onChange={setFiles} error={faultAt('/file')} most={1} />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <NumberInput
              label={w.rate}
              min={0}
              error={faultAt('/work_context/hourly_rate')}
              value={facts.hourly_rate ?? ''}
              onChange={(value) => setFacts((before) => ({ ...before, hourly_rate: numberOf(value) }))}
            />
            <NumberInput
              label={w.days}
              min={0}
              max={31}
              error={faultAt('/work_context/period/working_days')}
              value={facts.working_days ?? ''}
              onChange={(value) => setFacts((before) => ({ ...before, working_days: numberOf(value) }))}
            />
          </SimpleGrid>
        </>
      )}
      <Textarea
        label={w.comment}
        autosize
        value={comment}
        onChange={({ currentTarget }) => setComment(currentTarget.value)}
      />
      {send.error && <Failure error={send.error} />}
      {send.data && <Text role="status">{w.sent}</Text>}
      <Group gap="xs">
        {takesRows && (
          <Allowed
            roles={['approver', 'requester']}
            loading={send.isPending}
            onClick={() => send.mutate({ rows, ...facts, file: files[0], choice: files[0] ? undefined : 'provide' })}
          >
            {w.provide}
          </Allowed>
        )}
        {question.choices
          .filter((choice) => choice !== 'provide')
          .map((choice) => (
            <Allowed
              key={choice}
              roles={['approver', 'requester']}
              variant="default"
              loading={send.isPending}
              onClick={() => send.mutate({ choice })}
            >
              {named[choice] ?? choice}
            </Allowed>
          ))}
      </Group>
    </Stack>
  );
}
