import type { CompleteSpec } from '../../core/worst-case';
import type { ToolMode } from '../../schemas/tool';
import { withTrace } from '../../src/telemetry/trace';
import { ToolError } from './errors';

/** A request to the outside. */
export type Egress = (url: string, init?: RequestInit) => Promise<Response>;

/**
 * The way out that a tool gets. Closed in a simulation; else open to the hosts that its specification names, through
 * the connector that the runtime was given. The connector has to check addresses: a name may resolve to anything.
 */
export function egressOf(
  spec: CompleteSpec,
  mode: ToolMode,
  signal: AbortSignal,
  connector: Egress | undefined,
): Egress {
  return async (url, init) => {
    const host = hostOf(url);
    if (mode === 'simulate') throw refused('egress.closed', `a simulation reaches nothing: not ${host}`);
    if (!spec.egress.includes(host))
      throw refused('egress.refused', `${spec.name} may not reach ${host}: its specification does not name it`);
    if (!connector) throw refused('egress.unavailable', 'this worker has no way out');
    return await connector(url, withTrace({ ...init, redirect: 'manual', signal }));
  };
}

function hostOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol) || parsed.username !== '')
    throw refused('egress.refused', 'only http and https addresses without credentials can be reached');
  return parsed.hostname;
}

function refused(type: string, message: string): ToolError {
  return new ToolError({ class: 'policy', type, message });
}
