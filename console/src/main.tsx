import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import './app/styles.css';
import { client } from './app/query-client';
import { router } from './app/router';
import { theme } from './app/theme';
import { LanguageProvider } from './i18n/LanguageProvider';
import { KeysProvider } from './keys/KeysProvider';

const Messages = lazy(() => import('./parts/Messages'));

const place = document.getElementById('root');
if (place)
  createRoot(place).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <QueryClientProvider client={client}>
          <LanguageProvider>
            <Suspense>
              <Messages />
            </Suspense>
            <KeysProvider>
              <RouterProvider router={router} />
            </KeysProvider>
          </LanguageProvider>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
