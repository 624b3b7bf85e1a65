import { lastEventId } from '../live/last-event-id';
import { openStream } from '../live/sse';
import { assertRoom } from '../live/stream';
import type { Handlers } from '../part';
import { CHANGE_ID, type changeContracts } from './contract';
import { changeFrames, type ChangeFeed } from './feed';

export interface ChangeDependencies {
  changes: ChangeFeed;
}

export function changeRoutes({ changes }: ChangeDependencies): Handlers<typeof changeContracts> {
  return {
    async getChanges({ req, res, mayGoOn }) {
      assertRoom(changes);
      const after = lastEventId(req, CHANGE_ID);
      if (req.method === 'HEAD') {
        res.status(200).type('text/event-stream').end();
        return undefined;
      }
      res.once('close', changes.follow(after, openStream(res, mayGoOn, changeFrames)));
      return undefined;
    },
  };
}
