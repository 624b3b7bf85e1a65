import { ActionIcon, Menu, Text, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconKeyboard, IconLanguage, IconLogout, IconMoon, IconUser } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { signOut, useSession } from '../api/session';
import { useLanguage, useWords } from '../i18n/words';
import { useAction } from '../parts/useAction';
import { words } from './frame.words';

/** Who one is, and how the console looks and speaks. */
export default function Settings({ onKeys }: { onKeys: () => void }) {
  const w = useWords(words);
  const client = useQueryClient();
  const session = useSession();
  const { language, choose } = useLanguage();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const leave = useAction({ act: (everywhere: boolean) => signOut(client, everywhere), refresh: [['session']] });
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon variant="default" aria-label={w.you}>
          <IconUser size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {session && (
          <Menu.Label>
            <Text size="sm" c="var(--mantine-color-text)" className="foreign">
              {session.name}
            </Text>
            {w.roles}: {session.roles.join(', ')}
          </Menu.Label>
        )}
        <Menu.Item
          leftSection={<IconMoon size={14} />}
          onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
        >
          {w.appearance}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLanguage size={14} />}
          lang={language === 'en' ? 'fr' : 'en'}
          onClick={() => choose(language === 'en' ? 'fr' : 'en')}
        >
          {w.language}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={14} />} onClick={onKeys} rightSection="?">
          {w.keys}
        </Menu.Item>
        <Menu.Item component="a" href="/docs" target="_blank" rel="noreferrer">
          {w.docs}
        </Menu.Item>
        {session?.sign_in === 'key' && (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<IconLogout size={14} />} onClick={() => leave.mutate(false)}>
              {w.signOut}
            </Menu.Item>
            <Menu.Item onClick={() => leave.mutate(true)}>{w.signOutEverywhere}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
