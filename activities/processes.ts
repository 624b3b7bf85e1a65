/** What each process brings to the workers, and the engine that carries them: a row each. */
export { audit } from './audit';
export { engine } from './engine';
export { operations } from './operations';
export { order } from './order';
