/** The committed histories of test/replay/histories: written once, replayed for ever. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import type { WorkflowBundleOption } from '@temporalio/worker';
import { replayHistories, type History, type NamedHistory } from '../../workers/replay';

const FOLDER = resolve(__dirname, '..', 'replay', 'histories');
const EXTENSION = '.json.gz';

/** Replaces identities, which hold the name of a machine. */
const SOMEBODY = 'awe';

const { History } = temporal.api.history.v1;

/**
 * A history as readable JSON. Made by the protocol's own classes, because the SDK's `historyToJSON` fails if
 * npm has installed protobufjs more than once, as here ("type must be a Type").
 */
const AS_JSON = { longs: String, enums: String, bytes: String };

/** The names of all histories. */
export function historyNames(): string[] {
  if (!existsSync(FOLDER)) return [];
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(EXTENSION))
    .map((file) => file.slice(0, -EXTENSION.length))
    .sort();
}

/** True if a scenario has its histories: one of its name, or `<name>.1` and so on for a chain of runs. */
export const isWritten = (scenario: string, names: string[]): boolean =>
  names.some((name) => name === scenario || name.replace(/\.\d+$/, '') === scenario);

export function readHistory(name: string): History {
  const json = gunzipSync(readFileSync(join(FOLDER, name + EXTENSION))).toString('utf8');
  return History.fromObject(JSON.parse(json) as Record<string, unknown>);
}

/** Replays each history on the workflows of a bundle; returns the faults in words. */
export async function replay(workflowBundle: WorkflowBundleOption, histories: NamedHistory[]): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, fault } of replayHistories(workflowBundle, histories))
    if (fault !== undefined) found.push(`${name}: ${fault}`);
  return found;
}

/**
 * Writes the histories of a workflow id: one file, or one per run of the chain, without traces of the machine.
 *
 * @throws Error if a history does not replay on the very code that made it, which is then not deterministic
 */
export async function writeHistories(
  name: string,
  client: Client,
  workflowId: string,
  bundle: WorkflowBundleOption,
): Promise<void> {
  const chain = await fetchChain(client, workflowId);
  const faults = await replay(
    bundle,
    chain.map((history, i) => ({ name: `${name}.${i + 1}`, history })),
  );
  if (faults.length > 0) throw new Error(`not deterministic: ${faults.join('; ')}`);
  mkdirSync(FOLDER, { recursive: true });
  chain.forEach((history, i) => {
    const json = JSON.stringify(scrub(History.toObject(History.create(history), AS_JSON)));
    const part = chain.length === 1 ? name : `${name}.${i + 1}`;
    assertOfNoMachine(part, json);
    writeFileSync(join(FOLDER, part + EXTENSION), gzipSync(json, { level: 9 }));
  });
}

/** Fetches the histories of a chain, from the first run to the last. */
export async function fetchChain(client: Pick<Client, 'workflow'>, workflowId: string): Promise<History[]> {
  const chain: History[] = [];
  for (let runId: string | undefined; ;) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    chain.unshift(history);
    runId = history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;
    if (!runId) return chain;
  }
}

/** Removes traces of the machine that no replay reads: identities, sticky queues, stack traces. */
function scrub(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(scrub);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
    if (name === 'stackTrace') return [];
    if (name === 'identity') return [[name, SOMEBODY]];
    return [[name, scrub(member)]];
  });
  const object = Object.fromEntries(members) as Record<string, unknown>;
  return object['kind'] === 'TASK_QUEUE_KIND_STICKY' ? { ...object, name: `${SOMEBODY}-sticky` } : object;
}

/** Checks for traces of the machine, in payloads too. */
function assertOfNoMachine(name: string, json: string): void {
  const payloads = [...json.matchAll(/"data":"([A-Za-z0-9+/=]+)"/g)].map(([, data]) => Buffer.from(data!, 'base64'));
  const text = [json, ...payloads.map((bytes) => bytes.toString('utf8'))].join('\n');
  const traces = [hostname(), process.cwd(), homedir(), '/tmp/', `${process.pid}@`];
  const found = traces.filter((trace) => text.includes(trace));
  if (found.length > 0) throw new Error(`the history ${name} holds ${found.join(', ')}`);
}
