import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Gives what ends a server: it takes no more, lets calls under way end for `graceMs`, and cuts the rest. Connections on
 * which nothing was asked yet are closed at once; Node itself would wait for them.
 */
export function drainOf(server: Server): (graceMs: number) => Promise<void> {
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
