/** Every workflow type that a worker of AWE runs. A process is one file: open it and read it from top to bottom. */

export { audit } from './audit';
export { dispatch } from './dispatch';
export { mirrorRecord } from './mirror-record';
export { operations } from './operations';
export { order } from './order';
export { run } from './run';
export { sweep } from './sweep';
