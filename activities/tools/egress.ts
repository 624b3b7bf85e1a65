import type { CompleteSpec } from '../../core/worst-case';
import type { ToolMode } from '../../schemas/tool';
import type { Connector, EgressInit, Hop } from '../../src/egress/connector';
import { hostOf } from '../../src/egress/hosts';
import { parseTarget } from '../../src/egress/target';
import { withTrace } from '../../src/telemetry/trace';
import type { Refusals } from './effects';
import { ToolError } from './errors';
import type { CallSecrets } from './secrets';

/**
 * A request to the outside. Other than `fetch` it unpacks no `br`, has limits, and follows five redirects, each checked
 * as the first address is.
 */
export type Egress = (url: string, init?: EgressInit) => Promise<Response>;

/** Host in a specification that stands for every public one. */
const ANY = '*';

/**
 * The way out that a tool gets. Closed in a simulation; else open to the hosts that its specification names, and in a
 * call with secrets to the hosts of all of these alone, through the connector that the runtime was given. The connector
 * has to check addresses: a name may resolve to anything.
 */
export function egressOf(
  spec: CompleteSpec,
  mode: ToolMode,
  signal: AbortSignal,
  connector: Connector | undefined,
  secrets: CallSecrets,
  refusals: Refusals,
): Egress {
  const permit = (hop: Hop): void => {
    const host = hostOf(hop.url);
    if (!spec.egress.includes(ANY) && !spec.egress.includes(host))
      throw refused('egress.refused', `${spec.name} may not reach ${host}: its specification does not name it`);
    secrets.permit(hop);
  };
  return async (url, init = {}) => {
    if (mode === 'simulate') refusals.count += 1;
    const target = parseTarget(url);
    if (mode === 'simulate') throw refused('egress.closed', `a simulation reaches nothing: not ${hostOf(target)}`);
    permit({ url: target, first: true, body: false });
    if (!connector) throw refused('egress.unavailable', 'this worker has no way out');
    return await connector(url, withTrace(init), { signal, permit, ...secrets.blots });
  };
}

function refused(type: string, message: string): ToolError {
  return new ToolError({ class: 'policy', type, message });
}
