import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamedEvent } from '../src/http/api-client';

/** Milliseconds until a stream that ended before its run is opened again. */
const REOPEN = 200;

/** Events of a run, each once, until it has ended: a stream that ends before it does is opened again. */
export async function* readStory(
  events: () => AsyncGenerator<StreamedEvent>,
  read: () => Promise<{ status: string; ended_at?: string }>,
): AsyncGenerator<StreamedEvent> {
  for (let seen = 0; ; await sleep(REOPEN)) {
    for await (const event of events()) {
      if (event.seq <= seen) continue;
      seen = event.seq;
      yield event;
    }
    if ((await read()).ended_at !== undefined) return;
  }
}
