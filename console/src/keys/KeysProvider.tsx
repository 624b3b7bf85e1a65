import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { KeysContext, type Key } from './keys';

const KEPT = 'awe.letters';

export function KeysProvider({ children }: { children: ReactNode }) {
  const [letters, setOn] = useState(() => localStorage.getItem(KEPT) !== 'off');
  const [groups, setGroups] = useState<ReadonlyMap<string, readonly Key[]>>(new Map());

  const register = useCallback((group: string, keys: readonly Key[]) => {
    setGroups((before) => new Map(before).set(group, keys));
    return () =>
      setGroups((before) => {
        const after = new Map(before);
        if (after.get(group) === keys) after.delete(group);
        return after;
      });
  }, []);
  const setLetters = useCallback((on: boolean) => {
    localStorage.setItem(KEPT, on ? 'on' : 'off');
    setOn(on);
  }, []);

  const value = useMemo(() => ({ letters, setLetters, groups, register }), [letters, setLetters, groups, register]);
  return <KeysContext value={value}>{children}</KeysContext>;
}
