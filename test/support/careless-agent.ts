/** An audit agent that miscounts, for tests of deliverables that are not accepted. */
import { createAuditAgents } from '../../activities/audit/agents';
import * as thread from '../../src/threads/audit';
import { ToolError } from '../../activities/tools/errors';
import type { Tool } from '../../activities/tools/tool';
import type { AgentDelivery } from '../../schemas/audit/run';
import type { Json, JsonObject } from '../../schemas/json';
import { inProcess } from './threads';

/** Wrong rounds of an item before a right one, by project; other projects have careful agents. */
export const carelessRounds = new Map<string, number>();

/** Attempts of a round that fail transiently before one succeeds, by project. */
export const failingAttempts = new Map<string, number>();

const honest = createAuditAgents(inProcess(thread));

/** Replaces the platform's agent of that name, and works like it except for the projects above. */
export function carelessAgent(name: string): Tool {
  const agent = honest.find(({ spec }) => spec.name === name)!;
  const retry = { attempts: 10, initialMs: 600_000, backoff: 1, maxMs: 600_000 };
  return {
    kind: 'agent',
    spec: { ...agent.spec, retry },
    async run(input, context) {
      const { project_id } = input as { project_id: string };
      if (context.attempt <= (failingAttempts.get(project_id) ?? 0))
        throw new ToolError({ class: 'transient', type: 'test.flaky', message: 'not this time' });
      const delivery = (await agent.run(input, context)) as unknown as AgentDelivery;
      if (context.round > (carelessRounds.get(project_id) ?? 0)) return delivery;
      const document = await context.documents.putValue(
        miscounted(await context.documents.getValue(delivery.document)),
      );
      return { ...delivery, document };
    },
  };
}

/** A document whose total is a minute too much. */
function miscounted(document: Json): Json {
  const { totals, ...rest } = document as { totals: { minutes: { as_given: number } } & JsonObject } & JsonObject;
  const minutes = { ...totals.minutes, as_given: totals.minutes.as_given + 1 };
  return { ...rest, totals: { ...totals, minutes } };
}
