import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useRef, useState } from 'react';

/** A hint that something has happened to a run; what, is to be asked. */
export interface Change {
  workflow_id: string;
  /** the id of what the run is about */
  subject: string;
  process: string;
  event_type: string;
}

/** `away`: the stream is lost, so pages poll. */
export type LiveState = 'connecting' | 'live' | 'away' | 'paused';

export interface Live {
  state: LiveState;
  pause: (paused: boolean) => void;
  /** Without a change: anything may have happened meanwhile. @returns a function that ends it */
  listen: (listener: (change: Change | undefined) => void) => () => void;
}

export const LiveContext = createContext<Live>({
  state: 'connecting',
  pause: () => undefined,
  listen: () => () => undefined,
});

export const useLive = (): Live => useContext(LiveContext);

/** Milliseconds between two questions of a page that is not told of changes. */
const POLL = 5_000;

/** For `refetchInterval`: pages poll while the stream is away. */
export const usePolling = (): number | false => (useLive().state === 'away' ? POLL : false);

type Matches = (change: Change) => boolean;

function useChanges(matches: Matches, act: () => void): void {
  const { listen } = useLive();
  const latest = useRef({ matches, act });
  useEffect(() => void (latest.current = { matches, act }));
  useEffect(
    () => listen((change) => void (change === undefined || latest.current.matches(change) ? latest.current.act() : 0)),
    [listen],
  );
}

/** Milliseconds in which changes count as one. */
const TOGETHER = 400;

/** Asks again what a page shows of one thing, as soon as something happens to it. */
export function useRefresh(matches: Matches, ...keys: QueryKey[]): void {
  const client = useQueryClient();
  const timer = useRef<number>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  useChanges(matches, () => {
    timer.current ??= window.setTimeout(() => {
      timer.current = undefined;
      for (const queryKey of keys) void client.invalidateQueries({ queryKey });
    }, TOGETHER);
  });
}

/** Counts what has happened since a list was shown, so that its rows do not jump: `show` asks again. */
export function useNews(matches: Matches, queryKey: QueryKey): { count: number; show: () => void } {
  const client = useQueryClient();
  const [count, setCount] = useState(0);
  useChanges(matches, () => setCount((before) => before + 1));
  return {
    count,
    show() {
      setCount(0);
      void client.invalidateQueries({ queryKey });
    },
  };
}
