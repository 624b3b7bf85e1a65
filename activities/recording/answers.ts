import { isKept, isWholeReplay, type Terms } from '../../schemas/terms';
import type { Part, Recordings } from '../../src/recordings/recordings';
import { ToolError } from '../tools/errors';

/**
 * An answer of the platform itself that depends on more than the run, such as a plan: kept where the run is recorded, and
 * in its replay the one that was kept. @throws ToolError `replay.miss`
 */
export async function keptAnswer<T extends object>(
  recordings: Recordings,
  { workflow_id, terms }: { workflow_id: string; terms?: Terms },
  { part, name }: { part: Part; name: string },
  answer: () => Promise<T>,
): Promise<T> {
  const { recording } = terms ?? {};
  if (isWholeReplay(recording)) {
    const kept = await recordings.of(recording.of).read<T>(part, name);
    if (kept) return kept;
    const message = `the recording of ${recording.of} has no answer of this kind (${part}): another was asked for`;
    throw new ToolError({ class: 'permanent', type: 'replay.miss', message });
  }
  const given = await answer();
  if (isKept(recording)) await recordings.of(workflow_id).write(part, name, given);
  return given;
}
