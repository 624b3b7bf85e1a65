import type { Response } from 'express';
import type { PlatformEvent } from '../../schemas/envelope';
import type { Sink } from './follow';

/** A client with this many unread bytes is dropped. */
const DROP = 1024 * 1024;

/** Above this many unread bytes, nothing more is fetched for a client. */
const FULL = 256 * 1024;

/** Milliseconds that a client with a full buffer has to read on. */
const PATIENCE = 30_000;

/** Turns a connection into a stream of Server-Sent Events, which ends when its reader may not read on. */
export function openStream(res: Response, mayGoOn: () => Promise<boolean>): Sink {
  let open = true;
  res.once('close', () => (open = false));
  res.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  });
  res.flushHeaders();
  res.socket?.setNoDelay(true);

  const write = (text: string): void => {
    if (!open) return;
    res.write(text);
    if (res.writableLength > DROP) {
      open = false;
      res.destroy();
    }
  };
  const close = (): void => {
    open = false;
    res.end();
  };
  write('retry: 2000\n\n');

  /** Waits until a slow client has read on. */
  const room = (): Promise<boolean> =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        res.off('drain', done).off('close', done);
        resolve(open);
      };
      const timer = setTimeout(() => {
        open = false;
        res.destroy();
        done();
      }, PATIENCE);
      res.on('drain', done).on('close', done);
    });

  return {
    async events(events: PlatformEvent[]) {
      let text = '';
      for (const event of events) {
        text += `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`;
        if (text.length < 64 * 1024) continue;
        write(text);
        text = '';
        if (open && res.writableLength > FULL) await room();
        if (!open) return false;
      }
      if (text !== '') write(text);
      if (open && res.writableLength > FULL) return await room();
      return open;
    },
    end(status, seq) {
      if (!open) return;
      write(`event: end\nid: ${seq}\ndata: ${JSON.stringify({ status, seq })}\n\n`);
      open = false;
      res.end();
    },
    beat: () => void mayGoOn().then((may) => (may ? write(': beat\n\n') : close())),
    close,
    get open() {
      return open;
    },
  };
}
