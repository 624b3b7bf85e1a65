import type { ToolCatalogue } from '../../../core/plan/catalogue';
import type { CheckedPlan } from '../../../core/plan/check';
import type { Asked, CriticFinding, Severity } from '../../../schemas/job/critic';
import type { Json } from '../../../schemas/json';
import { effectBeforeApproval, unaskedWrite } from './asked';
import {
  missingErrorPath,
  namelessResult,
  sqlFromValues,
  unboundedFanOut,
  unguardedOutput,
  unusedOutput,
} from './flow';
import { reviewOf, type Rule } from './review';
import { secretInArguments } from './secrets';

const RULES: readonly Rule[] = [
  effectBeforeApproval,
  secretInArguments,
  unaskedWrite,
  sqlFromValues,
  unboundedFanOut,
  unusedOutput,
  missingErrorPath,
  unguardedOutput,
  namelessResult,
];

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

export interface CriticOptions {
  /** what the goal asks for, as far as it is known */
  asked?: Asked;
  /** input of the run, where it is known */
  input?: Json;
}

/** Objections to a plan that could run, the gravest first. An `error` asks for a rework. */
export function criticise(
  checked: CheckedPlan,
  catalogue: ToolCatalogue,
  { asked = {}, input }: CriticOptions = {},
): CriticFinding[] {
  const review = reviewOf(checked, catalogue, asked, input);
  const found = RULES.flatMap((rule) => rule(review));
  return SEVERITIES.flatMap((severity) => found.filter((one) => one.severity === severity));
}
