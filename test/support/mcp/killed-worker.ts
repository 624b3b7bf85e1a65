/** A process that starts a server as its child, says who it is, and waits to be killed: node -r ts-hook killed-worker.ts */
import { join } from 'node:path';
import { createChildGuard } from '../../../src/mcp/transport/guard';
import { createStdioTransport } from '../../../src/mcp/transport/stdio';

async function main(): Promise<void> {
  const pipe = createStdioTransport(
    {
      command: process.execPath,
      args: [join(__dirname, 'careless-server.cjs')],
      env: { GRANDCHILD: '1', STUBBORN: '1' },
      cwd: '/',
      maxBytes: 1024 * 1024,
    },
    createChildGuard(),
  );
  pipe.onmessage = (message) => {
    const { result } = message as unknown as { result: { content: { text: string }[] } };
    process.stdout.write(`${result.content[0]?.text}\n`);
  };
  await pipe.start();
  await pipe.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'pids' } });
}

void main();
