import { type Work, templateOf } from '../../../core/engine/call';
import { inlineEnd } from '../../../core/engine/inline-end';
import { Interpreter } from '../../../core/engine/interpreter';
import type { Job, JobEnd, PlanOutcome } from '../../../core/engine/job';
import { renderInline } from '../../../core/engine/scope';
import { StepTable } from '../../../core/engine/table';
import type { StepMoment } from '../../../core/engine/voice';
import { badWait, deadlineOf } from '../../../core/plan/deadline';
import { ExpressionError, secretsIn } from '../../../core/plan/expressions';
import type { Failure } from '../../../schemas/catalogue';
import type { Json, JsonObject } from '../../../schemas/json';
import type { Scope } from '../../../schemas/step-call';
import type { Verdict } from '../../../schemas/tool';
import { accepted, ask } from './asking';
import { callRound, type FollowWithin } from './calling';
import { failureOf, type Followed, type FollowedEnd, type Play, type Task } from './play';
import type { Rows } from './rows';
import type { World } from './world';

/** A plan in one process, against a virtual clock: the interpreter runs it, and every job is this side's. */
export class Following implements Play {
  readonly table: StepTable;
  readonly interpreter: Interpreter;
  /** under way, by the rows of their steps */
  private readonly tasks = new Map<string, Task>();
  private isOver = false;

  constructor(
    readonly world: World,
    readonly about: Followed,
    private readonly rows: Rows,
    private readonly followWithin: FollowWithin,
    private readonly ended: (end: FollowedEnd) => void,
  ) {
    this.table = new StepTable(about.plan.steps);
    this.interpreter = new Interpreter(
      this.table,
      {
        now: () => world.agenda.now,
        takes: () => true,
        begin: (job, end) => this.begin(job, end),
        speak: (moment) => this.hear(moment),
        withdraw: ({ step }) => this.cancel(this.tasks.get(step.id)),
      },
      { inline: about.input },
    );
  }

  start(): void {
    this.advance();
  }

  /** Ends everything that is under way: what is around it has ended. */
  stop(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.cancelAll();
    this.interpreter.cancelRest();
    this.rows.note(this);
  }

  finish(task: Task, how: JobEnd): void {
    if (task.isOver || this.isOver) return;
    this.close(task, how);
    this.advance();
  }

  rendered(task: Task, render: () => Json): { value: Json } | undefined {
    try {
      return { value: render() };
    } catch (error) {
      this.finish(task, { failed: faultOf(error) });
      return undefined;
    }
  }

  render(template: Json, scope: Scope): Json {
    const { names } = secretsIn(template);
    const secrets = Object.fromEntries(names.map((name) => [name, `[secret ${name}]`]));
    return renderInline(template, scope, secrets)?.value ?? null;
  }

  argumentsOf(job: Work): Json {
    const { template, reads } = templateOf(job);
    return this.render('inline' in template ? template.inline : {}, this.interpreter.scope(job.step, reads));
  }

  private advance(): void {
    if (this.isOver) return;
    const { interpreter, about } = this;
    if (interpreter.failed) this.cancelAll();
    interpreter.advance(about.plan.max_parallel);
    const outcome = interpreter.outcome();
    if (outcome?.status === 'failed') interpreter.cancelRest();
    this.rows.note(this);
    if (!outcome) return;
    this.isOver = true;
    this.ended(this.endOf(outcome));
  }

  private endOf(outcome: PlanOutcome): FollowedEnd {
    const { plan, input } = this.about;
    if (outcome.status === 'failed') return { failed: failureAt(outcome.step, outcome.error) };
    const ids = plan.steps.map(({ id }) => id);
    try {
      return { output: this.render(plan.result ?? null, this.table.scope({ inline: input }, ids)) };
    } catch (error) {
      return { failed: failureAt('result', faultOf(error)) };
    }
  }

  private begin(job: Job, end: Task['end']): void {
    const { agenda } = this.world;
    const task: Task = { step: job.step.id, end, isOver: false };
    this.tasks.set(task.step, task);
    agenda.at(agenda.now, () => (task.isOver ? undefined : this.carryOut(task, job)));
  }

  private close(task: Task, how: JobEnd): void {
    task.isOver = true;
    this.tasks.delete(task.step);
    task.cancel?.();
    task.end(how);
  }

  private cancel(task: Task | undefined): void {
    if (task && !task.isOver) this.close(task, { cancelled: true });
  }

  private cancelAll(): void {
    for (const task of [...this.tasks.values()]) this.cancel(task);
  }

  private async carryOut(task: Task, job: Job): Promise<void> {
    const { world, rows, table, interpreter } = this;
    world.count();
    switch (job.do) {
      case 'list':
      case 'open': {
        // an element of a loop is given by the steps within it
        const given = job.step.element ? undefined : rows.givenTo(this, job.step, job.do);
        if (!given) return this.finish(task, inlineEnd(job, interpreter, table));
        if ('error' in given) return this.finish(task, { failed: failureOf(given.error) });
        rows.attempt(job.step, { round: Math.max(1, table.get(job.step.id).rounds), attempt: 1, source: 'given' });
        return this.finish(task, { output: { inline: given.output } });
      }
      case 'condition':
      case 'gather':
      case 'close':
        return this.finish(task, inlineEnd(job, interpreter, table));
      case 'round':
        return await callRound(this, rows, task, job, this.followWithin);
      case 'check':
        return await this.check(task, job);
      case 'rest':
        return world.agenda.at(job.until, () => this.finish(task, { rested: true }));
      case 'wait':
        return this.wait(task, job);
      case 'ask':
        return ask(this, rows, task, job.step);
      case 'review':
        return this.finish(task, { reply: accepted(world.report.instant()) });
    }
  }

  /** The condition of a loop, after a round. */
  private async check(task: Task, job: Extract<Job, { do: 'check' }>): Promise<void> {
    const { stage, catalogue } = this.world;
    this.rows.saw(this, job);
    const spec = catalogue.tool(job.until.check);
    if (!spec) throw new Error(`there is no check ${job.until.check}`);
    const given = this.rendered(task, () => this.argumentsOf(job));
    if (!given) return;
    const fault = stage.inputFault(spec, given.value);
    if (fault) return this.finish(task, { failed: fault });
    const end = await stage.call({ kind: 'tool', spec, input: given.value });
    this.finish(task, 'failed' in end ? { failed: end.failed } : { verdict: end.output as unknown as Verdict });
  }

  private wait(task: Task, { step }: Extract<Job, { do: 'wait' }>): void {
    const { agenda } = this.world;
    const scope = this.interpreter.scope(step, step.reads);
    const wait = this.rendered(task, () => this.render('inline' in step.with ? step.with.inline : {}, scope));
    if (!wait) return;
    this.rows.input(step, wait.value);
    const until = deadlineOf(wait.value as JsonObject, agenda.now);
    if (until === undefined) return this.finish(task, { failed: { ...badWait } });
    agenda.at(until, () => this.finish(task, { waitedUntil: until }));
  }

  private hear(moment: StepMoment): void {
    if (moment.at === 'step.skipped') this.rows.skipped(moment.step, moment.reason);
    if (moment.at === 'step.recovered') this.rows.recovered(moment.step, moment.by);
  }
}

function faultOf(error: unknown): Failure {
  if (!(error instanceof ExpressionError)) throw error;
  return { type: error.code, message: error.message };
}

const failureAt = (step: string, { type, message }: Failure): Failure => ({ type, message: `${step}: ${message}` });
