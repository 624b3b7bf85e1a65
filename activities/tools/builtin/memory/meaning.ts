import { Type } from 'typebox';
import { parseDuration } from '../../../../core/plan/duration';
import { Instant, JsonObjectValue } from '../../../../schemas/json';
import { Duration } from '../../../../schemas/plan';
import type { ErrorClass } from '../../../../schemas/tool';
import { DocumentError } from '../../../../src/documents/port';
import { MeaningError } from '../../../../src/meaning/errors';
import { MEANING_LIMITS } from '../../../../src/meaning/meaning';
import { llmErrors, llmFault } from '../../../llm/faults';
import { defineTool } from '../../define';
import { ToolError } from '../../errors';
import type { Tool, ToolContext } from '../../tool';

const strict = { additionalProperties: false };

const Space = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: 200,
    description:
      'whose memory: `shared` is that of all workflows, any other name that of whoever uses it; the run’s own if left out',
  }),
);
const Id = Type.String({ minLength: 1, maxLength: 64 });
const Text = Type.String({ minLength: 1, maxLength: MEANING_LIMITS.characters, pattern: '\\S' });

const common = {
  version: '1',
  risk: 'low',
  approval: false,
  timeout: 30_000,
  retry: { attempts: 4, initialMs: 500, backoff: 3, maxMs: 10_000 },
  errors: {
    ...llmErrors,
    'memory.bad_space': 'input',
    'memory.too_large': 'permanent',
    'memory.quota': 'permanent',
    'memory.unavailable': 'transient',
  } satisfies Record<string, ErrorClass>,
} as const;

/** Milliseconds that the model of the vectors has less than the tool. */
const MARGIN = 2_000;

type Surroundings = Pick<ToolContext, 'signal' | 'deadline'>;

const optionsOf = ({ signal, deadline }: Surroundings) => ({
  signal,
  timeout: Math.max(1, deadline - Date.now() - MARGIN),
});

/** Errors of this memory and of the gateway, as tools know them. */
async function withFaults<T>({ signal }: Surroundings, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof DocumentError || error instanceof ToolError || error instanceof MeaningError) throw error;
    throw llmFault(error);
  }
}

/** Keeps a text so that it is found by its meaning. */
export const memoryRemember = defineTool({
  ...common,
  name: 'memory.remember',
  description: 'Keeps a text so that memory.search finds it by its meaning; the same text in a space is kept once.',
  input: Type.Object(
    {
      text: Text,
      facts: Type.Optional(JsonObjectValue),
      space: Space,
      ttl: Type.Optional(Duration),
    },
    strict,
  ),
  output: Type.Object({ id: Id, space: Type.String(), expires_at: Type.Optional(Instant) }, strict),
  effect: 'idempotent',
  run: async ({ text, facts, space, ttl }, context) =>
    await withFaults(context, async () => {
      const ttlMs = parseDuration(ttl);
      const kept = await context.meaning.remember(space, { text, facts, ttlMs }, optionsOf(context));
      return { ...kept, ...(ttlMs === undefined ? {} : { expires_at: new Date(context.now() + ttlMs).toISOString() }) };
    }),
  simulate: async ({ space }) => ({ id: 'simulated', space: space ?? 'simulated' }),
});

/** Finds texts by their meaning. */
export const memorySearch = defineTool({
  ...common,
  name: 'memory.search',
  description: 'Finds the texts of a space that are nearest to a query in meaning.',
  input: Type.Object(
    {
      query: Text,
      space: Space,
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 5 })),
      min_score: Type.Optional(
        Type.Number({ minimum: -1, maximum: 1, description: 'texts that are less near are left out' }),
      ),
    },
    strict,
  ),
  output: Type.Object(
    {
      found: Type.Array(
        Type.Object(
          {
            id: Id,
            text: Type.String(),
            facts: JsonObjectValue,
            score: Type.Number({ description: 'cosine of the vectors: 1 is the same' }),
            kept_at: Instant,
          },
          strict,
        ),
      ),
    },
    strict,
  ),
  effect: 'none',
  run: async ({ query, space, limit = 5, min_score = -1 }, context) =>
    await withFaults(context, async () => {
      const near = await context.meaning.search(space, query, limit, optionsOf(context));
      const found = near
        .filter(({ score }) => score >= min_score)
        .map(({ id, text, facts, score, kept_at }) => ({
          id,
          text,
          facts,
          score,
          kept_at: new Date(kept_at).toISOString(),
        }));
      return { found };
    }),
  simulate: async () => ({ found: [] }),
});

/** Removes texts that memory.remember has kept. */
export const memoryForget = defineTool({
  ...common,
  name: 'memory.forget',
  description: 'Removes one text that memory.remember has kept, or all of a space.',
  input: Type.Object({ space: Space, id: Type.Optional(Id) }, strict),
  output: Type.Object({ forgotten: Type.Boolean() }, strict),
  effect: 'idempotent',
  run: async ({ space, id }, context) =>
    await withFaults(context, async () => {
      await context.meaning.forget(space, id);
      return { forgotten: true };
    }),
  simulate: async () => ({ forgotten: false }),
});

/** Tools of texts that are found by their meaning. */
export const meaningTools: readonly Tool[] = [memoryRemember, memorySearch, memoryForget];
