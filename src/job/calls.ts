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

/**
 * The calls of a step: those of the tools that it lists for an agent too, since a model may make them. A step whose tool
 * there is not has none: other checks name it.
 */
export function callsOf(step: Step, catalogue: ToolCatalogue): Call[] {
  const args = step.with ?? {};
  const [main, check] = [catalogue.of(step), step.until && catalogue.tool(step.until.check)];
  return [
    ...(main ? [{ step, spec: specFor(main, args), args }] : []),
    ...listedBy(step, main, catalogue),
    ...(step.until && check ? [{ step, spec: specFor(check, step.until.with), args: step.until.with }] : []),
  ];
}

/** An argument that nobody knows before a model has chosen it. */
const UNCHOSEN = '${{ steps.model.output }}';

/** Calls that a model may make for an agent with tasks. Nobody knows their arguments: each counts as the worst it may be. */
function listedBy(step: Step, agent: CompleteSpec | undefined, catalogue: ToolCatalogue): Call[] {
  const listed = step.kind === 'agent' && agent?.tasks ? step.with?.['tools'] : undefined;
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((name) => {
    const spec = typeof name === 'string' ? catalogue.tool(name) : undefined;
    if (!spec) return [];
    const args = Object.fromEntries(Object.keys(spec.input.properties ?? {}).map((argument) => [argument, UNCHOSEN]));
    return [{ step, spec, args }];
  });
}
