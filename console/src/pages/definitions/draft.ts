import { useDebouncedValue } from '@mantine/hooks';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { checkedQuery, type Checked } from './queries';

/** Milliseconds without typing after which a text is checked. */
const PAUSE = 350;

/** A definition as it is being written. */
export interface Draft {
  text: string;
  write: (text: string) => void;
  isChanged: boolean;
  checked: UseQueryResult<Checked>;
  /** what has been checked is what stands there */
  isFresh: boolean;
}

/** A text that is checked while it is written; another `original` begins anew. */
export function useDraft(original: string): Draft {
  const [begun, setBegun] = useState(original);
  const [text, write] = useState(original);
  if (begun !== original) {
    setBegun(original);
    write(original);
  }
  const [still] = useDebouncedValue(text, PAUSE);
  const checked = useQuery(checkedQuery(still));
  return { text, write, isChanged: text !== original, checked, isFresh: still === text && !checked.isPlaceholderData };
}
