import type { Response } from 'express';
import { CallerGone } from './errors';

/** Milliseconds without reading after which a caller counts as gone: it holds a seat and an open call. */
const PATIENCE = 30_000;

/** An answer as Server-Sent Events. A slow reader slows the model down, so nothing piles up here. */
export function openEvents(res: Response, signal: AbortSignal) {
  res.status(200).set({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  res.flushHeaders();
  res.socket?.setNoDelay(true);

  return {
    /** @throws CallerGone */
    async send(data: string): Promise<void> {
      if (signal.aborted || res.destroyed) throw new CallerGone();
      if (!res.write(`data: ${data}\n\n`)) await waitForRoom(res);
    },
    end: () => void res.end(),
  };
}

function waitForRoom(res: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => () => {
      clearTimeout(timer);
      res.off('drain', drained).off('close', closed);
      settle();
    };
    const drained = end(resolve);
    const closed = end(() => reject(new CallerGone()));
    const timer = setTimeout(() => {
      res.destroy();
      closed();
    }, PATIENCE);
    res.once('drain', drained).once('close', closed);
  });
}
