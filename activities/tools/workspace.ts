import type { ArtifactRef } from '../../schemas/refs';
import type { Memory } from '../../src/memory/memory';
import type { Meaning } from '../../src/meaning/meaning';
import type { State } from '../../src/state/state';
import type { Workspace, WrittenFile } from '../../src/workspaces/port';
import { ToolError } from './errors';

/** The same workspace, telling of each file that is written. */
export function announcingFiles(workspace: Workspace, announce: (artifact: ArtifactRef) => void): Workspace {
  const told = async (writing: Promise<WrittenFile>): Promise<WrittenFile> => {
    const written = await writing;
    announce(written.file);
    return written;
  };
  return {
    ...workspace,
    write: async (path, content, options) => await told(workspace.write(path, content, options)),
    append: async (path, piece, key) => await told(workspace.append(path, piece, key)),
  };
}

/**
 * The same workspace, whose files lie where those of another run do: in a replay a tool sees the paths that were recorded,
 * and makes the same of them.
 */
export function filesSeenAs(workspace: Workspace, root: string, seen: string): Workspace {
  if (root === seen) return workspace;
  const moved = async (writing: Promise<WrittenFile>): Promise<WrittenFile> => {
    const written = await writing;
    const { file } = written;
    return { ...written, file: { ...file, path: file.path.replace(root, () => seen) } };
  };
  return {
    ...workspace,
    write: (...given) => moved(workspace.write(...given)),
    append: (...given) => moved(workspace.append(...given)),
    file: (...given) => moved(workspace.file(...given)),
    preview: (...given) => moved(workspace.preview(...given)),
  };
}

/** The workspace as simulations have it. */
export function readOnly(workspace: Workspace): Workspace {
  const refuse = refusing('files');
  return { ...workspace, write: refuse, append: refuse, remove: refuse };
}

/** The memory as simulations have it. */
export const readOnlyMemory = (memory: Memory): Memory => ({ ...memory, set: refusing('values') });

/** The memory by meaning as simulations have it. */
export const readOnlyMeaning = (meaning: Meaning): Meaning => {
  const refuse = refusing('memory');
  return { ...meaning, remember: refuse, forget: refuse };
};

/** The state of an agent as simulations have it. */
export const readOnlyState = (state: State): State => ({ ...state, set: refusing('state') });

const refusing = (what: string) => () =>
  Promise.reject(
    new ToolError({ class: 'policy', type: 'simulate.effect', message: `a simulation changes no ${what}` }),
  );
