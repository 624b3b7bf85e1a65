import { nameOf } from '../../../core/engine/row-id';
import type { DefinitionStep } from '../../../schemas/definition/definition';
import { stepOfCall } from '../compile';
import { endsTogether, isAroundOne } from '../steps';

/** A condition that a step depends on: its own `when`, that of a parallel step around it, or the side of a condition. */
export type Guard = { of: 'when'; step?: string; text: string } | { of: 'then' | 'else'; step: string; text: string };

/** A step of a definition, and what is around it. */
export interface OutlinedStep {
  step: DefinitionStep;
  guards: Guard[];
  /** the parallel step around it, the nearest */
  parallel?: string;
  /** of the call that a loop repeats, which has no step of its own in the plan: that loop */
  repeatedBy?: DefinitionStep;
}

/** The steps of a definition by the names that rows of its plan have. */
export class Outline {
  private readonly steps = new Map<string, OutlinedStep>();

  constructor(steps: readonly DefinitionStep[]) {
    this.addBody(steps);
  }

  get ids(): string[] {
    return [...this.steps.keys()];
  }

  get(id: string): OutlinedStep | undefined {
    return this.steps.get(id);
  }

  /** The step of a row, by what is left of its id; for the row of the call of a transformed step, that step. */
  ofRow(row: string): OutlinedStep | undefined {
    return this.steps.get(this.nameIn({ id: row }));
  }

  /** The id of the step of a loaded step. */
  nameIn({ id }: { id: string }): string {
    return this.callOf(id) ?? nameOf(id);
  }

  /** The id of the call that a loop around one repeats; undefined for other steps. */
  repeatedIn(loop: string): string | undefined {
    const { step } = this.steps.get(loop) ?? {};
    return step?.step_type === 'loop' && isAroundOne(step) ? step.steps?.[0]?.step_id : undefined;
  }

  /** Of the row of a call whose output a row of its own transforms: the id of the step. */
  callOf(row: string): string | undefined {
    const id = stepOfCall(nameOf(row));
    return id !== undefined && this.steps.get(id)?.step.output !== undefined ? id : undefined;
  }

  /** Steps that stand side by side: at the top, or in a group. */
  private addBody(steps: readonly DefinitionStep[]): void {
    const flat = flattened(steps);
    const branches = new Map<string, Guard[]>();
    for (const { step } of flat)
      if (step.step_type === 'condition')
        for (const side of ['then', 'else'] as const)
          for (const id of step[side] ?? []) {
            const other = side === 'then' ? step.else : step.then;
            if (other?.includes(id)) continue;
            branches.set(id, [{ of: side, step: step.step_id, text: step.condition ?? '' }]);
          }
    for (const { step, around } of flat) {
      const guards = [...around, step].flatMap((one): Guard[] => [
        ...(branches.get(one.step_id) ?? []),
        ...(one.when === undefined
          ? []
          : [{ of: 'when' as const, text: one.when, ...(one === step ? {} : { step: one.step_id }) }]),
      ]);
      // a parallel step is told by the steps within it, which have its guards
      const own = step.step_type === 'parallel' && !endsTogether(step) ? [] : guards;
      this.steps.set(step.step_id, { step, guards: own, parallel: around.at(-1)?.step_id });
      if (endsTogether(step)) this.addBody(step.steps ?? []);
      if (step.step_type !== 'loop') continue;
      const [inner] = step.steps ?? [];
      if (!isAroundOne(step)) this.addBody(step.steps ?? []);
      else if (inner) this.steps.set(inner.step_id, { step: inner, guards: [], repeatedBy: step });
    }
  }
}

function flattened(
  steps: readonly DefinitionStep[],
  around: DefinitionStep[] = [],
): { step: DefinitionStep; around: DefinitionStep[] }[] {
  return steps.flatMap((step) => [
    { step, around },
    ...(step.step_type === 'parallel' && !endsTogether(step) ? flattened(step.steps ?? [], [...around, step]) : []),
  ]);
}
