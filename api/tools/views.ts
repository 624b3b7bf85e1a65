import type { CompleteSpec } from '../../core/worst-case';
import { processes } from '../../schemas/catalogue';
import type { JsonObject } from '../../schemas/json';
import type { ToolDetail, ToolSummary } from '../../schemas/tools/api';
import { wordsOfTool } from '../../src/catalogue/words';
import { sampleOf } from '../../src/contracts/sample';
import { addressOf } from '../links';
import { toolContracts } from './contract';

/** Pure mappers from specifications of tools to answers of the API. */

export function summaryOf(spec: CompleteSpec): ToolSummary {
  const { name, version, aliases, description, effect, risk, approval, withheld } = spec;
  const [first = '', second] = name.split('.');
  const server = first === 'mcp' ? second : undefined;
  return {
    ...{ name, version, aliases, description },
    group: server === undefined ? first : `mcp.${server}`,
    ...(processes.has(first) ? { process: first } : {}),
    ...(server === undefined ? {} : { server }),
    ...{ effect, risk, approval, usable: withheld === undefined, withheld },
    links: { self: addressOf(toolContracts.showTool, { name }) },
  };
}

export function detailOf(spec: CompleteSpec): ToolDetail {
  const { name, timeout, retry, cost, egress, secrets, errors = {} } = spec;
  return {
    ...summaryOf(spec),
    input: spec.input as JsonObject,
    output: spec.output as JsonObject,
    example: { id: 'step', kind: 'tool', uses: name, with: sampleOf(spec.input) },
    effects: spec.effects.map(({ when, effect }) => ({ when, effect })),
    ...{ timeout_ms: timeout, attempts: retry.attempts, cost, egress, secrets, errors },
    words: wordsOfTool(spec),
  };
}
