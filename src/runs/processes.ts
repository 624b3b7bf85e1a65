/** What each process does with its runs, a row each. */
export { audit, dispatch } from './audit';
export { change } from './change';
export { definition, revision } from './definition';
export { job } from './job';
export { operations } from './operations';
export { order } from './order';
export { pinning } from './pinning';
export { run } from './plan';
