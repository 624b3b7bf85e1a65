import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** A proxy to a server that can cut connections, or silently swallow everything. */
export async function createProxy(port: number) {
  const pairs = new Set<[Socket, Socket]>();
  let hole = false;
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    near.on('data', (bytes) => hole || far.write(bytes));
    far.on('data', (bytes) => hole || near.write(bytes));
    for (const socket of pair) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        pairs.delete(pair);
        if (!hole) pair.forEach((other) => other.destroy());
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    /** its own port, on 127.0.0.1 */
    port: (server.address() as AddressInfo).port,
    reset() {
      for (const [near, far] of pairs) {
        near.resetAndDestroy();
        far.destroy();
      }
    },
    /** Swallowed connections stay dead: with bytes missing, the protocol on them is broken. */
    swallow(on: boolean) {
      hole = on;
      if (!on) for (const pair of [...pairs]) for (const socket of pair) socket.pause().removeAllListeners('data');
    },
    close() {
      for (const pair of pairs) for (const socket of pair) socket.destroy();
      server.close();
    },
  };
}
