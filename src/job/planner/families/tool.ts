import { findNearest } from '../../../../core/nearest';
import type { CompleteSpec } from '../../../../core/worst-case';
import type { Json, JsonObject } from '../../../../schemas/json';
import type { JsonSchema } from '../../../../schemas/tool';
import type { Draft } from '../draft/draft';
import type { Clause, Family } from '../family';
import { textOf } from '../grammar/slots';
import { Refusal } from '../refusal';
import type { Argument } from '../values/tools';
import { secret } from './parts/auth';
import { take } from './parts/take';

/** Tools by their names, such as those of MCP servers and of the user's own. */
export const toolFamily: Family = {
  name: 'use a tool',
  does: 'calls a tool by its name, with its arguments',
  examples: [
    'call data.echo with text "hello" and save the result to hello.json',
    'utilise l’outil data.echo avec text "bonjour" et enregistre le résultat dans bonjour.json',
  ],
  heads: ['(use|run|call|fetch|ask) [tool] [called] $tool:tool'],
  slots: [
    '[comma|open] (with|on|for|of|from|to|in|by) [parameters] $arguments:arguments [close]',
    '[comma|open] [and] $arguments:arguments [close]',
    '[comma] (with|on|for|of|from|to|in) $argument_value:only',
  ],
  needs: [['tool']],
  plan(clause, draft) {
    const name = textOf(clause.slots['tool']);
    const spec = draft.tool(name);
    if (!spec)
      throw new Refusal(
        draft.span,
        `there is no tool ${name}; one of an MCP server is used once somebody has accepted it`,
        [findNearest(name, [...draft.input.callable.tools])].filter((near) => near !== undefined),
      );
    const given = argumentsOf(clause, draft, spec);
    const step = draft.add(name.split('.').at(-1)?.replaceAll('-', '_') ?? 'tool', { uses: spec.name, with: given });
    const label = name.split('.').at(-1)?.replaceAll(/[-_]/g, ' ') ?? 'tool';
    draft.make({ labels: [label, 'response'], form: 'data', step });
  },
};

function argumentsOf(clause: Clause, draft: Draft, { name, input }: CompleteSpec): JsonObject {
  const { slots } = clause;
  const properties = (input.properties ?? {}) as { [name: string]: JsonSchema };
  const required = (input.required ?? []) as string[];
  const has = Object.keys(properties);
  const said = { ...(slots['arguments'] as { [name: string]: Argument } | undefined) };
  const only = slots['only'] as Argument | undefined;
  if (only !== undefined && typeof only === 'object' && 'json' in only) Object.assign(said, fromJson(only.json, draft));
  else if (only !== undefined) {
    const [place, ...others] = required.filter((one) => !(one in said));
    if (place === undefined || others.length > 0)
      throw new Refusal(draft.span, `say for which argument of ${name} that is: it has ${has.join(', ') || 'none'}`);
    said[place] = only;
  }
  const unknown = Object.keys(said).find((one) => !has.includes(one) && input.additionalProperties === false);
  if (unknown !== undefined)
    throw new Refusal(draft.span, `${name} has no argument "${unknown}": it has ${has.join(', ') || 'none'}`, has);
  const missing = required.filter((one) => !(one in said));
  if (missing.length > 0)
    throw new Refusal(draft.span, `${name} needs ${missing.join(' and ')}: say it, such as "with ${missing[0]} …"`);
  return Object.fromEntries(
    Object.entries(said).map(([key, value]) => [key, fitted(valueOf(value, clause, draft), properties[key])]),
  );
}

function fromJson(json: string, draft: Draft): { [name: string]: Argument } {
  const value = JSON.parse(json) as Json;
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new Refusal(draft.span, 'the arguments of a tool are an object: {"name": value}');
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, { json: JSON.stringify(one) }]));
}

function valueOf(value: Argument, clause: Clause, draft: Draft): Json {
  if (typeof value === 'string') return draft.literal(value);
  if (typeof value !== 'object') return value;
  if ('secret' in value) return secret(value.secret);
  if ('context' in value) {
    const made = draft.ofContext(value.context, draft.span);
    made.used = true;
    return draft.template(made);
  }
  if ('json' in value) return literals(JSON.parse(value.json) as Json, draft);
  const data = draft.data(take(draft, value.thing, clause));
  data.used = true;
  return draft.template(data);
}

/** JSON of the goal as it is: no text in it is an expression. */
function literals(value: Json, draft: Draft): Json {
  if (typeof value === 'string') return draft.literal(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((one) => literals(one, draft));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, literals(one, draft)]));
}

/** A value as its schema wants it, where that is plain: a text, or a list of one. */
function fitted(value: Json, schema: JsonSchema | undefined): Json {
  if (schema?.type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  return schema?.type === 'array' && typeof value !== 'object' && !/^\$\{\{/.test(String(value)) ? [value] : value;
}
