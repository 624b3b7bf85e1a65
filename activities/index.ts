import type { processes } from './processes';

/** All members of a union in one type. */
type Joined<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** All activities that workflows ask for, from the rows of the processes. Each takes one JSON value and gives one. */
export type EngineActivities = Joined<ReturnType<(typeof processes)[number]['activities']>>;
