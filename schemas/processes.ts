/** The facts of every process, a row each: their parts in `schemas/catalogue.ts` and around a run follow from them. */
export { audit, dispatch } from './audit/process';
export { change } from './change/process';
export { definition, revision } from './definition/process';
export { job } from './job/process';
export { pinning } from './mcp/process';
export { operations } from './operations/process';
export { order } from './order/process';
export { run } from './process';
