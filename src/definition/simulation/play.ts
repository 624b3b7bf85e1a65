import type { Work } from '../../../core/engine/call';
import type { Interpreter } from '../../../core/engine/interpreter';
import type { JobEnd } from '../../../core/engine/job';
import type { StepTable } from '../../../core/engine/table';
import type { Failure } from '../../../schemas/catalogue';
import type { Json } from '../../../schemas/json';
import type { LoadedPlan } from '../../../schemas/loaded-plan';
import type { Scope } from '../../../schemas/step-call';
import type { Given } from './given';
import type { World } from './world';

/** A job under way. Whoever does it ends it once; the end of one that has been cancelled comes to nothing. */
export interface Task {
  /** the row of its step */
  step: string;
  end: (how: JobEnd) => void;
  isOver: boolean;
  /** Ends what it has begun elsewhere. */
  cancel?: () => void;
}

/** A definition that is followed: the one that is simulated, or a sub-workflow. */
export interface Followed {
  plan: LoadedPlan;
  given: Given;
  input: Json;
  /** sub-workflows around it */
  depth: number;
}

/** End of a definition, in the words of its executions. */
export type FollowedEnd = { output: Json } | { failed: Failure };

/** A definition under way, as those see it who do its jobs. */
export interface Play {
  world: World;
  about: Followed;
  table: StepTable;
  interpreter: Interpreter;
  /** Ends a job, and goes on with what follows. */
  finish(task: Task, how: JobEnd): void;
  /** A value made of expressions; where one of them is at fault, the job ends with that, and there is none. */
  rendered(task: Task, render: () => Json): { value: Json } | undefined;
  /** A template with its values; a secret is stood for by its name. @throws ExpressionError */
  render(template: Json, scope: Scope): Json;
  /** The arguments of a call. @throws ExpressionError */
  argumentsOf(job: Work): Json;
}

export const failureOf = ({ type, message }: { type: string; message?: string }): Failure => ({
  type,
  message: message ?? `given: ${type}`,
});
