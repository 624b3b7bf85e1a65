import { Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useWords } from '../i18n/words';
import { Page } from './Page';
import { words } from './states.words';

/** What stands at an address that the console does not have. */
export default function NoPage() {
  const w = useWords(words);
  return (
    <Page title={w.missing}>
      <Text>{w.noPage}</Text>
      <Button component={Link} to="/" w="fit-content">
        {w.home}
      </Button>
    </Page>
  );
}
