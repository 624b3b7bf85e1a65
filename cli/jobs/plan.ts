import type { JobPlan } from '../../schemas/job/api';
import type { ForecastRange } from '../../schemas/job/forecast';
import { counted } from '../../src/words';
import { formatTable } from '../table';

/** Steps of a plan, and things that it touches, that are printed. */
const SHOWN = 60;

/** A plan as people read it before they approve it: its steps, what it touches, what it takes, what is said against it. */
export function formatPlan(shown: JobPlan): string[] {
  const { job_id, version, by, risk, plan, notes, changes, question, approved } = shown;
  const rows = plan.steps
    .slice(0, SHOWN)
    .map(({ id, kind, uses, depends_on = [], name }) => [id, uses ?? kind, depends_on.join(', ') || '-', name ?? '']);
  return [
    `${job_id}  version ${version} of the plan, by ${by}: ${counted(plan.steps.length, 'step')}, risk ${risk}`,
    '',
    ...formatTable(['STEP', 'USES', 'AFTER', 'WHAT'], rows, { STEP: 40, AFTER: 40, WHAT: 60 }),
    ...(plan.steps.length > SHOWN ? [`… and ${plan.steps.length - SHOWN} more (--json shows all)`] : []),
    '',
    ...touchLines(shown),
    ...forecastLines(shown),
    ...notes.map((note) => `  note      ${note}`),
    ...changes.map((change) => `  change    ${change}`),
    ...objectionLines(shown),
    ...(approved ? [`  approved  version ${approved.version} by ${approved.by}`] : []),
    ...(question ? [`  waits     until ${question.expires_at}; digest ${question.digest}`] : []),
  ];
}

function touchLines({ touches, effects }: JobPlan): string[] {
  const most = effects.most === null ? 'nobody can tell how many' : String(effects.most);
  return [
    ...touches.slice(0, SHOWN).map(({ access, kind, target, steps }) => {
      const of = steps.slice(0, 5).join(', ');
      return `  ${access.padEnd(9)} ${kind} ${target} (${of}${steps.length > 5 ? ', …' : ''})`;
    }),
    ...(touches.length > SHOWN ? [`  … and ${touches.length - SHOWN} more`] : []),
    `  effects   at least ${effects.least}, at most ${most}`,
  ];
}

function forecastLines({ forecast: { time_ms, tokens, money } }: JobPlan): string[] {
  const range = ({ low, likely, high, from, runs }: ForecastRange, unit: string, by = 1) => {
    const figure = (value: number | null) => (value === null ? '?' : String(value / by));
    const probably = likely === null || likely === low ? '' : `, probably ${figure(likely)}`;
    const basis = runs === 0 ? '' : ` (${from === 'unknown' ? 'in part ' : ''}by ${counted(runs, 'past run')})`;
    return `${figure(low)} to ${figure(high)} ${unit}${probably}${basis}`;
  };
  const costs = money.map((one) => range(one, one.currency ?? 'money'));
  return [`  takes     ${[range(time_ms, 's', 1_000), range(tokens, 'tokens'), ...costs].join('; ')}`];
}

function objectionLines({ criticism, policy, limits }: JobPlan): string[] {
  return [
    ...criticism.map(
      ({ severity, step_id, message, fix }) => `  ${severity.padEnd(9)} ${step_id ?? 'plan'}: ${message} ${fix}`,
    ),
    ...policy.steps
      .filter(({ effect }) => effect !== 'allow')
      .map(({ effect, step_id, reason }) => `  ${effect.padEnd(9)} ${step_id}: ${reason}`),
    ...limits.map(({ message }) => `  limit     ${message}`),
  ];
}
