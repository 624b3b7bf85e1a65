import { Group, Kbd, Stack, Switch, Text, Title } from '@mantine/core';
import { useWords } from '../i18n/words';
import { useKeysContext } from '../keys/keys';
import { words } from './frame.words';
import { Dialog } from '../parts/Dialog';

const SIGNS: Readonly<Record<string, string>> = { mod: 'Ctrl', 'shift+?': '?', Enter: '↵' };

/** All keys of what is shown. */
export default function KeysHelp({ onClose }: { onClose: () => void }) {
  const w = useWords(words);
  const { groups, letters, setLetters } = useKeysContext();
  return (
    <Dialog onClose={onClose} title={w.keyGroups}>
      <Stack>
        {[...groups].map(([group, keys]) => (
          <Stack key={group} gap={4}>
            <Title order={3} size="h6">
              {group}
            </Title>
            {keys.map(({ keys: combination, words: what }) => (
              <Group key={combination} justify="space-between">
                <Text size="sm">{what}</Text>
                <Kbd>{SIGNS[combination] ?? combination.replace('mod', 'Ctrl').replaceAll('+', ' ')}</Kbd>
              </Group>
            ))}
          </Stack>
        ))}
        <Switch
          label={w.letters}
          checked={letters}
          onChange={({ currentTarget }) => setLetters(currentTarget.checked)}
        />
      </Stack>
    </Dialog>
  );
}
