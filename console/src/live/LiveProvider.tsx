import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { LiveContext, type Change, type Live, type LiveState } from './live';

/** Milliseconds until a stream that was lost is opened again; EventSource does it by itself only for some losses. */
const REOPEN = 3_000;

/** One stream of hints for all pages: something has happened to a run, so whoever shows it asks again. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState<LiveState>('connecting');
  const [isPaused, pause] = useState(false);
  const listeners = useRef(new Set<(change: Change | undefined) => void>());

  useEffect(() => {
    if (isPaused) return;
    let source: EventSource | undefined;
    let timer: number | undefined;
    const tell = (change: Change | undefined) => listeners.current.forEach((listen) => listen(change));
    const open = () => {
      source = new EventSource('/changes');
      source.onopen = () => {
        setState('live');
      };
      source.addEventListener('live', ({ data }) => {
        setState((JSON.parse(String(data)) as { live: boolean }).live ? 'live' : 'away');
      });
      source.onmessage = ({ data }) => tell(JSON.parse(String(data)) as Change);
      source.addEventListener('missed', () => tell(undefined));
      source.onerror = () => {
        setState('away');
        if (source?.readyState !== EventSource.CLOSED) return;
        timer = window.setTimeout(open, REOPEN);
      };
    };
    open();
    return () => {
      window.clearTimeout(timer);
      source?.close();
      setState('connecting');
    };
  }, [isPaused]);

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
