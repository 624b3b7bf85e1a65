import type { AgentList } from '../../schemas/agents/api';
import type { AgentRegistry } from '../../src/streams/agent-registry';
import type { Handlers } from '../part';
import { HttpProblem } from '../problem';
import type { agentContracts } from './contract';
import { detailOf, summaryOf } from './views';

export interface AgentDependencies {
  agents: Pick<AgentRegistry, 'read'>;
}

export function agentRoutes({ agents }: AgentDependencies): Handlers<typeof agentContracts> {
  return {
    async listAgents() {
      const list: AgentList = { agents: (await agents.read()).map(summaryOf) };
      return { body: list };
    },
    async showAgent({ params }) {
      const found = (await agents.read()).find(({ statements: [{ name }] }) => name === params.name);
      if (!found) throw new HttpProblem('not-found', `No worker has announced an agent ${params.name ?? ''}.`);
      return { body: detailOf(found) };
    },
  };
}
