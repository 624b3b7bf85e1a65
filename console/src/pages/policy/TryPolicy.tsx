import {
  Alert,
  Button,
  Group,
  List,
  NativeSelect,
  NumberInput,
  Paper,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { PlainTable } from '../../parts/PlainTable';
import { Status } from '../../parts/Status';
import { numberOf, textOf } from '../../parts/search';
import { Failure } from '../../parts/states';
import { pastJobsQuery, tryPolicy, type Trial } from './queries';
import type { PolicySearch } from './route';
import { words } from './words';

interface TryPolicyProps {
  search: Omit<PolicySearch, 'tab'>;
  onChange: (change: Partial<PolicySearch>) => void;
}

/** A policy on a past plan: the one in force, or a draft. */
export function TryPolicy({ search: { job, run, version }, onChange }: TryPolicyProps) {
  const w = useWords(words);
  const jobs = useQuery(pastJobsQuery);
  const [draft, setDraft] = useState('');
  const [isMissing, setMissing] = useState(false);
  const trial = useMutation({ mutationFn: tryPolicy });
  const known = jobs.data ?? [];
  return (
    <Stack>
      <Text size="sm">{w.tryAbout}</Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setMissing(job === undefined && run === undefined);
          if (job !== undefined || run !== undefined) trial.mutate({ job, run, version, draft });
        }}
      >
        <Stack gap="sm" maw={720}>
          <NativeSelect
            label={w.job}
            value={known.some(({ job_id }) => job_id === job) ? job : ''}
            data={[
              { value: '', label: w.pickJob },
              ...known.map(({ job_id, goal }) => ({ value: job_id, label: `${job_id} · ${goal.slice(0, 80)}` })),
            ]}
            onChange={({ currentTarget }) =>
              onChange({ job: textOf(currentTarget.value), run: undefined, version: undefined })
            }
          />
          <Group grow align="flex-start" preventGrowOverflow={false}>
            <TextInput
              label={w.jobId}
              value={job ?? ''}
              error={isMissing && w.choose}
              onChange={({ currentTarget }) => onChange({ job: textOf(currentTarget.value), run: undefined })}
            />
            <TextInput
              label={w.run}
              value={run ?? ''}
              onChange={({ currentTarget }) => onChange({ run: textOf(currentTarget.value), job: undefined })}
            />
            <NumberInput
              label={w.version}
              placeholder={w.newest}
              min={1}
              allowDecimal={false}
              value={version ?? ''}
              onChange={(value) => onChange({ version: numberOf(value) })}
            />
          </Group>
          <Textarea
            label={w.draft}
            description={w.draftAbout}
            value={draft}
            autosize
            minRows={4}
            maxRows={20}
            spellCheck={false}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            onChange={({ currentTarget }) => setDraft(currentTarget.value)}
          />
          <Group>
            <Button type="submit" loading={trial.isPending}>
              {w.trial}
            </Button>
          </Group>
        </Stack>
      </form>
      <div aria-live="polite">
        {trial.error && <Failure error={trial.error} />}
        {trial.data && <Result trial={trial.data} />}
      </div>
    </Stack>
  );
}

function Result({ trial }: { trial: Trial }) {
  const w = useWords(words);
  const format = useFormat();
  const { counts, steps, changed, limits } = trial;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Group gap="xs">
          <Title order={2} size="h5">
            {w.whole}
          </Title>
          <Status state={trial.effect} />
          <Text size="sm">
            {w.counts(format.number(counts.allow), format.number(counts.approve), format.number(counts.deny))}
          </Text>
        </Group>
        <Text size="sm" className="foreign">
          {trial.policy} <code>{trial.digest}</code>
        </Text>
        {!trial.input_known && <Text size="sm">{w.unknownInput}</Text>}
        {trial.unknown_tools.length > 0 && (
          <Alert color="yellow" title={w.unknownTools} className="foreign">
            {trial.unknown_tools.join(', ')}
          </Alert>
        )}
        {limits.length > 0 && (
          <Alert color="orange" title={w.limits} className="foreign">
            <List size="sm">
              {limits.map(({ limit, certain, message }) => (
                <List.Item key={limit}>
                  {certain ? w.certain : w.possible}
                  {format.colon}
                  {message}
                </List.Item>
              ))}
            </List>
          </Alert>
        )}
        <PlainTable
          label={w.steps}
          heads={[w.step, w.uses, w.effect, w.rule, w.reason, w.was]}
          rows={steps.map(({ step_id, uses, effect, rule, reason, was }) => [
            step_id,
            uses,
            <Status key="effect" state={effect} />,
            rule,
            reason,
            was && (
              <Stack gap={2} align="flex-start" key="was">
                <Status state={was.effect} />
                <Text size="xs">
                  {was.rule}
                  {changed.includes(step_id) && ` (${w.differs})`}
                </Text>
              </Stack>
            ),
          ])}
        />
      </Stack>
    </Paper>
  );
}
