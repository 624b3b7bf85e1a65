#!/usr/bin/env node
/*
 * The health check of the image: does the role of this container do its work? Plain JavaScript without any package,
 * because it runs every few seconds. The first port with a listener decides; the defaults are those of
 * src/config/variables.ts.
 */
const { AWE_PORT_BASE: base, AWE_PORT, AWE_GATEWAY_PORT, AWE_METRICS_PORT } = process.env;
const ports = [
  AWE_PORT || (base ? Number(base) : 8080), // api
  AWE_GATEWAY_PORT || (base ? Number(base) + 1 : 8081), // gateway
  AWE_METRICS_PORT || 9464, // worker, consumer
];

async function main() {
  for (const port of ports) {
    const url = `http://127.0.0.1:${port}/health`;
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(4000) });
      if (answer.ok) return console.log(`healthy: ${url}`);
      throw new Error(`${url} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
    } catch (error) {
      if (error.cause?.code !== 'ECONNREFUSED') throw error;
    }
  }
  throw new Error(`nothing listens at any of the ports ${ports.join(', ')}`);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
