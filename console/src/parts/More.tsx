import { Button, Group } from '@mantine/core';
import { defineWords, useWords } from '../i18n/words';

const words = defineWords({ more: 'Show more' }, { more: 'Afficher la suite' });

/** Asks for the next page of a list, as long as there is one. */
export function More({ hasMore, isLoading, more }: { hasMore: boolean; isLoading: boolean; more: () => void }) {
  const w = useWords(words);
  if (!hasMore) return null;
  return (
    <Group justify="center">
      <Button variant="default" size="xs" loading={isLoading} onClick={more}>
        {w.more}
      </Button>
    </Group>
  );
}
