import type { ToolAnnotations } from '@modelcontextprotocol/server';
import type { TSchema } from 'typebox';
import type { ProcessName } from '../../schemas/catalogue';
import type { Json } from '../../schemas/json';
import { validatorFor } from '../../src/contracts/validators';
import type { Pointed } from '../../src/runs/errors';
import type { Role } from '../../schemas/access';
import type { Contract } from '../contract';
import type { Ask, Asked } from '../inside';
import { addressOf } from '../links';
import type { Call } from '../part';
import { HttpProblem } from '../problem';
import type { Answer } from './results';

/** Arguments of a call that fit the tool's input. */
export type Arguments = Record<string, unknown>;

/** The surroundings of a call. */
export interface Calling {
  /** the request that has brought it */
  call: Call;
  signal: AbortSignal;
  /** Tells of progress, where the client has asked for it; `at` grows. */
  onProgress: (at: number, message: string) => void;
}

/** A tool of AWE for assistants. */
export interface AssistantTool {
  name: string;
  title: string;
  description: string;
  roles: readonly Role[];
  /** JSON Schema of an object */
  input: Record<string, unknown>;
  annotations: ToolAnnotations;
  /** the process that it starts */
  starts?: ProcessName;
  run(args: Arguments, calling: Calling): Promise<Answer>;
}

/** Hints that are true of tools, whoever uses them. */
export const hints = {
  reads: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  /** adds something within AWE */
  adds: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  /** ends something within AWE for good */
  ends: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  /** may change what lies outside, as far as policy and people allow */
  acts: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
} as const satisfies Record<string, ToolAnnotations>;

type Described = Pick<AssistantTool, 'name' | 'title' | 'description' | 'annotations' | 'starts'>;

export interface OfAddress extends Described {
  /** arguments that are optional by HTTP, and needed here: the name that makes a start safe to repeat */
  needs?: readonly string[];
  /** arguments that the tool does not take */
  without?: readonly string[];
  /** arguments that have one value */
  fixed?: Readonly<Record<string, Json>>;
  /** the caller's name for the request, where the body holds none */
  keyed?: true;
}

const KEY: TSchema = {
  type: 'string',
  minLength: 1,
  maxLength: 255,
  pattern: '^[!-~]([ -~]{0,253}[!-~])?$',
  description: 'your name for this request: the same again starts nothing new',
};

/** A tool that asks an address: its arguments are the parameters, the query and the body of it in one object. */
export function toolOf(ask: Ask, contract: Contract, { fixed = {}, ...tool }: OfAddress): AssistantTool {
  const { needs = [], without = [], keyed, ...described } = tool;
  const { properties = {}, required = [] } = (contract.body?.json ?? {}) as Members;
  const members = { ...contract.params, ...contract.query, ...properties, ...(keyed ? { idempotency_key: KEY } : {}) };
  const taken = Object.entries(members).filter(([name]) => !without.includes(name) && !(name in fixed));
  const needed = new Set([...Object.keys(contract.params ?? {}), ...required, ...needs]);
  if (keyed) needed.add('idempotency_key');

  function askedOf(args: Arguments): Asked {
    const body: Record<string, unknown> = {};
    const asked = { params: {} as Record<string, string>, query: {} as Record<string, unknown>, body };
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries({ ...args, ...fixed })) {
      if (contract.params && name in contract.params) asked.params[name] = String(value);
      else if (contract.query && name in contract.query) asked.query[name] = value;
      else if (keyed && name === 'idempotency_key') headers['Idempotency-Key'] = String(value);
      else body[name] = value;
    }
    return { ...asked, headers };
  }

  return {
    ...described,
    roles: contract.roles === 'public' ? [] : contract.roles,
    input: inputOf(Object.fromEntries(taken), [...needed]),
    async run(args, { call }) {
      const asked = askedOf(args);
      const body = await ask(contract, call, asked);
      return { body, at: `${contract.method.toUpperCase()} ${addressOf(contract, asked.params ?? {})}` };
    },
  };
}

interface Members {
  properties?: Record<string, TSchema>;
  required?: readonly string[];
}

/** Letters of a schema that is shown whole; a longer one, such as that of a plan, would fill a model's context. */
const LONGEST_SCHEMA = 1_500;

/** The input of a tool: an object of these members and no others. */
export function inputOf(members: Record<string, TSchema>, needed: readonly string[] = []): Record<string, unknown> {
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(members).map(([name, schema]) => [name, shown(schema)])),
    required: needed.filter((name) => name in members),
    additionalProperties: false,
  };
}

function shown(schema: TSchema): Record<string, unknown> {
  const whole = plain(schema) as Record<string, unknown>;
  if (JSON.stringify(whole).length <= LONGEST_SCHEMA) return whole;
  const { type = 'object', description } = whole;
  const where = 'its form is in the API’s description, GET /openapi.json; faults are answered with their places';
  return { type, description: typeof description === 'string' ? `${description}; ${where}` : where };
}

/** A schema without names, which would have to be unique. */
function plain(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(plain);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { $id: _, ...rest } = schema as { $id?: string };
  return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, plain(value)]));
}

/** Holds arguments against the inputs of tools. Throws 422 with a pointer for each fault. */
export function createArgumentCheck(tools: readonly AssistantTool[]) {
  const checks = new Map(tools.map(({ name, input }) => [name, validatorFor(input as TSchema)]));
  return (tool: AssistantTool, given: unknown): Arguments => {
    const result = checks.get(tool.name)?.(given ?? {});
    if (result?.ok) return result.value as Arguments;
    const errors: Pointed[] = (result?.errors ?? []).map(({ pointer, message }) => ({ pointer, detail: message }));
    throw new HttpProblem('invalid', `The arguments of ${tool.name} are not valid.`, { errors });
  };
}
