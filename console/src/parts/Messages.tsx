import './components.css';
import { MantineThemeProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { defineWords, useWords } from '../i18n/words';

const words = defineWords({ close: 'Close the message' }, { close: 'Fermer le message' });

/** Short messages at the edge of the window. Their sign for closing has a name, whoever shows them. */
export default function Messages() {
  const closeButtonProps = { 'aria-label': useWords(words).close };
  return (
    <MantineThemeProvider theme={{ components: { Notification: { defaultProps: { closeButtonProps } } } }}>
      <Notifications position="bottom-right" limit={4} />
    </MantineThemeProvider>
  );
}
