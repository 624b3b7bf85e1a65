import { CancelledFailure } from '@temporalio/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { defineAgent, type Agent, type AgentDefinition } from '../../../activities/agents/base';
import { keepReporting } from '../../../activities/agents/reports';
import type { AgentState } from '../../../activities/agents/state';
import type { AgentHealth } from '../../../schemas/agent';
import { ToolError } from '../../../activities/tools/errors';
import { JsonValue, type Json } from '../../../schemas/json';
import type { AgentStates } from '../../../src/streams/agents-state';
import { benchOf, callOf, controlOf, failureOf } from '../tools/support';

const passing = (retryAfterMs?: number): ToolError =>
  new ToolError({
    class: 'transient',
    type: 'llm.overloaded',
    message: 'answered 529',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
const lasting = new ToolError({ class: 'permanent', type: 'llm.refused', message: 'no' });

type Definition = AgentDefinition<typeof JsonValue, typeof JsonValue>;

/** An agent whose n-th call does what the n-th outcome says; the last one goes on. */
function agentOf(
  outcomes: ('ok' | 'hang' | Error)[],
  resilience: Definition['resilience'] = {},
  spec: Partial<Definition> = {},
): { agent: Agent; calls: () => number } {
  let calls = 0;
  const agent = defineAgent({
    name: 'test.tool',
    version: '1',
    description: 'd',
    input: JsonValue,
    output: JsonValue,
    effect: 'idempotent',
    timeout: 5000,
    ...spec,
    deliver: () => {
      const outcome = outcomes[Math.min(calls, outcomes.length - 1)];
      calls += 1;
      if (outcome === 'hang') return new Promise<Json>(() => {});
      if (outcome instanceof Error) return Promise.reject(outcome);
      return Promise.resolve('delivered');
    },
    resilience: { retry: { initialMs: 2, maxMs: 10, ...resilience.retry }, breaker: { ...resilience.breaker } },
  });
  return { agent, calls: () => calls };
}

async function running(agent: Agent): Promise<{
  run: (control?: Parameters<typeof controlOf>[0]) => Promise<unknown>;
  reports: AgentHealth[];
}> {
  const reports: AgentHealth[] = [];
  const state: AgentState = { report: (name, health) => void (name === agent.spec.name && reports.push(health)) };
  const { runtime } = await benchOf([agent], { state });
  return { run: (control) => runtime.execute(callOf(), 'agent', controlOf(control)), reports };
}

const delivered = { output: { inline: 'delivered' } };

describe('an agent', () => {
  it('delivers, and is no tool', async () => {
    const { agent } = agentOf(['ok']);
    const { runtime } = await benchOf([agent]);
    expect(await runtime.execute(callOf(), 'agent', controlOf())).toEqual(delivered);
    expect(await failureOf(runtime.execute(callOf(), 'tool', controlOf()))).toMatchObject({ type: 'tool.wrong_kind' });
  });

  it('tries again within the attempt what failed in passing', async () => {
    const { agent, calls } = agentOf([passing(), passing(), 'ok']);
    expect(await (await running(agent)).run()).toEqual(delivered);
    expect(calls()).toBe(3);
  });

  it('gives up after its tries with the error of the last, which Temporal may try again', async () => {
    const { agent, calls } = agentOf([passing()]);
    expect(await failureOf((await running(agent)).run())).toMatchObject({
      type: 'llm.overloaded',
      nonRetryable: false,
    });
    expect(calls()).toBe(3);
  });

  it('does not try again what will not pass', async () => {
    const { agent, calls } = agentOf([lasting]);
    expect(await failureOf((await running(agent)).run())).toMatchObject({ type: 'llm.refused', nonRetryable: true });
    expect(calls()).toBe(1);
  });

  it('does not try again an effect that cannot be repeated', async () => {
    const { agent, calls } = agentOf([passing()], {}, { effect: 'once' });
    await failureOf((await running(agent)).run());
    expect(calls()).toBe(1);
  });

  it('waits as long as it is asked to, if the attempt has so much time, and else leaves that to Temporal', async () => {
    const patient = agentOf([passing(150), 'ok']);
    const began = Date.now();
    expect(await (await running(patient.agent)).run()).toEqual(delivered);
    expect(Date.now() - began).toBeGreaterThanOrEqual(145);
    const asked = agentOf([passing(60_000), 'ok']);
    expect(await failureOf((await running(asked.agent)).run())).toMatchObject({
      nextRetryDelay: 60_000,
      nonRetryable: false,
    });
    expect(asked.calls()).toBe(1);
  });

  it('that hangs is cut off when its time is up, and that counts as a failure', async () => {
    const { agent } = agentOf(['hang'], {}, { timeout: 40 });
    const { run, reports } = await running(agent);
    expect(await failureOf(run())).toMatchObject({ type: 'tool.timeout', nonRetryable: false });
    await sleep(5);
    expect(agent.health()).toMatchObject({ status: 'degraded', calls: 1, failures: 1 });
    expect(reports.at(-1)?.last_error).toContain('tool.timeout');
  });

  it('that is cancelled ends at once, tries no more, and has not failed', async () => {
    const { agent, calls } = agentOf(['hang']);
    const { run } = await running(agent);
    const controller = new AbortController();
    const ended = run({ signal: controller.signal });
    await sleep(10);
    const reason = new CancelledFailure('CANCELLED');
    controller.abort(reason);
    await expect(ended).rejects.toBe(reason);
    await sleep(20);
    expect(calls()).toBe(1);
    expect(agent.health()).toMatchObject({ status: 'idle', breaker: 'closed', calls: 1, failures: 0 });
  });

  it('that is cancelled while it waits for its next try does not begin it', async () => {
    const { agent, calls } = agentOf([passing()], { retry: { initialMs: 60, maxMs: 60 } });
    const { run } = await running(agent);
    const controller = new AbortController();
    const ended = run({ signal: controller.signal });
    await sleep(10);
    controller.abort(new CancelledFailure('CANCELLED'));
    await expect(ended).rejects.toBeInstanceOf(CancelledFailure);
    await sleep(80);
    expect(calls()).toBe(1);
  });
});

describe('the circuit breaker of an agent', () => {
  const resilience = { retry: { retries: 0 }, breaker: { failures: 3, halfOpenAfter: 120 } };

  it('opens after failures in a row: calls then fail at once and say when to come back', async () => {
    const { agent, calls } = agentOf([passing()], resilience);
    const { run, reports } = await running(agent);
    for (let i = 0; i < 3; i++) expect(await failureOf(run())).toMatchObject({ type: 'llm.overloaded' });
    const failure = await failureOf(run());
    expect(failure).toMatchObject({
      type: 'agent.unavailable',
      nonRetryable: false,
      details: [{ class: 'transient' }],
    });
    expect(failure.nextRetryDelay).toBeGreaterThan(100);
    expect(failure.nextRetryDelay).toBeLessThan(300);
    expect(calls()).toBe(3);
    expect(reports.at(-1)).toMatchObject({ status: 'unavailable', breaker: 'open', calls: 3, failures: 3 });
  });

  it('lets one call try after a while, and closes when that is well', async () => {
    const { agent, calls } = agentOf([passing(), passing(), passing(), passing(), 'ok'], resilience);
    const { run } = await running(agent);
    for (let i = 0; i < 3; i++) await failureOf(run());
    await sleep(130);
    expect(await failureOf(run())).toMatchObject({ type: 'llm.overloaded' });
    expect(await failureOf(run())).toMatchObject({ type: 'agent.unavailable' });
    expect(calls()).toBe(4);
    await sleep(130);
    expect(await run()).toEqual(delivered);
    expect(agent.health()).toMatchObject({ status: 'idle', breaker: 'closed' });
  });

  it('does not open for tasks that are wrong', async () => {
    const { agent, calls } = agentOf([lasting], resilience);
    const { run } = await running(agent);
    for (let i = 0; i < 6; i++) expect(await failureOf(run())).toMatchObject({ type: 'llm.refused' });
    expect(calls()).toBe(6);
    expect(agent.health().breaker).toBe('closed');
  });

  it('belongs to the agent: another one works on', async () => {
    const [bad, good] = [agentOf([passing()], resilience), agentOf(['ok'], resilience, { name: 'other' })];
    const { runtime } = await benchOf([bad.agent, good.agent]);
    for (let i = 0; i < 4; i++) await failureOf(runtime.execute(callOf(), 'agent', controlOf()));
    expect(bad.agent.health().breaker).toBe('open');
    expect(await runtime.execute(callOf(null, { uses: 'other' }), 'agent', controlOf())).toEqual(delivered);
  });

  it('opened by tries within one attempt ends that attempt', async () => {
    const { agent, calls } = agentOf([passing()], {
      retry: { retries: 9 },
      breaker: { failures: 3, halfOpenAfter: 60_000 },
    });
    expect(await failureOf((await running(agent)).run())).toMatchObject({ type: 'agent.unavailable' });
    expect(calls()).toBe(3);
  });
});

describe('the health of an agent', () => {
  it('is reported when a call begins and when it ends', async () => {
    const { agent } = agentOf([passing(), 'ok'], { retry: { retries: 0 } });
    const { run, reports } = await running(agent);
    await failureOf(run());
    await run();
    expect(reports.map(({ status }) => status)).toEqual(['working', 'degraded', 'working', 'idle']);
    expect(reports.at(-1)).toEqual({
      status: 'idle',
      breaker: 'closed',
      calls: 2,
      failures: 1,
      successes: 1,
      busy_ms: expect.any(Number) as number,
      last_error: 'llm.overloaded: answered 529',
      last_error_at: expect.stringMatching(/Z$/) as string,
      last_success_at: expect.stringMatching(/Z$/) as string,
      average_ms: expect.any(Number) as number,
    });
  });

  it('never costs a delivery', async () => {
    const { agent } = agentOf(['ok']);
    const state: AgentState = {
      report: () => {
        throw new Error('Redis is away');
      },
    };
    const { runtime } = await benchOf([agent], { state });
    expect(await runtime.execute(callOf(), 'agent', controlOf())).toEqual(delivered);
  });

  it('is repeated also while nobody calls, until that is stopped', async () => {
    const { agent } = agentOf(['ok']);
    const names: string[] = [];
    const announced: string[] = [];
    const registry = { announce: (all: readonly { name: string }[]) => announced.push(...all.map(({ name }) => name)) };
    const reports = keepReporting([agent], { state: { report: (name) => names.push(name) }, registry }, 10);
    while (names.length <= 2) await sleep(10);
    reports.stop();
    const seen = names.length;
    await sleep(30);
    expect(names).toHaveLength(seen);
    expect(announced).toEqual(names);
  });

  it('goes on from what the process before it has left: an open breaker stays open for its time', async () => {
    const breaker = { failures: 1, halfOpenAfter: 60_000 };
    const before = agentOf([passing()], { retry: { retries: 0 }, breaker });
    await failureOf((await running(before.agent)).run());
    const left = before.agent.health();
    expect(left).toMatchObject({ status: 'unavailable', breaker: 'open', breaker_until: expect.any(String) });

    const after = agentOf(['ok'], { retry: { retries: 0 }, breaker });
    after.agent.takeOver(left);
    expect(after.agent.health()).toMatchObject({ ...left, calls: 0, failures: 0 });
    const { run } = await running(after.agent);
    expect(await failureOf(run())).toMatchObject({ type: 'agent.unavailable' });
    expect(after.calls()).toBe(0);

    const later = agentOf(['ok'], { retry: { retries: 0 }, breaker });
    later.agent.takeOver({ ...left, breaker_until: new Date(Date.now() - 1_000).toISOString() });
    expect(await (await running(later.agent)).run()).toEqual(delivered);
    expect(later.agent.health()).toMatchObject({ status: 'idle', breaker: 'closed' });
  });

  it('can be reported to Redis as it is', () => {
    const fits = (states: AgentStates): AgentState => states;
    expect(fits).toBeDefined();
  });
});

describe('an agent in a simulation', () => {
  it('delivers what its stub gives, and its breaker and health know nothing of it', async () => {
    const agent = defineAgent({
      name: 'test.tool',
      version: '1',
      description: 'd',
      input: JsonValue,
      output: JsonValue,
      deliver: () => Promise.reject(new Error('live')),
      simulate: () => Promise.resolve('as if'),
    });
    const { runtime } = await benchOf([agent]);
    expect(await runtime.execute(callOf(null, { mode: 'simulate' }), 'agent', controlOf())).toEqual({
      output: { inline: 'as if' },
    });
    expect(agent.health().calls).toBe(0);
  });
});
