import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { LiveContext, type Change, type Live, type LiveState } from './live';

/** Milliseconds until a stream that was lost is opened again; EventSource does it by itself only for some losses. */
const REOPEN = 3_000;

/** Milliseconds without a sign of life, which comes every 10 s, after which the stream counts as lost. */
const SILENCE = 25_000;

/** Milliseconds in which a stream has to open. */
const OPENING = 8_000;

/** One stream of hints for all pages: something has happened to a run, so whoever shows it asks again. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState<LiveState>('connecting');
  const [isPaused, pause] = useState(false);
  const client = useQueryClient();
  const listeners = useRef(new Set<(change: Change | undefined) => void>());

  useEffect(() => {
    if (isPaused) return;
    let source: EventSource | undefined;
    let timer: number | undefined;
    let silence: number | undefined;
    let isAgain = false;
    /** A new stream begins now, and not after what came last. */
    const lose = () => {
      window.clearTimeout(silence);
      source?.close();
      setState('away');
      isAgain = true;
      timer = window.setTimeout(open, REOPEN);
    };
    /** The network may be cut without a word. */
    const hear = () => {
      window.clearTimeout(silence);
      silence = window.setTimeout(lose, SILENCE);
    };
    const tell = (change: Change | undefined) => listeners.current.forEach((listen) => listen(change));
    const open = () => {
      source = new EventSource('/changes');
      silence = window.setTimeout(lose, OPENING);
      source.onopen = () => {
        hear();
        setState('live');
        if (!isAgain) return;
        isAgain = false;
        // what was asked while the network was cut may never be answered
        void client.invalidateQueries({ predicate: (query) => query.state.fetchStatus === 'fetching' });
        tell(undefined);
      };
      source.addEventListener('beat', hear);
      source.addEventListener('live', ({ data }) => {
        hear();
        setState((JSON.parse(String(data)) as { live: boolean }).live ? 'live' : 'away');
      });
      source.onmessage = ({ data }) => tell(JSON.parse(String(data)) as Change);
      source.addEventListener('missed', () => tell(undefined));
      source.onerror = () => {
        setState('away');
        if (source?.readyState === EventSource.CLOSED) lose();
      };
    };
    open();
    return () => {
      window.clearTimeout(timer);
      window.clearTimeout(silence);
      source?.close();
      setState('connecting');
    };
  }, [isPaused, client]);

  const live = useMemo(
    (): Live => ({
      state: isPaused ? 'paused' : state,
      pause,
      listen(listener) {
        listeners.current.add(listener);
        return () => void listeners.current.delete(listener);
      },
    }),
    [state, isPaused],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}
