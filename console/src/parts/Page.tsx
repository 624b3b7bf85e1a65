import './components.css';
import { Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

interface PageProps {
  /** the heading, and what the browser's tab says */
  title: string;
  /** stands before the title in the browser's tab, such as how many wait */
  count?: number;
  /** beside the heading */
  actions?: ReactNode;
  /** below the heading: state, facts, links; or what the page is, in words */
  about?: ReactNode;
  children: ReactNode;
}

/** Letters of a title, such as a goal, that has a line of its own above the actions. */
const LONG = 60;

/** Frame of each page: one heading, its actions, its content. */
export function Page({ title, count, actions, about, children }: PageProps) {
  useEffect(() => {
    document.title = `${count ? `(${count}) ` : ''}${title} · AWE`;
  }, [title, count]);
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={4} flex={title.length > LONG ? '1 1 100%' : '1 1 16rem'} miw={0}>
          <Title order={1} size="h3" className="foreign" tabIndex={-1} id="page-title">
            {title}
          </Title>
          {typeof about === 'string' ? (
            <Text size="sm" c="dimmed">
              {about}
            </Text>
          ) : (
            about
          )}
        </Stack>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
