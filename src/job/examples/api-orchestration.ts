import type { JsonObject } from '../../../schemas/json';
import type { Plan, Step } from '../../../schemas/plan';
import { ParameterError, requestOf, type HttpCall } from './call';

/** A call by its name; later ones may read it as `${{ steps.<name>.output.body }}`. */
export interface ApiCall extends HttpCall {
  name: string;
  /** names of the calls that have to be done before */
  depends_on?: string[];
}

/** Parameters of calls that belong together. */
export interface ApiOrchestration {
  name?: string;
  api_calls: ApiCall[];
  /** parallel, the default: each call as soon as those that it depends on are done; sequential: one at a time */
  orchestration_strategy?: 'sequential' | 'parallel';
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,79}$/;

/** A plan of HTTP calls with their dependencies; its result has the status and body of each. @throws ParameterError */
export function planApiOrchestration({
  name,
  api_calls: calls,
  orchestration_strategy: strategy = 'parallel',
}: ApiOrchestration): Plan {
  if (!Array.isArray(calls) || calls.length === 0) throw new ParameterError('api_calls needs a call at least.');
  if (strategy !== 'parallel' && strategy !== 'sequential')
    throw new ParameterError(`orchestration_strategy is sequential or parallel, not ${String(strategy)}.`);
  const names = calls.map((call) => call.name);
  for (const [i, one] of names.entries()) {
    if (typeof one !== 'string' || !NAME.test(one))
      throw new ParameterError(`api_calls[${i}] needs a name of letters, digits and _, not ${JSON.stringify(one)}.`);
    if (names.indexOf(one) !== i) throw new ParameterError(`Two of api_calls are called ${one}.`);
  }
  const ordered = inOrder(calls);
  const steps = ordered.map((call, i): Step => stepOf(call, strategy === 'sequential' ? ordered[i - 1]?.name : undefined));
  const result: JsonObject = Object.fromEntries(
    names.map((one) => [
      one,
      { status: `\${{ steps.${one}.output.status }}`, body: `\${{ steps.${one}.output.body }}` },
    ]),
  );
  return { name: name ?? 'api orchestration', steps, result };
}

function stepOf({ name, depends_on = [], ...call }: ApiCall, before: string | undefined): Step {
  const needs = [...new Set([...depends_on, ...(before === undefined ? [] : [before])])];
  return {
    id: name,
    kind: 'tool',
    uses: 'http.request',
    with: requestOf(call, `api_calls ${name}`),
    ...(needs.length > 0 ? { depends_on: needs } : {}),
  };
}

/** The calls as they were given, each after those that it depends on. */
function inOrder(calls: ApiCall[]): ApiCall[] {
  const byName = new Map(calls.map((call) => [call.name, call]));
  const done = new Set<ApiCall>();
  function visit(call: ApiCall, path: string[]): void {
    if (done.has(call)) return;
    if (path.includes(call.name))
      throw new ParameterError(`api_calls go round in a circle: ${[...path, call.name].join(' → ')}.`);
    for (const name of call.depends_on ?? []) {
      const needed = byName.get(name);
      if (!needed) throw new ParameterError(`${call.name} depends on ${name}, and no call has that name.`);
      visit(needed, [...path, call.name]);
    }
    done.add(call);
  }
  for (const call of calls) visit(call, []);
  return [...done];
}
