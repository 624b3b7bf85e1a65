import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { createApp, type AppDependencies } from '../../../api/app';
import { roles } from '../../../schemas/access';
import { createMetrics } from '../../../src/telemetry/metrics';

/** An application of which nothing is behind the door but what the test puts there; every caller is `ann`, who may do all. */
export async function openDoor(behind: object): Promise<{ url: string; close: () => void }> {
  const deps = {
    ...{ log: pino({ level: 'silent' }), metrics: createMetrics(), version: '0', guardHost: true },
    ...{ bodyLimitBytes: 1_000, rates: { charge: () => undefined } },
    stopping: new AbortController().signal,
    authenticate: async () => ({ name: 'ann', roles }),
    ...behind,
  } as unknown as AppDependencies;
  const server = createServer(createApp(deps));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, close };
}
