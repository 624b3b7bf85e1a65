import {
  bareExpression,
  compile,
  condition,
  parseTemplate,
  references,
  type Node,
} from '../../../core/plan/expressions';
import { onErrorOf } from '../../../core/plan/steps';
import type { CriticFinding, Severity } from '../../../schemas/job/critic';
import type { Json } from '../../../schemas/json';
import type { Step } from '../../../schemas/plan';
import { isChange, isOutsideEffect } from '../targets';
import type { Review, Rule } from './review';

const finding = (code: string, step: Step, severity: Severity, message: string, fix: string): CriticFinding => ({
  code: `critic.${code}`,
  step_id: step.id,
  severity,
  message: `"${step.id}" ${message}`,
  fix,
});

/** Steps for each element of a list that nothing bounds, and pages without end. */
export const unboundedFanOut: Rule = ({ steps }) =>
  steps.flatMap(({ step, targets, times }) => {
    const paging = step.with?.paging as { max_items?: unknown; max_pages?: unknown } | undefined;
    const endless = paging !== undefined && paging.max_items === undefined && paging.max_pages === undefined;
    const fix = 'bound the list: `max_items`, `max_rows` or `limit` in the step that it comes from';
    return [
      ...(times.most === null
        ? [
            finding(
              'unbounded_fan_out',
              step,
              targets.some(isOutsideEffect) ? 'warning' : 'info',
              'runs for each element of a list that nothing bounds',
              fix,
            ),
          ]
        : []),
      ...(endless
        ? [
            finding(
              'endless_paging',
              step,
              'info',
              'goes through pages without a bound',
              'say `max_items` or `max_pages`',
            ),
          ]
        : []),
    ];
  });

/** Reading whose result nobody uses. */
export const unusedOutput: Rule = ({ plan, steps, links }) => {
  const used = new Set(references(plan.result ?? {}).flatMap(({ root, path }) => (root === 'steps' ? [path[0]] : [])));
  for (const { needs } of links.values()) for (const need of needs) used.add(need);
  for (const { on_error } of plan.steps) if (typeof on_error === 'object') used.add(on_error.fallback);
  return steps
    .filter(({ step, calls, targets }) => calls.length > 0 && !used.has(step.id) && !targets.some(isChange))
    .map(({ step }) =>
      finding(
        'unused_output',
        step,
        'warning',
        'gives something that nobody uses',
        'use its output, name it in `result`, or leave the step out',
      ),
    );
};

/** Risky steps of which a failure leaves things half done. */
export const missingErrorPath: Rule = ({ steps }) =>
  steps.flatMap(({ step, calls, targets }) => {
    const [call] = calls;
    const outside = targets.filter(isOutsideEffect);
    if (!call || outside.length === 0 || onErrorOf(step) !== 'fail') return [];
    const isRisky = call.spec.risk === 'high' || outside.some(({ access }) => access === 'delete');
    const partly = step.for_each !== undefined;
    if (!isRisky && !partly) return [];
    const what = partly ? 'may end with some elements done and others not' : 'is risky';
    return [
      finding(
        'missing_error_path',
        step,
        isRisky ? 'warning' : 'info',
        `${what}, and has no path for its failure`,
        'say `on_error`: a fallback step that mends or reports, or `continue`',
      ),
    ];
  });

/** Outputs of steps that may fail, read as if they had not. */
export const unguardedOutput: Rule = ({ plan, byId }) => {
  const mayBeNull = (id: string): boolean => {
    const step = byId.get(id);
    return step !== undefined && onErrorOf(step) === 'continue';
  };
  const read = (value: Json) =>
    parseTemplate(value).expressions.flatMap(({ source }) => unguarded(compile(source).node));
  return plan.steps.flatMap((step) => {
    const asks = step.when === undefined ? [] : references(condition(step.when)).map(({ path }) => path[0]);
    const texts: Json = [
      step.with ?? {},
      step.for_each === undefined ? null : condition(bareExpression(step.for_each)),
    ];
    const wrong = [...new Set(read(texts))].find((id) => mayBeNull(id) && !asks.includes(id));
    if (wrong === undefined) return [];
    const message = `reads the output of "${wrong}", which is null if that fails`;
    return [
      finding(
        'unguarded_output',
        step,
        'warning',
        message,
        `ask \`when: steps.${wrong}.status == "completed"\`, or use default(…)`,
      ),
    ];
  });
};

/** Steps whose output an expression goes into, without has(), default() or `?`. */
function unguarded(node: Node): string[] {
  if (node.kind === 'has' || (node.kind === 'field' && node.optional)) return [];
  if (node.kind === 'default') return unguarded(node.fallback);
  if (node.kind === 'field' || node.kind === 'index') {
    const { of } = node;
    const step = of.kind === 'field' && of.key === 'output' && of.of.kind === 'field' ? of.of : undefined;
    if (step?.of.kind === 'root' && step.of.name === 'steps') return [step.key];
  }
  return Object.values(node).flatMap((part: unknown) => partsOf(part).flatMap(unguarded));
}

function partsOf(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== 'object' || value === null) return [];
  return 'kind' in value && 'start' in value ? [value as Node] : Object.values(value).flatMap(partsOf);
}

/** SQL into which values are written: they could say anything. */
export const sqlFromValues: Rule = ({ plan }) =>
  plan.steps
    .filter(({ with: args }) => typeof args?.sql === 'string' && parseTemplate(args.sql).expressions.length > 0)
    .map((step) =>
      finding(
        'sql_from_values',
        step,
        'error',
        'writes values into its SQL, where they could say anything',
        'write $1 in their place, and give the values in `params`',
      ),
    );

/** Results that give back nothing of what was done. */
export const namelessResult: Rule = ({ plan: { result } }: Review) => {
  if (result !== undefined && references(result).length > 0) return [];
  const message =
    result === undefined ? 'the plan has no result' : 'the result of the plan names nothing that a step has made';
  const fix = 'name in `result` what the job is to give back, such as ${{ steps.<id>.output }}';
  return [
    {
      code: 'critic.nameless_result',
      step_id: null,
      severity: result === undefined ? 'info' : 'warning',
      message,
      fix,
    },
  ];
};
