import '../../parts/components.css';
import { Alert, Button, Center, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { signIn } from '../../api/session';
import { defineWords, useWords } from '../../i18n/words';

const words = defineWords(
  {
    title: 'Sign in',
    key: 'Your key',
    about: 'The key that you also use with the API. It is exchanged for a session, and not kept in this browser.',
    action: 'Sign in',
    none: 'Enter your key.',
  },
  {
    title: 'Connexion',
    key: 'Votre clé',
    about:
      'La clé que vous utilisez aussi avec l’API. Elle est échangée contre une session, et n’est pas gardée dans ce navigateur.',
    action: 'Se connecter',
    none: 'Saisissez votre clé.',
  },
);

/** A key is exchanged for a session; then the page that was asked for is shown. */
export default function SignIn() {
  const w = useWords(words);
  const client = useQueryClient();
  const [key, setKey] = useState('');
  const [missing, setMissing] = useState(false);
  const entry = useMutation({ mutationFn: () => signIn(client, key.trim()) });
  useEffect(() => void (document.title = `${w.title} · AWE`), [w]);
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder p="xl" maw={420} w="100%">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setMissing(key.trim() === '');
            if (key.trim() !== '') entry.mutate();
          }}
        >
          <Stack>
            <Title order={1} size="h3">
              AWE · {w.title}
            </Title>
            <Text c="dimmed" size="sm">
              {w.about}
            </Text>
            <PasswordInput
              label={w.key}
              value={key}
              autoFocus
              autoComplete="current-password"
              error={missing && w.none}
              onChange={({ currentTarget }) => setKey(currentTarget.value)}
            />
            {entry.error && (
              <Alert color="red" role="alert">
                {entry.error.message}
              </Alert>
            )}
            <Button type="submit" loading={entry.isPending}>
              {w.action}
            </Button>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}
