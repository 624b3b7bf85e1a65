import { posix } from 'node:path';
import type { MemoryList, WorkspaceList } from '../../schemas/workspace';
import type { Memories } from '../../src/memory/memory';
import type { Runs } from '../../src/runs';
import { noSuchRun } from '../../src/runs/errors';
import { WorkspaceError, type Workspaces } from '../../src/workspaces/port';
import { workspaceRoot } from '../../src/workspaces/files';
import { createFileFinder, sendFile, type FileParts } from '../files';
import { pageOf } from '../http';
import { addressOf } from '../links';
import type { Call, Handlers } from '../part';
import { HttpProblem } from '../problem';
import { workspaceContracts } from './contract';
import { sendZip } from './zip';

export interface WorkspaceDependencies extends FileParts {
  workspaces: Workspaces;
  memories: Memories;
  runs: Pick<Runs, 'readRun'>;
  /** true if a workflow id belongs to this namespace */
  isOurs: (workflowId: string) => boolean;
}

export function workspaceRoutes(deps: WorkspaceDependencies): Handlers<typeof workspaceContracts> {
  const { workspaces, memories, runs, isOurs } = deps;
  const find = createFileFinder(deps);

  const ourRun = (id: string): string => {
    if (!isOurs(id)) throw noSuchRun(id);
    return id;
  };

  return {
    async listWorkspace(call) {
      const run = ourRun(call.params.workflow_id ?? '');
      const path = call.query.path === undefined ? undefined : String(call.query.path);
      const files = await workspaces.of(run).list(path).catch(asProblem);
      if (files.length === 0) await runs.readRun(run);
      const { page, next_cursor } = pageOf(call, files, 200);
      const list: WorkspaceList = {
        files: page.map((file) => ({
          ...file,
          modified_at: new Date(file.modified_at).toISOString(),
          href: downloadOf(run, file.path),
        })),
        total: { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) },
        links: { download: downloadOf(run, path) },
        next_cursor,
      };
      return { body: list };
    },

    async readMemory({ params }) {
      const run = ourRun(params.workflow_id ?? '');
      const list: MemoryList = { entries: await memories.of(run).list() };
      if (list.entries.length === 0) await runs.readRun(run);
      return { body: list };
    },

    async downloadWorkspace(call) {
      const { run, path } = wantedOf(call.query);
      const workspace = workspaces.of(ourRun(run));
      const isFile = path !== '' && !path.endsWith('/') && (await workspace.stat(path).catch(asProblem));
      const file = isFile && (await find(`${workspaceRoot(run)}${path}`));
      if (file) {
        await sendFile(call.req, call.res, file);
        return undefined;
      }
      const files = await workspace.list(path).catch(asProblem);
      if (files.length === 0) throw new HttpProblem('not-found', 'The run has no such file, and no such folder.');
      const name = path === '' ? run : posix.basename(path);
      await sendZip(call.res, `${name}.zip`, { files, within: posix.dirname(path), workspace });
      return undefined;
    },
  };
}

/** The address of a file or a folder of a run. */
function downloadOf(run: string, path: string | undefined): string {
  const query = new URLSearchParams({ run, ...(path === undefined ? {} : { path }) });
  return `${addressOf(workspaceContracts.downloadWorkspace, {})}?${query.toString()}`;
}

/** The run, and the path in its workspace, empty for all of it. */
function wantedOf({ run, path }: Call['query']): { run: string; path: string } {
  if (run !== undefined) return { run: String(run), path: plainPath(String(path ?? '')) };
  const [, id = '', rest = ''] = /^(?:workspaces\/)?([^/]+)(?:\/(.*))?$/s.exec(String(path ?? '')) ?? [];
  if (id !== '') return { run: id, path: plainPath(rest) };
  throw new HttpProblem('invalid', 'Say which run: `run`, or a path that begins with its workflow id.', {
    errors: [{ pointer: 'run', detail: 'is missing' }],
  });
}

/** A path in the form of the workspace; `.` is all of it. */
const plainPath = (path: string): string => (path === '.' ? '' : path.normalize('NFC'));

/** A path that is none is the caller's fault. */
function asProblem(error: unknown): never {
  if (!(error instanceof WorkspaceError) || error.code !== 'bad_path') throw error;
  throw new HttpProblem('invalid', `This is not a path of a workspace: ${error.message}.`, {
    errors: [{ pointer: 'path', detail: error.message }],
    cause: error,
  });
}
