import type { Response } from 'express';
import type { PlatformEvent } from '../../schemas/envelope';
import type { Sink } from './follow';

/** A client with this many unread bytes is dropped. */
const DROP = 1024 * 1024;

/** Above this many unread bytes, nothing more is fetched for a client. */
const FULL = 256 * 1024;

/** Milliseconds that a client with a full buffer has to read on. */
const PATIENCE = 30_000;

/** Frames of a stream: how events, and its end, are told. */
export interface Frames<E = PlatformEvent> {
  event(event: E): string;
  end(status: string, seq: number): string | Promise<string>;
  /** a sign of life that the reader sees; without it a comment, which keeps the connection open */
  beat?: string;
}

/** A frame of Server-Sent Events: without a name a plain message, without an id one that is sent again after a break. */
export function frameOf(data: object, { name, id }: { name?: string; id?: number | string }): string {
  const head = [...(name === undefined ? [] : [`event: ${name}`]), ...(id === undefined ? [] : [`id: ${id}`])];
  return [...head, `data: ${JSON.stringify(data)}`, '', ''].join('\n');
}

/** Events as they are, and an end of its own name. */
export const plainFrames: Frames = {
  event: (event) => frameOf(event, { id: event.seq }),
  end: (status, seq) => frameOf({ status, seq }, { name: 'end', id: seq }),
};

/** Turns a connection into a stream of Server-Sent Events, which ends when its reader may not read on. */
export function openStream<E>(res: Response, mayGoOn: () => Promise<boolean>, frames: Frames<E>): Sink<E> {
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
    async events(events: E[]) {
      let text = '';
      for (const event of events) {
        text += frames.event(event);
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
      void Promise.resolve(frames.end(status, seq)).then(
        (text) => {
          write(text);
          close();
        },
        // the reader comes back, and is told then
        () => close(),
      );
    },
    beat: () => void mayGoOn().then((may) => (may ? write(frames.beat ?? ': beat\n\n') : close())),
    close,
    get open() {
      return open;
    },
  };
}
