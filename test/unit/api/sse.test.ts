import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Response } from 'express';
import { openStream, plainFrames } from '../../../api/live/sse';
import type { Sink } from '../../../api/live/follow';
import { until } from '../../support/until';

test('a stream ends when its reader’s key is withdrawn', async () => {
  let may = true;
  let sink: Sink | undefined;
  const app = express();
  app.get('/', (_req, res: Response) => void (sink = openStream(res, async () => may, plainFrames)));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  sink?.beat();
  await until(() => sink?.open === true);
  may = false;
  sink?.beat();
  expect(await answer.text()).toBe('retry: 2000\n\n: beat\n\n');
  expect(sink?.open).toBe(false);
  server.close();
});
