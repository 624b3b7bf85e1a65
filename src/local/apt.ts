/** Debian's packages, for programs that are missing. */
import { existsSync } from 'node:fs';
import { capture, runLong, type Report } from './commands';

/** The `apt-get` command with its prefix, if this user may run it without being asked for a password. */
export function aptCommand(find: (program: string) => string | undefined): string[] | undefined {
  const apt = find('apt-get');
  if (!apt || !existsSync('/etc/debian_version')) return undefined;
  if (process.getuid?.() === 0) return ['env', 'DEBIAN_FRONTEND=noninteractive', apt];
  const sudo = find('sudo');
  if (!sudo || capture(sudo, ['-n', 'true']) === undefined) return undefined;
  return [sudo, '-n', 'env', 'DEBIAN_FRONTEND=noninteractive', apt];
}

/** Installs packages and nothing that they merely recommend. `label`: what it is doing, in words. */
export async function installWithApt(
  [program = '', ...before]: string[],
  packages: readonly string[],
  { label, report }: { label: string; report: Report },
): Promise<void> {
  report(`${label}…`);
  const run = (args: string[]) =>
    runLong({ program, args: [...before, ...args], label, report, timeoutMs: 10 * 60_000 });
  await run(['-q', 'update']);
  await run(['-q', '-y', '--no-install-recommends', 'install', ...packages]);
}
