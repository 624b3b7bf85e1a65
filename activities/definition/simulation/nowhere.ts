import { mediaTypeOf } from '../../../src/documents/media-types';
import { workspacePath } from '../../../src/workspaces/paths';
import type { Workspace } from '../../../src/workspaces/port';
import type { Children } from '../../tools/pure/apart';
import type { ToolContext } from '../../tools/tool';

/** Bytes of a path of a workspace at most. */
const PATH_BYTES = 1_024;

/** A stub has asked for something that a simulation of a definition does not have. */
export class NothingThere extends Error {
  override readonly name = 'NothingThere';
}

const refuse = () => Promise.reject(new NothingThere('a simulation reaches nothing'));

/** A port behind which there is nothing: every method refuses. */
const closed = <T extends object>(): T => new Proxy({} as T, { get: () => refuse });

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** The workspace of a run that has written nothing: it tells what a file that is written would be. */
const workspace: Workspace = {
  ...refusing(['read', 'stream', 'write', 'append', 'file', 'list', 'remove']),
  stat: async () => undefined,
  async preview(given, { bytes, sha256 }, { media_type } = {}) {
    const path = workspacePath(given, PATH_BYTES);
    const file = { artifact_id: sha256, path, media_type: media_type ?? mediaTypeOf(path), bytes };
    return { path, bytes, sha256, file };
  },
};

function refusing<Name extends keyof Workspace>(names: readonly Name[]): Pick<Workspace, Name> {
  return Object.fromEntries(names.map((name) => [name, refuse])) as unknown as Pick<Workspace, Name>;
}

/** Surroundings of a tool in a simulation of a definition: no network, no file, no database, and `children` to compute in. */
export const nowhere = (children: Children): ToolContext => ({
  workflow_id: 'simulation',
  correlation_id: 'simulation',
  step_id: 'simulation',
  round: 1,
  key: 'simulation',
  mode: 'simulate',
  attempt: 1,
  signal: new AbortController().signal,
  deadline: Infinity,
  heartbeat: () => undefined,
  log: silent,
  documents: closed(),
  workspace,
  memory: closed(),
  meaning: closed(),
  state: closed(),
  fetch: refuse,
  apart: { threads: { run: refuse }, children },
  databases: closed(),
  exchange: refuse,
  now: Date.now,
  random: Math.random,
  pause: async () => undefined,
  replayed: false,
  agents: { report: () => undefined },
});
