/** What each process brings to the workers, and the engine that carries them: a row each. */
export { audit } from './audit';
export { definition } from './definition';
export { engine } from './engine';
export { job } from './job';
export { pinning } from './mcp';
export { memory } from './memory';
export { operations } from './operations';
export { order } from './order';
export { schedules } from './schedules';
export { webhooks } from './webhooks';
