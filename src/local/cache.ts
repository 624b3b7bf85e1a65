/** Parts shared by the ways to get a program: the folder of fetched and built ones, and the download. */
import { createWriteStream, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { runLong, type Report } from './commands';

/** Programs that AWE fetched or built, shared by all checkouts of this user. */
export const CACHE_DIR = join(homedir(), '.cache', 'awe');

/** Temporal's own service for its programs, which the SDK uses too. Answers the archive's URL and the file in it. */
const DOWNLOADS = 'https://temporal.download';

export interface Download {
  /** `cli` or `temporal-test-server`. */
  artifact: string;
  version: string;
  /** The path for the program, which appears whole or not at all. */
  target: string;
  label: string;
  report: Report;
  /** Another service than Temporal's, for tests. */
  from?: string;
}

/** Fetches one of Temporal's programs. False (after a line with the reason) if the network does not allow it. */
export async function download({
  artifact,
  version,
  target,
  label,
  report,
  from = DOWNLOADS,
}: Download): Promise<boolean> {
  const work = `${target}.download-${process.pid}`;
  try {
    report(`${label}: asking ${new URL(from).host} for version ${version}…`);
    const query = new URLSearchParams({
      arch: process.arch === 'arm64' ? 'arm64' : 'amd64',
      platform: process.platform === 'darwin' ? 'darwin' : 'linux',
      format: 'tar.gz',
    });
    const info = await fetch(`${from}/${artifact}/${version}?${query.toString()}`, {
      signal: AbortSignal.timeout(5_000),
    });
    if (!info.ok) throw new Error(`it answered ${info.status}`);
    const { archiveUrl, fileToExtract } = (await info.json()) as { archiveUrl: string; fileToExtract: string };
    mkdirSync(work, { recursive: true });
    const archive = join(work, 'archive.tar.gz');
    report(`${label}: downloading about 50 MB…`);
    const body = await fetch(archiveUrl, { signal: AbortSignal.timeout(180_000) });
    if (!body.ok || !body.body) throw new Error(`it answered ${body.status}`);
    await pipeline(Readable.fromWeb(body.body), createWriteStream(archive));
    const args = ['-xzf', archive, '-C', work, fileToExtract];
    await runLong({ program: 'tar', args, label: `${label}: unpacking`, report, timeoutMs: 60_000 });
    renameSync(join(work, fileToExtract), target);
    report(`${label}: ${basename(target)} ${version} is in ${target}.`);
    return true;
  } catch (error) {
    report(`${label}: the download failed (${reasonOf(error)}).`);
    return false;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? cause.message : message;
}
