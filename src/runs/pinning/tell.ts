import { digest } from '../../../core/identity';
import type { PinningInput } from '../../../schemas/mcp/run';
import { workflowIdOf } from '../../temporal/ids';
import { explainFault } from '../faults';
import type { RunDependencies } from '../ports';
import { createRunStarter } from '../start-run';

/** Milliseconds that a caller waits until workers have learnt of his pins. */
const PATIENCE = 10_000;

/**
 * Has the workers learn of pins that are written, and everybody told, once for the same pins. Throws `no_worker` and
 * `unavailable`; the pins hold all the same, and the same call may be repeated.
 */
export function createPinTeller(dependencies: Pick<RunDependencies, 'temporal' | 'settings'>) {
  const { temporal, settings } = dependencies;
  const startRun = createRunStarter(dependencies);
  return async function tellPins(pins: Omit<PinningInput, 'correlation_id'> & { at: string }): Promise<string> {
    const { server, by, tools, at } = pins;
    const name = `${server} ${digest({ by, tools, at })}`;
    const workflowId = workflowIdOf(settings.namespace, 'pinning', name);
    const input: PinningInput = { server, by, tools, correlation_id: workflowId };
    await startRun({
      process: 'pinning',
      name,
      subject: workflowId,
      input,
      memo: { title: `tools of the MCP server ${server}`, by },
      summary: `${tools.length} tools of ${server} accepted by ${by}`.slice(0, 200),
    });
    try {
      await temporal.call((client) => client.workflow.getHandle(workflowId).result(), PATIENCE);
    } catch (error) {
      throw await explainFault(temporal, error, { noun: 'change of pins', run: workflowId });
    }
    return workflowId;
  };
}
