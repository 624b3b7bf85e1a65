import type { JsonObject } from '../json';
import type { Plan } from '../plan';
import type { Ref, Value } from '../refs';
import type { SignalPolicy } from '../run';
import type { StepArguments } from '../step-call';
import type { DefinitionContent } from './definition';

/** The definition that an execution carries out: one version of it, for good. */
export interface DefinitionVersion {
  id: string;
  version: number;
  name: string;
}

/** An execution that begins in the middle of another: what that one has done is taken over. */
export interface Rerun {
  /** the execution whose results it takes over */
  of: string;
  /** the step from which it does its own work */
  from_step: string;
  /** the rows of the steps that are taken over: a `TableState` */
  table: Ref;
}

/** Input of an execution. */
export interface ExecutionInput {
  execution_id: string;
  definition: DefinitionVersion;
  /** the version's plan */
  plan: Ref<Plan>;
  steps: number;
  /** the value that the plan's expressions see as `input` */
  input: Value;
  requested_by: string;
  correlation_id: string;
  /** identity of what was asked for: the same `execution_id` with another is a conflict */
  request_digest: string;
  rerun?: Rerun;
  options: { approval_signals: SignalPolicy; expire_after: number };
}

/** Facts stored beside an execution's input, for lists and for a second start. */
export interface ExecutionMemo {
  title: string;
  definition_id: string;
  version: number;
  name: string;
  requested_by: string;
  request_digest: string;
  correlation_id: string;
  /** of a re-run: the execution that it came from */
  rerun_of?: string;
}

/** All that an execution is started with. */
export interface ExecutionStart {
  workflow_id: string;
  input: ExecutionInput;
  memo: ExecutionMemo;
  /** in Temporal's index: `<id>@<version>` */
  definition: string;
  /** a line for people who look at the run in Temporal */
  summary: string;
  /** state of an ended execution of that id, from which this one goes on: a `Carried` */
  carried?: JsonObject;
  /** what it has given back: it is completed already */
  result?: Value;
}

/** A step of a run that executes a definition: the version that it names, and what it gives it. */
export interface WantedByStep {
  /** `<id>@<version>` */
  uses: string;
  arguments: StepArguments;
  /** the same for every attempt, another for each round */
  key: string;
  correlation_id: string;
}

/** An execution as its workflow's `view`. */
export interface ExecutionView {
  execution_id: string;
  definition: DefinitionVersion;
  plan: Ref<Plan>;
  input: Value;
  requested_by: string;
  request_digest: string;
  rerun_of?: string;
  from_step?: string;
}

/** Kinds of changes, each of which makes a version. */
export const changes = ['created', 'changed', 'rolled_back', 'deleted'] as const;
export type Change = (typeof changes)[number];

/** A version of a definition, as it is stored: one file, written once. A deletion is a version without content. */
export interface StoredVersion {
  id: string;
  version: number;
  change: Change;
  /** UTC, ISO 8601 */
  at: string;
  by: string;
  /** the version whose content this one has again */
  from?: number;
  content?: DefinitionContent;
  /** what executions of it carry out */
  plan?: Ref<Plan>;
  steps?: number;
}

/** Input of a change of a definition. */
export interface RevisionInput {
  stored: Ref<StoredVersion>;
  /** facts of the version that events tell */
  about: Pick<StoredVersion, 'id' | 'version' | 'change' | 'by' | 'from'> & { name: string };
  correlation_id: string;
}
