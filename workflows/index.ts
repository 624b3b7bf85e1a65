/** Every workflow type that a worker of AWE runs. A process is one file: open it and read it from top to bottom. */

export { audit } from './audit';
export { change } from './change';
export { definition } from './definition';
export { deliver } from './deliver';
export { dispatch } from './dispatch';
export { job } from './job';
export { mirrorRecord } from './mirror-record';
export { operations } from './operations';
export { order } from './order';
export { pinning } from './pinning';
export { revision } from './revision';
export { run } from './run';
export { scheduled } from './scheduled';
export { sweep } from './sweep';
