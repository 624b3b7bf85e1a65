import type { ToolSpec } from '../schemas/tool';

/** A specification with nothing left out. */
export type CompleteSpec = Required<Omit<ToolSpec, 'cost' | 'errors'>> & Pick<ToolSpec, 'cost' | 'errors'>;

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
    egress: spec.egress ?? [],
    queue: spec.queue ?? 'agents',
    local: effect !== 'once' && (spec.local ?? false),
  };
}
