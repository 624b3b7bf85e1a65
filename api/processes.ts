/** The parts of the processes in the API, a row each; agent runs are jobs with a face of their own. */
export { agentRun } from './agent-run';
export { audit } from './audit';
export { definition } from './definition';
export { job } from './job';
export { operations } from './operations';
export { order } from './order';
