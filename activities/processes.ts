import { audit } from './audit';
import { engine } from './engine';
import { operations } from './operations';
import { order } from './order';

/** The processes of the platform, and the engine that carries them: workers are put together from these rows. */
export const processes = [engine, audit, operations, order] as const;
