import { Button, NativeSelect, NumberInput, SimpleGrid, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useLanguage, useWords } from '../../i18n/words';
import { faultsOf } from '../../parts/form/faults';
import { PlainTable } from '../../parts/PlainTable';
import { Files } from './Files';
import { requestAudit, type AuditFields } from './queries';
import { rowsOf, type WorkRow } from './rows';
import { StartForm } from './StartForm';
import { words } from './words';

const SAMPLE = `Category\tMinutes\tText
Invoicing\t40\tRe-type delivery notes into the invoice
Invoicing\t12\tRe-enter freight costs from the carrier portal into the invoice
Support\t30\tAnswer the same question about delivery dates
Support\t15\tPhone rings: a customer wants to know where the delivery is
Quotes\t25\tWait for the product manager to release a special price
Orders\t20\tPrint the order confirmation, sign it and scan it for the archive
`;

/** Rows that are shown of what was pasted. */
const SHOWN = 5;

/** The facts of an audit, with rows that are pasted or in a file; then its project is shown. */
export function AuditForm() {
  const w = useWords(words);
  const { language } = useLanguage();
  const navigate = useNavigate();
  const [fields, setFields] = useState<AuditFields>({
    request_text: '',
    currency: 'EUR',
    period_type: 'monthly',
    working_days: 21,
    rows_cover: 'day',
    language,
  });
  const [pasted, setPasted] = useState('');
  const [files, setFiles] = useState<File[]>([]);
  const [still] = useDebouncedValue(pasted, 200);
  const rows = useMemo(() => rowsOf(still), [still]);
  const audit = useMutation({
    mutationFn: () => requestAudit(fields, rowsOf(pasted), files[0]),
    onSuccess: ({ project_id }) => navigate({ to: '/projects/$projectId', params: { projectId: project_id } }),
  });
  const faults = faultsOf(audit.error);
  const faultAt = (json: string, form: string) => faults(`/work_context/${json}`) ?? faults(`/${form}`);
  const put = <K extends keyof AuditFields>(name: K, value: AuditFields[K]) =>
    setFields((before) => ({ ...before, [name]: value }));
  return (
    <StartForm
      about={w.audit.about}
      submit={w.audit.submit}
      roles={['requester', 'admin']}
      isPending={audit.isPending}
      error={audit.error}
      onSubmit={() => audit.mutate()}
      more={
        <Button
          variant="default"
          onClick={() => {
            setPasted(SAMPLE);
            setFields((before) => ({
              ...before,
              hourly_rate: 42,
              request_text: before.request_text || 'Audit of the back office',
            }));
          }}
        >
          {w.audit.sample}
        </Button>
      }
    >
      <Textarea
        label={w.audit.request}
        withAsterisk
        autosize
        minRows={2}
        error={faults('/request_text')}
        value={fields.request_text}
        onChange={({ currentTarget }) => put('request_text', currentTarget.value)}
      />
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <NumberInput
          label={w.audit.rate}
          error={faultAt('hourly_rate', 'hourly_rate')}
          min={0}
          clampBehavior="none"
          value={fields.hourly_rate ?? ''}
          onChange={(value) => put('hourly_rate', value === '' ? undefined : Number(value))}
        />
        <TextInput
          label={w.audit.currency}
          error={faultAt('currency', 'currency')}
          maxLength={3}
          value={fields.currency}
          onChange={({ currentTarget }) => put('currency', currentTarget.value.toUpperCase())}
        />
        <NativeSelect
          label={w.audit.language}
          data={[
            { value: 'en', label: w.english },
            { value: 'fr', label: w.french },
          ]}
          value={fields.language}
          onChange={({ currentTarget }) => put('language', currentTarget.value as AuditFields['language'])}
        />
        <NativeSelect
          label={w.audit.period}
          error={faultAt('period/type', 'period_type')}
          data={Object.entries(w.audit.periods).map(([value, label]) => ({ value, label }))}
          value={fields.period_type}
          onChange={({ currentTarget }) => put('period_type', currentTarget.value as AuditFields['period_type'])}
        />
        <NumberInput
          label={w.audit.days}
          error={faultAt('period/working_days', 'working_days')}
          min={0}
          max={366}
          clampBehavior="none"
          value={fields.working_days ?? ''}
          onChange={(value) => put('working_days', value === '' ? undefined : Number(value))}
        />
        <NativeSelect
          label={w.audit.cover}
          data={Object.entries(w.audit.covers).map(([value, label]) => ({ value, label }))}
          value={fields.rows_cover}
          onChange={({ currentTarget }) => put('rows_cover', currentTarget.value as AuditFields['rows_cover'])}
        />
      </SimpleGrid>
      <Textarea
        label={w.audit.rows}
        description={w.audit.rowsAbout}
        error={faults('/work_context/rows')}
        autosize
        minRows={4}
        maxRows={12}
        value={pasted}
        onChange={({ currentTarget }) => setPasted(currentTarget.value)}
      />
      {rows.length > 0 && <Preview rows={rows} />}
      <Files
        label={w.audit.drop}
        hint={w.audit.kinds}
        files={files}
        onChange={setFiles}
        error={faults('/file')}
        most={1}
      />
      {files.length > 0 && rows.length > 0 && <Text size="sm">{w.audit.either}</Text>}
    </StartForm>
  );
}

function Preview({ rows }: { rows: readonly WorkRow[] }) {
  const w = useWords(words);
  const without = rows.filter(({ estimated_minutes }) => typeof estimated_minutes !== 'number').length;
  return (
    <div>
      <Text size="sm" role="status">
        {w.audit.read(rows.length)}. {without > 0 && w.audit.without(without)}
      </Text>
      <PlainTable
        label={w.audit.preview}
        heads={[w.audit.category, w.audit.minutes, w.audit.text]}
        figures={[1]}
        rows={rows
          .slice(0, SHOWN)
          .map(({ category, estimated_minutes, text }) => [category, estimated_minutes, text.slice(0, 200)])}
      />
    </div>
  );
}
