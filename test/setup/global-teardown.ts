import { endRun } from './runs';

export default async function globalTeardown(): Promise<void> {
  if (globalThis.aweTestRun !== undefined) await endRun(globalThis.aweTestRun);
}
