import { useHotkeys, type HotkeyItem } from '@mantine/hooks';
import { createContext, useContext, useEffect, useMemo } from 'react';

/** A key that does something on the page that is shown. `keys` as Mantine writes them: `j`, `mod+K`, `shift+?`. */
export interface Key {
  keys: string;
  words: string;
  run: () => void;
}

export interface Keys {
  /** single letters do something */
  letters: boolean;
  setLetters: (on: boolean) => void;
  /** all that are shown now, by their groups */
  groups: ReadonlyMap<string, readonly Key[]>;
  register: (group: string, keys: readonly Key[]) => () => void;
}

export const KeysContext = createContext<Keys>({
  letters: true,
  setLetters: () => undefined,
  groups: new Map(),
  register: () => () => undefined,
});

export const useKeysContext = (): Keys => useContext(KeysContext);

const isLetter = (keys: string): boolean => !/^((mod|ctrl|alt|meta)\+|(shift\+)?F\d|Escape$)/i.test(keys);

/** Keys of a page or part, as long as it is shown. Letters do nothing in fields, and can be switched off. */
export function useKeys(group: string, keys: readonly Key[]): void {
  const { letters, register } = useKeysContext();
  const words = keys.map((key) => `${key.keys} ${key.words}`).join('\n');
  useEffect(
    () => register(group, keys),
    // the words say what is shown; functions change with each rendering
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [group, words, register],
  );
  const items = useMemo(
    () =>
      keys
        .filter((key) => letters || !isLetter(key.keys))
        .map(({ keys: combination, run }): HotkeyItem => [combination, unlessInDialog(run), { preventDefault: true }]),
    [keys, letters],
  );
  useHotkeys(items.filter(([combination]) => isLetter(combination) && combination !== 'Enter'));
  // which works a button or a link that has the focus
  useHotkeys(
    items.filter(([combination]) => combination === 'Enter'),
    ['INPUT', 'TEXTAREA', 'SELECT', 'BUTTON', 'A'],
  );
  useHotkeys(
    items.filter(([combination]) => !isLetter(combination)),
    [],
  );
}

/** A dialog has keys of its own. */
const unlessInDialog = (run: () => void) => () => {
  if (document.querySelector('[aria-modal="true"]') === null) run();
};
