import { classOf } from '../../../core/engine/call';
import type { Job } from '../../../core/engine/job';
import { specFor, type CompleteSpec } from '../../../core/worst-case';
import type { Failure } from '../../../schemas/catalogue';
import type { Json } from '../../../schemas/json';
import type { StepClass } from '../../../schemas/step-call';
import { foreignWords } from '../../contracts/foreign-schema';
import { BOUNDS } from './bounds';
import { failureOf, type FollowedEnd, type Play, type Task } from './play';
import type { Rows } from './rows';

type Round = Extract<Job, { do: 'round' }>;

/** A call, with all that its attempts share. */
interface Call {
  job: Round;
  spec: CompleteSpec;
  how: StepClass;
  input: Json;
  /** instant at which the step's time is up, UTC milliseconds */
  deadline: number;
}

/** End of an attempt. */
type Attempted = { output: Json } | { failed: Failure; transient: boolean };

/** Begins the sub-workflow of a step, `id` in the answer, whose end is told; gives the way to stop it. */
export type FollowWithin = (
  play: Play,
  step: { uses: string; id: string },
  input: Json,
  ended: (end: FollowedEnd) => void,
) => { stop: () => void } | undefined;

/** Carries out a round of a step: its call, with as many attempts as it takes and has; or a sub-workflow. */
export async function callRound(
  play: Play,
  rows: Rows,
  task: Task,
  job: Round,
  followWithin: FollowWithin,
): Promise<void> {
  const { agenda, catalogue } = play.world;
  const { step } = job;
  rows.saw(play, job);
  const given = play.rendered(task, () => play.argumentsOf(job));
  if (!given) return;
  const input = given.value;
  rows.input(step, input);
  if (step.kind === 'workflow') return callWorkflow(play, rows, task, job, input, followWithin);
  const known = catalogue.of(step);
  if (!known) throw new Error(`step ${step.id} uses nothing that is known`);
  const call = {
    ...{ job, input, spec: specFor(known, input), how: classOf(job) },
    deadline: agenda.now + (step.timeout ?? Infinity),
  };
  await attempt(play, rows, task, call, 1);
}

async function attempt(play: Play, rows: Rows, task: Task, call: Call, number: number): Promise<void> {
  const { agenda, report } = play.world;
  const { job, how, deadline, spec } = call;
  const { step, round } = job;
  const { end, source } = await attempted(play, rows, call);
  if ('output' in end) {
    rows.attempt(step, { round, attempt: number, source });
    const targets = play.world.stage.changesOf(spec, call.input);
    if (spec.effect !== 'none')
      report.effect({ step_id: rows.idOf(step), uses: spec.name, effect: spec.effect, targets });
    return play.finish(task, { output: { inline: end.output } });
  }
  const { failed: error } = end;
  const next = agenda.now + Math.min(how.maxMs, how.initialMs * how.backoff ** (number - 1));
  const most = how.class === 'once' ? 1 : how.attempts;
  if (!end.transient || number >= most || next >= deadline) {
    rows.attempt(step, { round, attempt: number, source, error });
    return play.finish(task, { failed: error });
  }
  rows.attempt(step, { round, attempt: number, source, error, next_at: report.instant(next) });
  agenda.at(next, async () => {
    if (task.isOver) return;
    play.world.count();
    await attempt(play, rows, task, call, number + 1);
  });
}

async function attempted(
  play: Play,
  rows: Rows,
  { job, spec, input }: Call,
): Promise<{ end: Attempted; source: 'given' | 'stub' | 'real' }> {
  const { stage } = play.world;
  const { step } = job;
  const failed = stage.inputFault(spec, input);
  if (failed) return { end: { failed, transient: false }, source: 'real' };
  const given = rows.givenTo(play, step, 'round');
  if (!given) {
    const end = await stage.call({ kind: step.kind === 'agent' ? 'agent' : 'tool', spec, input });
    return 'output' in end ? { end, source: end.source } : { end, source: 'real' };
  }
  if ('output' in given) return { end: given, source: 'given' };
  const isPassing = (spec.errors?.[given.error.type] ?? 'transient') === 'transient';
  return { end: { failed: failureOf(given.error), transient: isPassing }, source: 'given' };
}

function callWorkflow(
  play: Play,
  rows: Rows,
  task: Task,
  { step, round }: Round,
  input: Json,
  followWithin: FollowWithin,
): void {
  const { agenda, workflows } = play.world;
  const { uses = '' } = step;
  const fail = (type: string, message: string) => play.finish(task, { failed: { type, message } });
  const given = rows.givenTo(play, step, 'round');
  if (given) {
    const error = 'error' in given ? failureOf(given.error) : undefined;
    rows.attempt(step, { round, attempt: 1, source: 'given', error });
    return play.finish(
      task,
      'output' in given ? { output: { inline: given.output } } : { failed: failureOf(given.error) },
    );
  }
  const known = workflows.get(uses);
  if (play.about.depth >= BOUNDS.depth)
    return fail(
      'simulation.too_deep',
      `sub-workflows are simulated ${BOUNDS.depth} deep: give the output of one around ${uses}`,
    );
  if (!known) return fail('workflow.unknown', `there is no workflow ${uses}`);
  const words = foreignWords(known.content.input_schema, input);
  if (words !== '') return fail('workflow.input', `the input does not fit ${uses}: ${words}`.slice(0, 2_000));
  rows.attempt(step, { round, attempt: 1, source: 'real' });
  const within = followWithin(play, { uses, id: rows.idOf(step) }, input, (end) =>
    play.finish(task, 'output' in end ? { output: { inline: end.output } } : end),
  );
  task.cancel = () => within?.stop();
  if (step.timeout !== undefined)
    agenda.at(agenda.now + step.timeout, () => fail('step.timeout', 'no result within its time limit'));
}
