import type { Ref, Span } from '../reading';
import type { Slots } from './input';

/** True if a thing says that it comes from an address or a file, besides its name. */
export function namesPlace(what: unknown, place: 'url' | 'path' | 'table'): boolean {
  const { kind, words = [] } = (what ?? {}) as Partial<Ref & { kind: 'thing' }>;
  if (kind === undefined || (place !== 'url' && words.length === 0)) return false;
  return JSON.stringify(what).includes(`"${place}":`);
}

/** True if a thing is read from the memory of the job. */
export const isRemembered = (what: unknown): boolean => JSON.stringify(what ?? '').includes('"type":"memory"');

/** Words of the things that a clause is about that are not known as names. */
export function unknownNames(slots: Slots): number {
  const count = (value: unknown): number => {
    const ref = value as Partial<Ref & { kind: 'thing' }> | undefined;
    if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + count(one), 0);
    if (ref?.kind === undefined) return 0;
    const of = (ref as { of?: unknown }).of;
    return (ref.words ?? []).filter(({ known }) => !known).length + (of === undefined ? 0 : count(of));
  };
  const { at: [from, to] = [0, 0] } = (slots['description'] ?? {}) as { at?: Span };
  return count(Object.values(slots)) + to - from;
}
