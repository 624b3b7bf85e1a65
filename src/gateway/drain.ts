import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Returns a function that ends a server: no new calls, `graceMs` for those under way, then a cut. Connections
 * without a request are closed at once; Node itself would wait for them.
 */
export function createDrain(server: Server): (graceMs: number) => Promise<void> {
  const open = new Set<Socket>();
  const busy = new Set<Socket>();
  let stopping = false;
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.on('request', ({ socket }, res) => {
    busy.add(socket);
    res.once('close', () => {
      busy.delete(socket);
      if (stopping) socket.destroySoon();
    });
  });
  return async (graceMs) => {
    stopping = true;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of open) if (!busy.has(socket)) socket.destroy();
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    await closed;
    clearTimeout(timer);
  };
}
