import { createServer } from 'node:net';
import { assertPortFree, freePorts, isPortFree, portOwner } from '../../../src/local/ports';

describe('a port', () => {
  it('that is free is free', async () => {
    const [port = 0] = await freePorts(1);
    expect(await isPortFree(port)).toBe(true);
    await expect(assertPortFree('Redis', port, 'REDIS_PORT')).resolves.toBeUndefined();
  });

  it('that is taken is refused in one sentence with its owner and the variable to change', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    );
    try {
      expect(portOwner(port)?.pid).toBe(process.pid);
      await expect(assertPortFree('Redis', port, 'REDIS_PORT')).rejects.toThrow(
        new RegExp(`^Redis: port ${port} is taken by process ${process.pid} \\(.+\\)\\. .*set REDIS_PORT to another`),
      );
    } finally {
      server.close();
    }
  });
});
