import { onErrorOf } from '../../../core/plan/steps';
import type { AskedEffect, CriticFinding } from '../../../schemas/job/critic';
import type { Step } from '../../../schemas/plan';
import { isChange, isOutsideEffect, type Target } from '../targets';
import { wordsOf, type ReviewedStep, type Rule } from './review';

/** Effects that may happen without the approval that was asked for. */
export const effectBeforeApproval: Rule = ({ asked, steps, byId, links }) => {
  const { approval } = asked;
  if (approval === undefined) return [];
  const guarded = new Map<string, boolean>();
  const isGuarded = (id: string): boolean => {
    const known = guarded.get(id);
    if (known !== undefined) return known;
    const found = (links.get(id)?.needs ?? []).some((need) => isYes(byId.get(need)) || isGuarded(need));
    guarded.set(id, found);
    return found;
  };
  const meant = (targets: Target[]) =>
    targets.find((target) => (Array.isArray(approval) ? isAsked(target, approval) : isOutsideEffect(target)));
  const effects = steps.flatMap(({ step, targets }) => {
    const target = meant(targets);
    return target === undefined ? [] : [{ step, target }];
  });
  const open = effects.filter(({ step }) => !isGuarded(step.id));
  if (approval === 'an_effect' && open.length < effects.length) return [];
  return open.map(({ step, target }) => unapproved(step, target));
};

/** True for an approval that every step behind it depends on: it cannot be skipped, nor pass without a yes. */
const isYes = (step: Step | undefined): boolean =>
  step?.kind === 'approval' &&
  step.when === undefined &&
  step.approval?.on_expiry !== 'skip' &&
  onErrorOf(step) === 'fail';

const unapproved = (step: Step, target: Target): CriticFinding => ({
  code: 'critic.effect_before_approval',
  step_id: step.id,
  severity: 'error',
  message: `"${step.id}" changes ${wordsOf(target)} without the approval that was asked for`,
  fix: 'let it depend on an approval step that has no condition, fails when it is rejected, and does not skip when it expires',
});

/** Changes that nobody asked for. */
export const unaskedWrite: Rule = ({ asked: { effects }, steps }) =>
  effects === undefined ? [] : steps.flatMap((reviewed) => unasked(reviewed, effects));

function unasked({ step, targets }: ReviewedStep, effects: readonly AskedEffect[]): CriticFinding[] {
  const surplus = targets.filter((one) => isChange(one) && one.kind !== 'memory' && !isAsked(one, effects));
  return surplus.map((target) => ({
    code: 'critic.unasked_write',
    step_id: step.id,
    severity: target.outside || target.access === 'delete' ? 'error' : 'info',
    message: `"${step.id}" ${target.access === 'delete' ? 'deletes' : 'writes'} ${wordsOf(target)}, which nobody asked for`,
    fix: 'leave the step out, or write only what the goal names',
  }));
}

/** True if a change is among those asked for. One of which the target is not known is taken for any of its kind. */
function isAsked(target: Target, effects: readonly AskedEffect[]): boolean {
  if (!isChange(target)) return false;
  return effects.some((asked) => {
    const sameKind = asked.kind === target.kind || (isAddress(asked.kind) && isAddress(target.kind));
    if (!sameKind || (asked.delete === true) !== (target.access === 'delete')) return false;
    return asked.target === undefined || target.target === 'unknown' || isSame(asked.target, target.target);
  });
}

const isAddress = (kind: string): boolean => kind === 'host' || kind === 'webhook';

/** Names are the same without regard to case; a host or a table may be named without its port or database. */
function isSame(asked: string, target: string): boolean {
  const [one, other] = [asked.toLowerCase(), target.toLowerCase()];
  return one === other || other.startsWith(`${one}:`) || other.endsWith(`:${one}`);
}
