import type { ToolCatalogue } from '../../core/plan/catalogue';
import { specFor, type CompleteSpec } from '../../core/worst-case';
import type { JsonObject } from '../../schemas/json';
import type { Step } from '../../schemas/plan';

/** A call that a step makes: the tool or agent that it uses, or the check of its output. */
export interface Call {
  step: Step;
  /** with the effect of these arguments */
  spec: CompleteSpec;
  args: JsonObject;
}

/** The calls of a step. A step whose tool there is not has none: other checks name it. */
export function callsOf(step: Step, catalogue: ToolCatalogue): Call[] {
  const args = step.with ?? {};
  const [main, check] = [catalogue.of(step), step.until && catalogue.tool(step.until.check)];
  return [
    ...(main ? [{ step, spec: specFor(main, args), args }] : []),
    ...(step.until && check ? [{ step, spec: specFor(check, step.until.with), args: step.until.with }] : []),
  ];
}
