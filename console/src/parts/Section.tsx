import { Group, Stack, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';

interface SectionProps {
  title: string;
  /** beside the heading */
  actions?: ReactNode;
  children: ReactNode;
}

/** Part of a page under a heading of its own. */
export function Section({ title, actions, children }: SectionProps) {
  const id = useId();
  return (
    <Stack gap="xs" component="section" aria-labelledby={id}>
      <Group justify="space-between" gap="xs">
        <Title order={2} size="h5" id={id} className="foreign">
          {title}
        </Title>
        {actions}
      </Group>
      {children}
    </Stack>
  );
}
