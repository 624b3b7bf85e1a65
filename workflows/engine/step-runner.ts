import { ApplicationFailure, isCancellation, workflowInfo } from '@temporalio/workflow';
import type { Failure } from '../../schemas/catalogue';
import type { Json, JsonObject } from '../../schemas/json';
import type { LoadedStep } from '../../schemas/loaded-plan';
import type { Value } from '../../schemas/refs';
import type { StepCall, StepClass } from '../../schemas/step-call';
import type { Finding, ToolMode, Verdict } from '../../schemas/tool';
import type { Approvals, Reply } from './approvals';
import { buildArguments, renderValue } from './arguments';
import { parseDuration } from '../../core/plan/duration';
import { failureOf } from './failure';
import type { StepTable } from './table';
import type { StepMoment } from './voice';
import type { Work } from './work';

/** How a step has ended; `carried`: it waits, and goes on in the next run of the chain. */
export type StepEnd = 'completed' | 'failed' | 'skipped' | 'cancelled' | 'carried';

/** While a step waits for a person it does not count as working. */
export type Waiting = <T>(wait: () => Promise<T>) => Promise<T>;

/** What steps of a run have in common. */
export interface RunFacts {
  correlationId: string;
  mode: ToolMode;
  input: Value;
  /** for approvals that name no times of their own; milliseconds */
  patience: { remindAfter?: number; escalateAfter?: number; expireAfter: number };
}

/** For a step without a check. */
const ACCEPTED: Verdict = { accepted: true, findings: [] };

const LONGEST_WAIT = 366 * 86_400_000;

/** Runs one step from its start to its end, and puts what happens into the table and into words. */
export class StepRunner {
  private carried = false;

  constructor(
    private readonly work: Work,
    private readonly table: StepTable,
    private readonly approvals: Approvals,
    private readonly speak: (moment: StepMoment) => void,
    private readonly facts: RunFacts,
  ) {}

  /** Never throws: whatever goes wrong is how the step ends. */
  async run(step: LoadedStep, waiting: Waiting): Promise<StepEnd> {
    try {
      if (this.table.get(step.id).status === 'pending') {
        const { when } = step;
        const reason = when === undefined ? this.allSkipped(step) : await this.unmetCondition(step, when);
        if (reason !== undefined) return this.skip(step, reason);
      }
      switch (step.kind) {
        case 'tool':
        case 'agent':
          return await this.execute(step, waiting);
        case 'approval':
          return await this.approve(step);
        case 'wait':
          return await this.wait(step);
      }
    } catch (error) {
      return this.fail(step, error);
    }
  }

  /** Lets what waits return, to go on in the next run of the chain. */
  carry(): void {
    this.carried = true;
    this.approvals.carry();
  }

  recovered(step: LoadedStep, by: string): void {
    this.speak({ at: 'step.recovered', step, by });
  }

  private async unmetCondition(step: LoadedStep, when: string): Promise<string | undefined> {
    const holds = await renderValue(this.work, when, this.table.scope(this.facts.input, step.needs));
    return holds === true ? undefined : `its condition is not met: ${when}`;
  }

  private allSkipped({ needs }: LoadedStep): string | undefined {
    if (needs.length === 0 || !needs.every((need) => this.table.get(need).status === 'skipped')) return undefined;
    return `all steps that it depends on were skipped: ${needs.join(', ')}`;
  }

  private async execute(step: LoadedStep, waiting: Waiting): Promise<StepEnd> {
    for (;;) {
      if (!this.table.get(step.id).review) await this.round(step);
      const verdict = step.until ? await this.verdict(step, step.until) : ACCEPTED;
      if (verdict.accepted) return this.complete(step, step.until?.check);
      const { rounds } = this.table.get(step.id);
      if (step.until && rounds < step.until.rounds) {
        this.rework(step, step.until.check, verdict.findings);
        continue;
      }
      if (step.until?.otherwise !== 'ask') return this.notMet(step, 'until.not_met', verdict.findings);
      const reply = await waiting(() => this.review(step, verdict.findings));
      if (reply.outcome === 'carried') return 'carried';
      if (reply.outcome !== 'decided') return this.notMet(step, `review.${reply.outcome}`, verdict.findings);
      const { by, choice, comment } = reply.decision;
      if (choice === 'accept') return this.complete(step, by);
      if (choice === 'reject') return this.notMet(step, 'review.rejected', verdict.findings);
      this.rework(step, by, verdict.findings, comment);
    }
  }

  /** One round: the tool or agent runs, with all attempts that its class allows. */
  private async round(step: LoadedStep): Promise<void> {
    const before = this.table.get(step.id);
    const round = before.status === 'running' ? before.rounds : before.rounds + 1;
    this.table.set(step.id, { status: 'running', rounds: round, started: before.started ?? Date.now() });
    this.speak({ at: 'step.started', step, round });
    const how = required(step.class, 'class');
    const scope = this.table.scope(this.facts.input, step.reads);
    const call: StepCall = {
      ...this.call(step, required(step.uses, 'uses'), round),
      arguments: await buildArguments(this.work, this.table, step.with, scope, how.class === 'local'),
      ...(before.rework ? { rework: { previous: before.output ?? { inline: null }, ...before.rework } } : {}),
    };
    const { output } = await this.work.step(call, how, step.timeout, `${step.id}: ${call.uses}, round ${round}`);
    this.table.set(step.id, { output });
  }

  private async verdict(step: LoadedStep, until: NonNullable<LoadedStep['until']>): Promise<Verdict> {
    const { review, rounds } = this.table.get(step.id);
    if (review) return { accepted: false, findings: review };
    const scope = this.table.scope(this.facts.input, [...new Set([...step.reads, step.id])]);
    const how: StepClass = until.class;
    const template: Value = { inline: until.with };
    const call: StepCall = {
      ...this.call(step, until.check, rounds),
      arguments: await buildArguments(this.work, this.table, template, scope, how.class === 'local'),
    };
    const { output } = await this.work.step(call, how, undefined, `${step.id}: ${call.uses}, round ${rounds}`);
    return (await this.read(output)) as unknown as Verdict;
  }

  private call(step: LoadedStep, uses: string, round: number): Omit<StepCall, 'arguments'> {
    const { workflowId } = workflowInfo();
    return {
      workflow_id: workflowId,
      correlation_id: this.facts.correlationId,
      step_id: step.id,
      uses,
      round,
      key: `${workflowId}/${step.id}/${uses}/${round}`,
      mode: this.facts.mode,
    };
  }

  private async review(step: LoadedStep, findings: Finding[]): Promise<Reply> {
    const { rounds, output } = this.table.set(step.id, { status: 'waiting', review: findings });
    const reply = await this.approvals.ask({
      id: `${step.id}.review.${rounds}`,
      kind: 'review',
      question: `${step.name ?? step.id} was not accepted after ${rounds} rounds. Accept it as it is, ask for a rework, or reject it?`,
      choices: ['accept', 'rework', 'reject'],
      shows: { step: step.id, output: (output ?? null) as unknown as Json, findings: findings as unknown as Json },
      ...this.facts.patience,
    });
    if (reply.outcome !== 'carried') this.table.set(step.id, { status: 'running', review: undefined });
    return reply;
  }

  private async approve(step: LoadedStep): Promise<StepEnd> {
    const asked = required(step.approval, 'approval');
    const { rounds, started } = this.table.get(step.id);
    this.table.set(step.id, { status: 'waiting', rounds: Math.max(rounds, 1), started: started ?? Date.now() });
    const scope = this.table.scope(this.facts.input, step.reads);
    const { question, shows } = (await renderValue(
      this.work,
      { question: asked.question, shows: asked.shows ?? null },
      scope,
    )) as { question: Json; shows: Json };
    const reply = await this.approvals.ask({
      id: step.id,
      kind: 'approval',
      question: typeof question === 'string' ? question : JSON.stringify(question),
      choices: ['approve', 'reject'],
      shows,
      ...(asked.assignee === undefined ? {} : { assignee: asked.assignee }),
      ...this.patience(asked),
    });
    if (reply.outcome === 'carried') return 'carried';
    if (reply.outcome === 'expired' && asked.on_expiry === 'skip') return this.skip(step, 'nobody has decided in time');
    if (reply.outcome !== 'decided')
      return this.fail(step, { type: `approval.${reply.outcome}`, message: 'nobody has decided in time' });
    const { choice, by, comment } = reply.decision;
    if (choice === 'reject')
      return this.fail(step, {
        type: 'approval.rejected',
        message: `rejected by ${by}${comment ? `: ${comment}` : ''}`,
      });
    this.table.set(step.id, { output: { inline: { choice, by, comment: comment ?? null, data: reply.data } } });
    return this.complete(step, by);
  }

  private patience(asked: NonNullable<LoadedStep['approval']>): RunFacts['patience'] {
    const { remindAfter, escalateAfter, expireAfter } = this.facts.patience;
    return {
      remindAfter: parseDuration(asked.remind_after) ?? remindAfter,
      escalateAfter: parseDuration(asked.escalate_after) ?? escalateAfter,
      expireAfter: parseDuration(asked.expire_after) ?? expireAfter,
    };
  }

  private async wait(step: LoadedStep): Promise<StepEnd> {
    const state = this.table.get(step.id);
    let until = state.until;
    if (until === undefined) {
      const scope = this.table.scope(this.facts.input, step.reads);
      until = deadline(
        (await renderValue(this.work, 'inline' in step.with ? step.with.inline : {}, scope)) as JsonObject,
      );
      this.table.set(step.id, { status: 'waiting', rounds: 1, started: Date.now(), until });
      this.speak({ at: 'step.started', step, round: 1 });
    }
    const left = until - Date.now();
    if (left > 0 && (await this.work.until(() => this.carried, left, `${step.id}: wait`))) return 'carried';
    this.table.set(step.id, { output: { inline: { waited_until: new Date(until).toISOString() } } });
    return this.complete(step);
  }

  private rework(step: LoadedStep, requestedBy: string, findings: Finding[], instruction?: string): void {
    const { rounds } = this.table.get(step.id);
    this.table.set(step.id, {
      status: 'ready',
      rework: { findings, ...(instruction === undefined ? {} : { instruction }) },
    });
    this.speak({ at: 'step.retried', step, round: rounds, requestedBy, findings });
  }

  private complete(step: LoadedStep, acceptedBy?: string): StepEnd {
    const state = this.table.set(step.id, { status: 'completed', ended: Date.now() });
    this.speak({ at: 'step.completed', step, state, ...(acceptedBy === undefined ? {} : { acceptedBy }) });
    return 'completed';
  }

  private skip(step: LoadedStep, reason: string): StepEnd {
    this.table.set(step.id, { status: 'skipped', ended: Date.now() });
    this.speak({ at: 'step.skipped', step, reason });
    return 'skipped';
  }

  private notMet(step: LoadedStep, type: string, findings: Finding[]): StepEnd {
    const words = findings.map(({ code, message }) => `${code}: ${message}`).join('; ');
    return this.fail(step, { type, message: `not accepted: ${words || 'no reason given'}`.slice(0, 2000) });
  }

  private fail(step: LoadedStep, reason: unknown): StepEnd {
    if (isCancellation(reason)) {
      this.table.set(step.id, { status: 'cancelled', ended: Date.now() });
      return 'cancelled';
    }
    const error = isFailure(reason) ? reason : failureOf(reason);
    this.table.set(step.id, { status: 'failed', ended: Date.now(), error });
    this.speak({ at: 'step.failed', step, error });
    return 'failed';
  }

  private async read(value: Value): Promise<Json> {
    return 'inline' in value ? value.inline : await this.work.io('loadValue', value.ref, 'load a value');
  }
}

/** When a wait step ends, from `{for: '15m'}` or `{until: '2026-01-05T08:00:00Z'}`. UTC milliseconds. */
function deadline(wait: JsonObject): number {
  const length = parseDuration(wait['for']);
  const instant = typeof wait['until'] === 'string' ? Date.parse(wait['until']) : NaN;
  const until = length === undefined ? instant : Date.now() + length;
  if (Number.isNaN(until) || until - Date.now() > LONGEST_WAIT)
    throw ApplicationFailure.nonRetryable(
      'a wait needs `for`, such as 15m, or `until`, an instant, at most 366 days away',
      'wait.invalid',
    );
  return until;
}

function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw ApplicationFailure.nonRetryable(`the step has no ${name}`, 'plan.invalid');
  return value;
}

function isFailure(reason: unknown): reason is Failure {
  return !(reason instanceof Error) && typeof (reason as Failure | undefined)?.type === 'string';
}
