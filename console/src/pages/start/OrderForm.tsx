import { NativeSelect, SimpleGrid, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Role } from '../../api/session';
import { useLanguage, useWords } from '../../i18n/words';
import { Allowed } from '../../parts/Allowed';
import { faultsOf } from '../../parts/form/faults';
import { Files } from './Files';
import { submitOrder, submitSample, type OrderFields } from './queries';
import { StartForm } from './StartForm';
import { words } from './words';

const ROLES: readonly Role[] = ['requester', 'approver', 'operator', 'admin'];

/** An order as it came by e-mail; then it is shown. */
export function OrderForm() {
  const w = useWords(words);
  const { language } = useLanguage();
  const navigate = useNavigate();
  const [fields, setFields] = useState<OrderFields>({ language });
  const [files, setFiles] = useState<File[]>([]);
  const [isMissing, setMissing] = useState(false);
  const show = ({ order_id }: { order_id: string }) => navigate({ to: `/orders/${encodeURIComponent(order_id)}` });
  const order = useMutation({ mutationFn: () => submitOrder(fields, files), onSuccess: show });
  const sample = useMutation({ mutationFn: submitSample, onSuccess: show });
  const faultAt = faultsOf(order.error);
  const put = (name: keyof OrderFields) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setFields((before) => ({ ...before, [name]: value }));
  };
  return (
    <StartForm
      about={w.order.about}
      submit={w.order.submit}
      roles={ROLES}
      isPending={order.isPending}
      error={order.error ?? sample.error}
      onSubmit={() => {
        setMissing(files.length === 0);
        if (files.length > 0) order.mutate();
      }}
      more={
        <Allowed roles={ROLES} variant="default" loading={sample.isPending} onClick={() => sample.mutate()}>
          {w.order.sample}
        </Allowed>
      }
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={w.order.from}
          type="email"
          error={faultAt('/from_email')}
          value={fields.from_email ?? ''}
          onChange={put('from_email')}
        />
        <TextInput
          label={w.order.subject}
          error={faultAt('/subject')}
          value={fields.subject ?? ''}
          onChange={put('subject')}
        />
      </SimpleGrid>
      <Textarea
        label={`${w.order.address} ${w.optional}`}
        error={faultAt('/delivery_address')}
        autosize
        minRows={2}
        value={fields.delivery_address ?? ''}
        onChange={put('delivery_address')}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={`${w.order.date} ${w.optional}`}
          type="date"
          error={faultAt('/delivery_date')}
          value={fields.delivery_date ?? ''}
          onChange={put('delivery_date')}
        />
        <NativeSelect
          label={w.order.language}
          error={faultAt('/language')}
          data={[
            { value: 'en', label: w.english },
            { value: 'fr', label: w.french },
          ]}
          value={fields.language}
          onChange={put('language')}
        />
      </SimpleGrid>
      <Files
        label={w.order.drop}
        hint={w.order.kinds}
        files={files}
        onChange={(chosen) => {
          setFiles(chosen);
          setMissing(false);
        }}
        error={isMissing ? w.order.noFiles : faultAt('/files')}
      />
      <Text size="sm" c="dimmed">
        {w.order.fromMail}
      </Text>
    </StartForm>
  );
}
