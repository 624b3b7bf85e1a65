import type { CompleteSpec } from '../../../../core/worst-case';
import type { Effect } from '../../../../schemas/tool';
import type { PlannedStep } from './steps';

/** Effect of a step on the world. Rendering and writing tools have one only where they save. */
export function effectOf(step: PlannedStep, spec: CompleteSpec | undefined): Effect {
  if (step.kind === 'wait' || step.kind === 'approval') return 'once';
  const uses = step.uses ?? '';
  if (/^(report|render|transform)\./.test(uses)) return step.with?.['save_as'] === undefined ? 'none' : 'idempotent';
  if (spec) return spec.effect;
  return /^(file\.(read|list|search)|sql\.query|memory\.(get|list)|check\.)/.test(uses) ? 'none' : 'once';
}
