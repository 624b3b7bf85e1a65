import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Role } from '../../api/session';
import { Allowed } from '../../parts/Allowed';
import { Failure } from '../../parts/states';

interface StartFormProps {
  about: string;
  /** the word on the button that starts it */
  submit: string;
  roles: readonly Role[];
  isPending: boolean;
  error: Error | null;
  onSubmit: () => void;
  /** beside the button */
  more?: ReactNode;
  children: ReactNode;
}

/** A form that starts something: what it is for, its fields, and why it was refused. */
export function StartForm({ about, submit, roles, isPending, error, onSubmit, more, children }: StartFormProps) {
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPending) onSubmit();
      }}
    >
      <Stack>
        <Text>{about}</Text>
        {children}
        {error && <Failure error={error} />}
        <Group>
          <Allowed roles={roles} loading={isPending} onClick={onSubmit}>
            {submit}
          </Allowed>
          {more}
        </Group>
      </Stack>
    </form>
  );
}
