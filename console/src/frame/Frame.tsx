import { ActionIcon, AppShell, Burger, Box, Button, Group, NavLink, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useWords } from '../i18n/words';
import { useKeys } from '../keys/keys';
import { Loading } from '../parts/states';
import { words } from './frame.words';
import { LiveState } from './LiveState';
import { navigation } from './navigation';

const Settings = lazy(() => import('./Settings'));

const KeysHelp = lazy(() => import('./KeysHelp'));
const Finder = lazy(() => import('./Finder'));

/** Frame around each page: where to go, who one is, whether what is shown is live. */
export function Frame() {
  const w = useWords(words);
  const [isOpen, { toggle, close }] = useDisclosure();
  const [over, setOver] = useState<'keys' | 'finder'>();
  const { pathname } = useLocation();
  useEffect(close, [pathname, close]);
  useKeys('AWE', [
    { keys: 'mod+K', words: w.search, run: () => setOver('finder') },
    { keys: 'shift+?', words: w.keys, run: () => setOver('keys') },
  ]);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="md"
    >
      <a className="skip" href="#content">
        {w.skip}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={w.menu} />
            <Text component={Link} to="/" fw={700} c="inherit" td="none">
              AWE
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Button
              visibleFrom="xs"
              variant="default"
              size="xs"
              leftSection={<IconSearch size={14} />}
              onClick={() => setOver('finder')}
            >
              {w.search} · Ctrl K
            </Button>
            <ActionIcon hiddenFrom="xs" variant="default" aria-label={w.search} onClick={() => setOver('finder')}>
              <IconSearch size={16} />
            </ActionIcon>
            <LiveState />
            <Suspense fallback={<Box w={28} />}>
              <Settings onKeys={() => setOver('keys')} />
            </Suspense>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" component="nav" aria-label={w.nav}>
        <Box style={{ overflowY: 'auto' }}>
          {navigation.map(({ to, word, icon: Sign }) => (
            <NavLink
              key={to}
              component={Link}
              to={to}
              label={w[word]}
              leftSection={<Sign size={16} aria-hidden />}
              active={to === '/' ? pathname === '/' : pathname === to || pathname.startsWith(`${to}/`)}
            />
          ))}
        </Box>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </AppShell.Main>
      <Suspense>
        {over === 'keys' && <KeysHelp onClose={() => setOver(undefined)} />}
        {over === 'finder' && <Finder onClose={() => setOver(undefined)} />}
      </Suspense>
    </AppShell>
  );
}
