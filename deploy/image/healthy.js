#!/usr/bin/env node
/*
 * The health check of the image: does the role of this container serve? Plain JavaScript without any package, because
 * it runs every few seconds. The first address with a listener decides.
 */
const addresses = [
  `${process.env.AWE_PORT || 8080}/health`, // api
  '8081/health', // gateway
  `${process.env.AWE_METRICS_PORT || 9464}/metrics`, // worker, consumer
];

async function main() {
  for (const address of addresses) {
    const url = `http://127.0.0.1:${address}`;
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(4000) });
      if (answer.ok) return console.log(`healthy: ${url}`);
      throw new Error(`${url} answered ${answer.status}`);
    } catch (error) {
      if (error.cause?.code !== 'ECONNREFUSED') throw error;
    }
  }
  throw new Error(`nothing listens at any of ${addresses.join(', ')}`);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
