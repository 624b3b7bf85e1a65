import { useSyncExternalStore } from 'react';
import { noEdits, type Edits } from './edits';
import type { FieldKey } from './fields';

/** Holds the edits of an order apart from its page, so that a key pressed in one field draws that field alone. */
export interface EditStore {
  get: () => Edits;
  change: (next: (edits: Edits) => Edits) => void;
  subscribe: (listener: () => void) => () => void;
}

export function createEditStore(): EditStore {
  let edits = noEdits;
  const listeners = new Set<() => void>();
  return {
    get: () => edits,
    change(next) {
      edits = next(edits);
      listeners.forEach((listen) => listen());
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export const useEdits = ({ subscribe, get }: EditStore): Edits => useSyncExternalStore(subscribe, get);

/** The value that has been typed into a field; undefined where none has. */
export const useEdit = ({ subscribe, get }: EditStore, key: FieldKey): string | null | undefined =>
  useSyncExternalStore(subscribe, () => get().values.get(key));

/** What has been typed into a field and cannot be taken as it is. */
export const useFaulty = ({ subscribe, get }: EditStore, key: FieldKey) =>
  useSyncExternalStore(subscribe, () => get().faulty.get(key));

/** Lines that are being added. */
export const useAdded = ({ subscribe, get }: EditStore): readonly string[] =>
  useSyncExternalStore(subscribe, () => get().added);

export const useIsRemoved = ({ subscribe, get }: EditStore, line: string): boolean =>
  useSyncExternalStore(subscribe, () => get().removed.has(line));
