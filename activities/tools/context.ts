import type { ArtifactRef } from '../../schemas/refs';
import type { StepCall } from '../../schemas/step-call';
import type { Documents } from '../../src/documents/content';
import type { AgentState } from '../agents/state';
import { egressOf, type Egress } from './egress';
import { ToolError } from './errors';
import type { RegisteredTool } from './registry';
import type { Limited } from './time-limit';
import type { Log, ToolContext } from './tool';

/** Parts that the runtime hands on to tools. */
export interface ContextParts {
  documents: Documents;
  log: Log;
  /** health reports of agents */
  state: AgentState;
  /** the way to the outside; without it every tool is refused it */
  egress?: Egress;
  /** called for every artifact that is put, with the run's workflow id; must not throw */
  onArtifact?: (artifact: ArtifactRef, run: string) => void;
}

/** The platform as a tool sees it in one attempt. */
export function contextOf(
  { documents, log, state, egress, onArtifact }: ContextParts,
  { spec }: RegisteredTool,
  call: StepCall,
  { signal, deadline }: Limited,
  { attempt, heartbeat, rework }: Pick<ToolContext, 'attempt' | 'heartbeat' | 'rework'>,
): ToolContext {
  const { workflow_id, correlation_id, step_id, round, key, mode } = call;
  return {
    workflow_id,
    correlation_id,
    step_id,
    round,
    key,
    mode,
    attempt,
    signal,
    deadline,
    heartbeat,
    log,
    documents:
      mode === 'live'
        ? announcing(documents, (artifact) => onArtifact?.(artifact, workflow_id))
        : withoutArtifacts(documents),
    fetch: egressOf(spec, mode, signal, egress),
    agents: state,
    ...(rework ? { rework } : {}),
  };
}

/** The output and findings of the round before, read. */
export async function readRework(documents: Documents, { rework }: StepCall): Promise<ToolContext['rework']> {
  if (!rework) return undefined;
  const { previous, findings, instruction } = rework;
  return {
    previous: await documents.fromValue(previous),
    findings,
    ...(instruction === undefined ? {} : { instruction }),
  };
}

function announcing(documents: Documents, announce: (artifact: ArtifactRef) => void): Documents {
  return {
    ...documents,
    async putArtifact(file) {
      const artifact = await documents.putArtifact(file);
      announce(artifact);
      return artifact;
    },
  };
}

/** Values are named by their content and harm nobody; an artifact would appear where people look. */
function withoutArtifacts(documents: Documents): Documents {
  return {
    ...documents,
    putArtifact: () =>
      Promise.reject(
        new ToolError({ class: 'policy', type: 'simulate.effect', message: 'a simulation puts no artifacts' }),
      ),
  };
}
