import { createServer } from 'node:net';
import { assertPortsFree, freePorts, isPortFree, portOwner } from '../../../src/local/ports';

describe('a port', () => {
  it('that is free is free', async () => {
    const [port = 0] = await freePorts(1);
    expect(await isPortFree(port)).toBe(true);
    await expect(assertPortsFree([{ what: 'Redis', port, variable: 'REDIS_PORT' }])).resolves.toBeUndefined();
  });

  const listen = async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    );
    return { server, port };
  };

  it('that is taken is refused in one sentence with its owner and the variable to change', async () => {
    const { server, port } = await listen();
    try {
      expect(portOwner(port)?.pid).toBe(process.pid);
      await expect(assertPortsFree([{ what: 'Redis', port, variable: 'REDIS_PORT' }])).rejects.toThrow(
        new RegExp(`^Redis: port ${port} is taken by process ${process.pid} \\(.+\\)\\. .*set REDIS_PORT to another`),
      );
    } finally {
      server.close();
    }
  });

  it('is named with all others that are taken, and the variable that moves them together', async () => {
    const [one, two] = await Promise.all([listen(), listen()]);
    const [free = 0] = await freePorts(1);
    const wanted = [
      { what: 'Redis', port: one.port, variable: 'REDIS_PORT' },
      { what: 'The gateway', port: free, variable: 'AWE_GATEWAY_PORT' },
      { what: 'The API', port: two.port, variable: 'AWE_PORT' },
    ];
    try {
      await expect(assertPortsFree(wanted)).rejects.toThrow(
        new RegExp(
          `^2 ports are taken:\n  Redis: port ${one.port} .*\\(REDIS_PORT\\)\n  The API: port ${two.port} .*\\(AWE_PORT\\)\n.*AWE_PORT_BASE`,
        ),
      );
    } finally {
      one.server.close();
      two.server.close();
    }
  });
});
