import { useEffect, useState } from 'react';

/** An event of a run. */
export interface RunEvent {
  seq: number;
  event_id: string;
  event_type: string;
  occurred_at: string;
  payload: { step?: string; round?: number; [name: string]: unknown };
}

/** Milliseconds in which events are gathered before they are shown. */
const TOGETHER = 150;

interface RunEvents {
  events: readonly RunEvent[];
  /** all that has happened is here, or nothing more comes */
  hasEnded: boolean;
}

/** All events of a run, those that come meanwhile too; none of undefined. The stream goes on by itself where it was lost. */
export function useRunEvents(workflowId: string | undefined): RunEvents {
  const [state, setState] = useState<RunEvents>({ events: [], hasEnded: false });
  useEffect(() => {
    if (workflowId === undefined) return;
    const source = new EventSource(`/runs/${encodeURIComponent(workflowId)}/events`);
    let fresh: RunEvent[] = [];
    let timer: number | undefined;
    const show = (hasEnded: boolean) => {
      window.clearTimeout(timer);
      timer = undefined;
      const batch = fresh;
      fresh = [];
      setState(({ events }) => ({ events: batch.length > 0 ? [...events, ...batch] : events, hasEnded }));
    };
    source.onmessage = ({ data }) => {
      fresh.push(JSON.parse(String(data)) as RunEvent);
      timer ??= window.setTimeout(() => show(false), TOGETHER);
    };
    source.addEventListener('end', () => {
      source.close();
      show(true);
    });
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) show(true);
    };
    return () => {
      window.clearTimeout(timer);
      source.close();
      setState({ events: [], hasEnded: false });
    };
  }, [workflowId]);
  return state;
}
