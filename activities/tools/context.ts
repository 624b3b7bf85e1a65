import { setTimeout as sleep } from 'node:timers/promises';
import type { ArtifactRef } from '../../schemas/refs';
import type { StepCall } from '../../schemas/step-call';
import type { Documents } from '../../src/documents/content';
import type { Memories } from '../../src/memory/memory';
import { MeaningError, type Meanings } from '../../src/meaning/meaning';
import type { States } from '../../src/state/state';
import type { Workspaces } from '../../src/workspaces/port';
import type { Solve } from '../agents/loop/port';
import type { AgentState } from '../agents/state';
import type { Databases } from '../../src/databases/databases';
import type { Connector } from '../../src/egress/connector';
import type { Recordings } from '../../src/recordings/recordings';
import { tapedFetch } from '../recording/http';
import { tapedMeaning, tapedState } from '../recording/kept';
import { tapedDatabases } from '../recording/sql';
import type { Tape } from '../recording/tape';
import { databasesOf } from './databases';
import type { Refusals } from './effects';
import { egressOf } from './egress';
import { ToolError } from './errors';
import type { RegisteredTool } from './registry';
import type { CallSecrets } from './secrets';
import type { Limited } from './time-limit';
import type { ToolContext } from './tool';
import type { Log } from './log';
import type { Apart } from './pure/apart';
import { workspaceRoot } from '../../src/workspaces/files';
import { announcingFiles, filesSeenAs, readOnly, readOnlyMeaning, readOnlyMemory, readOnlyState } from './workspace';

/** Parts that the runtime hands on to tools. */
export interface ContextParts {
  documents: Documents;
  /** files of runs */
  workspaces: Workspaces;
  /** values that the steps of a run share */
  memories: Memories;
  /** values that an agent keeps between its calls */
  states: States;
  /** texts that are found by their meaning; without it, tools that need them fail */
  meanings?: Meanings;
  log: Log;
  /** threads and children for tools; without it, tools that need them fail */
  apart?: Apart;
  /** health reports of agents */
  state: AgentState;
  /** the way to the outside; without it every tool is refused it */
  egress?: Connector;
  /** without them no tool reaches a database */
  databases?: Databases;
  /** what runs have exchanged with the world, as far as it is kept */
  recordings: Recordings;
  /** called for every artifact that is put, with the run's workflow id; must not throw */
  onArtifact?: (artifact: ArtifactRef, run: string) => void;
}

/** A replay says nothing about the health of agents. */
const UNTOLD: AgentState = { report: () => undefined };

const closed = () => Promise.reject(new Error('this process computes nothing in threads or children'));
const NOWHERE: Apart = { threads: { run: closed }, children: { evaluate: closed, readTable: closed, close: () => {} } };

const notHere = () => Promise.reject(new MeaningError('unavailable', 'this process has no memory by meaning'));
const NOTHING_MEANT: Meanings = { of: () => ({ remember: notHere, search: notHere, forget: notHere }) };

/** The platform as a tool sees it in one attempt. */
export function contextOf(
  {
    documents,
    workspaces,
    memories,
    meanings = NOTHING_MEANT,
    states,
    log,
    apart,
    databases,
    state,
    egress,
    recordings,
    onArtifact,
  }: ContextParts,
  { spec }: RegisteredTool,
  call: StepCall,
  { signal, deadline }: Limited,
  { attempt, heartbeat, rework }: Pick<ToolContext, 'attempt' | 'heartbeat' | 'rework'>,
  { given: secrets, refusals, tape, solve }: { given: CallSecrets; refusals: Refusals; tape: Tape; solve?: Solve },
): ToolContext {
  const { workflow_id, correlation_id, step_id, round, mode, limits, terms } = call;
  const announce = (artifact: ArtifactRef): void => onArtifact?.(artifact, workflow_id);
  const [workspace, memory] = [workspaces.of(workflow_id), memories.of(workflow_id)];
  const roots = [workspaceRoot(workflow_id), workspaceRoot(tape.seen.workflow_id)] as const;
  const files = filesSeenAs(announcingFiles(workspace, announce), ...roots);
  const meaning = tapedMeaning(tape, meanings.of(workflow_id));
  const own = tapedState(tape, states.of(spec.name));
  const bodies = { own: recordings.of(workflow_id), recorded: recordings.of(tape.source) };
  return {
    ...tape.seen,
    correlation_id,
    step_id,
    round,
    mode,
    limits,
    locks: terms?.locks,
    attempt,
    signal,
    deadline,
    heartbeat,
    log: secrets.log(log),
    documents: mode === 'live' ? announcing(documents, announce) : withoutArtifacts(documents),
    workspace: mode === 'live' ? files : readOnly(workspace),
    memory: mode === 'live' ? memory : readOnlyMemory(memory),
    meaning: mode === 'live' ? meaning : readOnlyMeaning(meaning),
    state: mode === 'live' ? own : readOnlyState(own),
    fetch: tapedFetch(tape, egressOf(spec, mode, signal, egress, secrets, refusals), bodies),
    apart: apart ?? NOWHERE,
    databases: tapedDatabases(tape, databasesOf(spec, mode, databases, refusals)),
    exchange: (kind, request, ask) => tape.ask(kind, request, ask),
    now: () => tape.look('clock', null, Date.now),
    random: () => tape.look('random', null, Math.random),
    pause: (ms) => (tape.replayed ? Promise.resolve() : sleep(ms, undefined, { signal })),
    replayed: tape.replayed,
    agents: tape.replayed ? UNTOLD : state,
    solve,
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
    async putArtifactStream(file) {
      const artifact = await documents.putArtifactStream(file);
      announce(artifact);
      return artifact;
    },
  };
}

/** Values are named by their content and harm nobody; an artifact would appear where people look. */
function withoutArtifacts(documents: Documents): Documents {
  const refuse = () =>
    Promise.reject(
      new ToolError({ class: 'policy', type: 'simulate.effect', message: 'a simulation puts no artifacts' }),
    );
  return { ...documents, putArtifact: refuse, putArtifactStream: refuse };
}
