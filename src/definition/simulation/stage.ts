import type { CompleteSpec } from '../../../core/worst-case';
import type { Failure } from '../../../schemas/catalogue';
import type { Json } from '../../../schemas/json';
import type { Target } from '../../../schemas/job/touches';

/** A call of a tool or an agent, with arguments that fit its schema. */
export interface StagedCall {
  kind: 'tool' | 'agent';
  /** with the effect of these arguments */
  spec: CompleteSpec;
  input: Json;
}

/** End of a call: the output, computed or made up; or its failure, after which another attempt may follow. */
export type StagedEnd = { output: Json; source: 'real' | 'stub' } | { failed: Failure; transient: boolean };

/** Stands in for everything that an execution would reach: tools without effect compute, others are made up. */
export interface Stage {
  call(call: StagedCall): Promise<StagedEnd>;
  /** The failure of arguments that do not fit; undefined where they do. */
  inputFault(spec: CompleteSpec, input: Json): Failure | undefined;
  /** Faults of an output that is given, by JSON Pointers into it. `task`: of an agent that knows tasks. */
  outputFaults(spec: CompleteSpec, task: string | undefined, output: Json): { pointer: string; message: string }[];
  /** The changes that a call would make. */
  changesOf(spec: CompleteSpec, input: Json): Target[];
}
