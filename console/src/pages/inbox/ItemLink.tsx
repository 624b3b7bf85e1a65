import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Item } from './queries';

/** The page on which an item is looked at as a whole. */
export function placeOf({ process, kind, subject, workflow_id }: Item): string {
  if (kind === 'tools') return `/mcp?server=${encodeURIComponent(subject)}`;
  if (process === 'order') return `/orders/${encodeURIComponent(subject)}`;
  if (process === 'audit') return `/projects/${encodeURIComponent(subject)}`;
  return `/runs/${encodeURIComponent(workflow_id ?? '')}`;
}

/** What an item is about, with the question below it. */
export function ItemLink({ item }: { item: Item }) {
  return (
    <>
      <Anchor component={Link} to={placeOf(item)} size="sm" fw={600} className="foreign">
        {item.title}
      </Anchor>
      <Text size="xs" c="dimmed" lineClamp={2} className="foreign">
        {item.question}
      </Text>
    </>
  );
}
