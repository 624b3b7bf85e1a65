/** The parts of the processes in the API, a row each. */
export { audit } from './audit';
export { definition } from './definition';
export { job } from './job';
export { operations } from './operations';
export { order } from './order';
