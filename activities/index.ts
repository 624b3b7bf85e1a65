import type { Joined } from '../core/joined';
import type * as processes from './processes';

/** All activities that workflows ask for, from the rows of the processes. Each takes one JSON value and gives one. */
export type EngineActivities = Joined<ReturnType<(typeof processes)[keyof typeof processes]['activities']>>;
