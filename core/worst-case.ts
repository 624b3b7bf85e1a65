import type { Json } from '../schemas/json';
import type { ToolSpec } from '../schemas/tool';

/** A specification with nothing left out. */
export type CompleteSpec = Required<Omit<ToolSpec, 'cost' | 'errors' | 'tasks' | 'withheld'>> &
  Pick<ToolSpec, 'cost' | 'errors' | 'tasks' | 'withheld'>;

/** Milliseconds for one attempt where neither the tool nor the plan says anything. */
const DEFAULT_TIMEOUT = 60_000;

/** Completes a specification; anything left out is taken to be the worst that may be true. */
export function withWorstCase(spec: ToolSpec): CompleteSpec {
  const effect = spec.effect ?? 'once';
  return {
    ...spec,
    effect,
    risk: spec.risk ?? 'high',
    approval: spec.approval ?? true,
    timeout: spec.timeout ?? DEFAULT_TIMEOUT,
    retry: effect === 'once' || !spec.retry ? { attempts: 1, initialMs: 1000, backoff: 2, maxMs: 60_000 } : spec.retry,
    effects: spec.effects ?? [],
    egress: spec.egress ?? [],
    reads_in_simulation: spec.reads_in_simulation ?? false,
    secrets: spec.secrets ?? false,
    aliases: spec.aliases ?? [],
    queue: spec.queue ?? 'agents',
    local: effect !== 'once' && (spec.local ?? false),
  };
}

/**
 * The specification of a call with these arguments, whose effect may be a lesser one. Arguments that are not known yet
 * (expressions) fit no case, so that they leave the worst.
 */
export function specFor(spec: CompleteSpec, given: Json): CompleteSpec {
  const args = given !== null && typeof given === 'object' && !Array.isArray(given) ? given : {};
  const valueOf = (name: string): Json => (Object.hasOwn(args, name) ? (args[name] ?? null) : null);
  const found = spec.effects.find(({ when }) =>
    Object.entries(when).every(([name, values]) => values.some((value) => value === valueOf(name))),
  );
  return found ? { ...spec, effect: found.effect, retry: found.retry ?? spec.retry } : spec;
}
