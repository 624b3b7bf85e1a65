import type { Envelope } from '../../schemas/envelope';
import type { Logger } from '../../src/logging';
import { isAfter } from '../../src/streams/position';
import type { LiveReader } from '../../src/streams/reader';
import type { ReadSince, Since } from '../../src/streams/since';
import type { Sink } from '../live/follow';
import { frameOf, type Frames } from '../live/sse';
import { changeOf } from './hint';

/** A frame of the feed: written once for all of its readers. `id`: its place in the stream, where it has one. */
export interface Frame {
  id?: string;
  text: string;
}

export const changeFrames: Frames<Frame> = {
  event: ({ text }) => text,
  end: (status) => frameOf({ status }, { name: 'end' }),
  beat: frameOf({}, { name: 'beat' }),
};

export interface FeedDependencies {
  reader: Pick<LiveReader, 'subscribeAll' | 'onState' | 'onGap' | 'state'>;
  readSince: ReadSince;
  namespace: string;
  log: Logger;
}

/** Milliseconds between two signs of life: a page whose network is cut notices that they do not come. */
const BEAT = 10_000;

/** Hints that wait for a slow reader; of one that falls further behind they become one `missed`. */
const MOST_WAITING = 1_000;

interface Follower {
  sink: Sink<Frame>;
  waiting: Frame[];
  /** the place up to which it was told */
  position: string;
  /** what comes while it is not known where it begins */
  early: Frame[] | undefined;
  isSending: boolean;
  /** it has begun while Redis was away, and does not know what happened until it is back */
  isLost: boolean;
}

/**
 * Tells any number of readers that something was said of runs, from the one reader of the stream. What the stream says,
 * which anybody may write, is only a reason to ask: nothing but hints goes out.
 */
export function createChangeFeed({ reader, readSince, namespace, log }: FeedDependencies) {
  const followers = new Set<Follower>();

  function send(follower: Follower, frames: readonly Frame[]): void {
    follower.waiting.push(...frames);
    if (follower.waiting.length > MOST_WAITING) {
      const last = follower.waiting.findLast(({ id }) => id !== undefined)?.id;
      follower.waiting = [live(reader.state() === 'up'), missed(last)];
    }
    if (!follower.isSending) void pump(follower);
  }

  async function pump(follower: Follower): Promise<void> {
    follower.isSending = true;
    while (follower.waiting.length > 0 && follower.sink.open)
      if (!(await follower.sink.events(follower.waiting.splice(0)))) break;
    follower.isSending = false;
    if (!follower.sink.open) followers.delete(follower);
  }

  /** A hint goes to whoever has not had it: an entry may come twice. */
  function tell(follower: Follower, frame: Frame): void {
    if (follower.early) return void follower.early.push(frame);
    if (frame.id !== undefined) {
      if (!isAfter(frame.id, follower.position)) return;
      follower.position = frame.id;
    }
    send(follower, [frame]);
  }

  /** Begins after an entry, or now, and goes on with what has come meanwhile; without a place, it has missed what was. */
  function begin(follower: Follower, since: Since | undefined): void {
    const { early = [] } = follower;
    const { id, events = [], missed: isMissed = true } = since ?? {};
    const isLive = reader.state() === 'up';
    follower.early = undefined;
    follower.isLost = !isLive;
    follower.position = id ?? follower.position;
    send(follower, [
      live(isLive, events.length === 0 ? id : undefined),
      ...(isLive && isMissed ? [missed(id)] : []),
      ...events.flatMap(([at, event]) => hintOf(at, event) ?? []),
    ]);
    for (const frame of early) tell(follower, frame);
  }

  const hintOf = (id: string, event: Envelope): Frame | undefined => {
    const change = changeOf(namespace, event);
    return change && { id, text: frameOf(change, { id }) };
  };

  const leavers = [
    reader.subscribeAll((event, id) => {
      if (followers.size === 0) return;
      const frame = hintOf(id, event);
      if (frame) for (const follower of followers) tell(follower, frame);
    }),
    reader.onGap(() => followers.forEach((follower) => tell(follower, missed()))),
    reader.onState((state) => {
      for (const follower of followers) {
        tell(follower, live(state === 'up'));
        if (state === 'up' && follower.isLost) tell(follower, missed());
        if (state === 'up') follower.isLost = false;
      }
    }),
  ];

  const beats = setInterval(() => {
    for (const follower of followers) {
      if (follower.sink.open) follower.sink.beat();
      else followers.delete(follower);
    }
  }, BEAT);

  return {
    count: () => followers.size,

    /** Tells a reader what happens, after the entry that it had last if it says so. Returns the function that ends it. */
    follow(after: string | undefined, sink: Sink<Frame>): () => void {
      const follower: Follower = { sink, waiting: [], position: '0-0', early: [], isSending: false, isLost: true };
      // before the stream's end is read, so that nothing comes between the two
      followers.add(follower);
      readSince(after).then(
        (since) => begin(follower, since),
        (error: unknown) => {
          log.debug({ error: String(error) }, 'a reader of changes begins while Redis is away');
          begin(follower, undefined);
        },
      );
      return () => void followers.delete(follower);
    },

    /** Ends all streams; their readers come back with `Last-Event-ID`. */
    stop() {
      clearInterval(beats);
      leavers.forEach((leave) => leave());
      for (const { sink } of followers) sink.close();
      followers.clear();
    },
  };
}

export type ChangeFeed = ReturnType<typeof createChangeFeed>;

/** Whether hints come as things happen; while they do not, pages ask by themselves. */
const live = (isLive: boolean, id?: string): Frame => ({ id, text: frameOf({ live: isLive }, { name: 'live', id }) });

/** Something may have happened that nobody tells any more: everything is to be asked for again. */
const missed = (id?: string): Frame => ({ id, text: frameOf({ missed: true }, { name: 'missed', id }) });
