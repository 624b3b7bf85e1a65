import type { Json } from '../../schemas/json';
import type { Ref } from '../../schemas/refs';
import type { RunRecord } from '../../schemas/run';
import { canonicalJson, sha256 } from '../documents/json';
import type { Workspaces } from '../workspaces/port';
import { differencesOf, type Difference } from './differences';
import { findRecorded, type RecordedParts } from './recorded';
import { idsOf, resultOf, type MadeFile } from './result';

export interface CompareParts extends RecordedParts {
  workspaces: Workspaces;
  values: { getValue(ref: Ref): Promise<Json> };
}

/** The name of the list of files of a run in a recording that came from elsewhere. */
export const FILES = 'files';

/** Places at most that are told. */
const MOST = 50;

/** The files that a run has left in its workspace. */
export async function filesOf({ workspaces }: Pick<CompareParts, 'workspaces'>, run: string): Promise<MadeFile[]> {
  const workspace = workspaces.of(run);
  const files: MadeFile[] = [];
  for (const { path } of await workspace.list()) files.push({ path, sha256: (await workspace.file(path)).sha256 });
  return files;
}

/** A replay that has ended beside the run that was recorded. */
export function createComparer(parts: CompareParts) {
  const madeBy = async (run: string): Promise<MadeFile[]> =>
    (await parts.recordings.of(run).read<MadeFile[]>('run', FILES)) ?? (await filesOf(parts, run));

  return async function compare(replay: RunRecord, of: string): Promise<{ digest: string; differences: Difference[] }> {
    const recorded = await findRecorded(parts, of);
    const ids = [...idsOf(replay), ...(recorded ? idsOf(recorded) : [])];
    const document = async (record: RunRecord) =>
      await resultOf(record, await madeBy(record.workflow_id), ids, parts.values);
    const after = await document(replay);
    const before = recorded && (await document(recorded));
    return { digest: `sha256:${sha256(canonicalJson(after))}`, differences: differencesOf(before, after, MOST) };
  };
}
