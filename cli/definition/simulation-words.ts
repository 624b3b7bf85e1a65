import type {
  ConditionSeen,
  SimulatedAttempt,
  SimulatedQuestion,
  SimulatedStep,
  Simulation,
} from '../../schemas/definition/simulation';

/** A simulation as people read it: the path as a tree, and below each step why it ran. */
export function formatSimulation(simulation: Simulation): string[] {
  const { definition, status, error, result, questions, effects, omitted, steps, starts_at, virtual_ms } = simulation;
  const version = definition.version === undefined ? '' : `, version ${definition.version}`;
  const start = Date.parse(starts_at);
  const more = (count: number, what: string) => (count === 0 ? [] : [`  … and ${count} more ${what}`]);
  return [
    `${definition.id ?? definition.name}${version}: ${status} after ${lengthOf(virtual_ms)} of virtual time`,
    ...(error ? [`  why       ${error.message} (${error.type})`] : []),
    ...(result === undefined ? [] : [`  result    ${short(result, 1_000)}`]),
    ...(omitted.result ? ['  result    too large to be shown'] : []),
    '',
    ...treeOf(steps, start),
    ...more(omitted.steps, 'steps'),
    ...(questions.length === 0 ? [] : ['', 'Questions', ...questions.map(questionLine)]),
    ...more(omitted.questions, 'questions'),
    ...(effects.length === 0 ? [] : ['', 'Would have been done']),
    ...effects.map(({ step_id, uses, effect, targets }) => {
      const on = targets.map(({ access, kind, target }) => `${access} ${kind} ${target}`).join(', ');
      return `  ${step_id}: ${uses}${effect === 'once' ? ', which cannot be repeated' : ''}${on === '' ? '' : ` (${on})`}`;
    }),
    ...more(omitted.effects, 'effects'),
  ];
}

const MARKS: Record<SimulatedStep['state'], string> = {
  completed: '✓',
  failed: '✗',
  skipped: '-',
  cancelled: '×',
  pending: '·',
  running: '…',
  waiting: '…',
};

function treeOf(steps: readonly SimulatedStep[], start: number): string[] {
  const ids = new Set(steps.map(({ step_id }) => step_id));
  const within = new Map<string, SimulatedStep[]>();
  for (const step of steps) {
    const around = step.within !== undefined && ids.has(step.within) ? step.within : '';
    within.set(around, [...(within.get(around) ?? []), step]);
  }
  const linesOf = (around: string, indent: string): string[] =>
    (within.get(around) ?? []).flatMap((step) => [
      `${indent}${stepLine(step, start)}`,
      ...factsOf(step, start).map((line) => `${indent}    ${line}`),
      ...linesOf(step.step_id, `${indent}  `),
    ]);
  return linesOf('', '');
}

function stepLine(
  { step_id, step_type, uses, state, source, elements, starts_at }: SimulatedStep,
  start: number,
): string {
  const at = starts_at === undefined ? 0 : Date.parse(starts_at) - start;
  const words = [
    uses === undefined ? step_type : `${step_type} ${uses}`,
    ...(state === 'completed' || state === 'skipped' ? [] : [state]),
    ...(source === undefined || source === 'real' ? [] : [source]),
    ...(elements ? [`${elements.count} elements, ${elements.failed} failed`] : []),
    ...(at > 0 ? [`at +${lengthOf(at)}`] : []),
  ];
  return `${MARKS[state]} ${step_id}  ${words.join(', ')}`;
}

function factsOf({ why, reason, error, handled, attempts, output, state }: SimulatedStep, start: number): string[] {
  const tried = attempts.length > 1 || attempts.some((attempt) => attempt.error) ? attempts : [];
  return [
    ...why.map(conditionLine),
    ...tried.map((attempt) => attemptLine(attempt, start)),
    ...(reason === undefined ? [] : [`skipped: ${reason}`]),
    ...(error
      ? [`failed: ${error.message} (${error.type})${handled === undefined ? '' : `; goes on by ${handled}`}`]
      : []),
    ...(output === undefined || state !== 'completed' ? [] : [`= ${short(output, 160)}`]),
  ];
}

function conditionLine({ of, step, round, text, value, error, reads }: ConditionSeen): string {
  const name = `${of}${step === undefined ? '' : ` of ${step}`}${round === undefined ? '' : `, round ${round}`}`;
  const is = value === undefined ? (error ?? 'was not looked at') : `is ${value}`;
  const known = reads.map((read) => `${read.name} = ${read.value === undefined ? '…' : short(read.value, 60)}`);
  return `${name}: ${text} ${is}${known.length === 0 ? '' : `, since ${known.join(', ')}`}`;
}

function attemptLine({ round, attempt, at, error, next_at, source }: SimulatedAttempt, start: number): string {
  const from = (instant: string) => `+${lengthOf(Date.parse(instant) - start)}`;
  const end = error ? `${error.type}` : `done (${source})`;
  return `round ${round}, attempt ${attempt} at ${from(at)}: ${end}${next_at === undefined ? '' : `, again at ${from(next_at)}`}`;
}

function questionLine({ step_id, question, asked_at, ended_at, outcome, by, assumed, reminded_at }: SimulatedQuestion) {
  const after = ended_at === undefined ? '' : ` after ${lengthOf(Date.parse(ended_at) - Date.parse(asked_at))}`;
  const who = assumed ? ', which was assumed' : by === undefined ? '' : ` by ${by}`;
  return `  ${step_id}: ${question} ${outcome ?? 'open'}${after}${who}${reminded_at === undefined ? '' : ', with a reminder'}`;
}

const short = (value: unknown, most: number): string => {
  const text = JSON.stringify(value);
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
};

const UNITS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1_000, 's'],
  [1, 'ms'],
] as const;

/** A length of time in its two largest units: `2d 4h`, `1s 500ms`, `0s`. */
export function lengthOf(ms: number): string {
  const first = UNITS.findIndex(([unit]) => ms >= unit);
  if (first < 0) return '0s';
  const parts: string[] = [];
  let left = ms;
  for (const [unit, name] of UNITS.slice(first, first + 2)) {
    const count = Math.floor(left / unit);
    if (count > 0) parts.push(`${count}${name}`);
    left -= count * unit;
  }
  return parts.join(' ');
}
