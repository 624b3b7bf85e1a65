/** Every name that the platform uses in Redis. The prefix keeps two namespaces in one Redis apart. */
export interface Keys {
  /** stream: the events */
  events: string;
  /** stream: the dead letters */
  dlq: string;
  /** hash: workflow id -> the last `seq` of it in the stream */
  mirror: string;
  /** sorted set: workflow id -> when its watermark may go, UTC milliseconds */
  mirrorEnded: string;
  /** set: runs that came out of a reset which RUN.RESET has told */
  resets: string;
  /** string: the operation that rebuilds the streams */
  rebuildLock: string;
  /** string: the epoch whose streams a rebuild has made complete */
  rebuilt: string;
  /** set: events that a rebuild has put back below their run's watermark; forgotten after a week */
  refilled: string;
  /** string: set by the first publish into an empty Redis; another value means that the streams were lost */
  epoch: string;
  /** string: a foreign event that `awe events publish` has written */
  seen(eventId: string): string;
  /** set: foreign events that a group has handled in a week; a convenience, the document store is the truth */
  handled(group: string, week: number): string;
  /** string: an entry that a group has given up */
  dead(group: string, entryId: string): string;
  /** string: one consumer process trims at a time */
  trimLock: string;
  /** hash: group -> `<last delivered id> <since when it stands there, UTC milliseconds>` */
  groups: string;
  /** hash: group -> entries that were cut off the stream before it had handled them */
  lost: string;
  /** hash: how often a dead event was redriven, by whom and when; `identity` as `identityOf` in src/dlq gives it */
  redriven(identity: string): string;
  /** set: the dead letters that a page of an operation has moved, so that its repeat knows them */
  operationPage(workflowId: string, page: number): string;
  /** string: where an artifact is */
  artifact(artifactId: string): string;
  /** sorted set: `agent(name, worker)` -> when it expires, UTC milliseconds */
  agents: string;
  /** hash: the state of an agent on a worker */
  agent(name: string, worker: string): string;
}

/** Makes all names from the configured three: the streams' own and the prefix of everything else. */
export function createKeys({ events, dlq, prefix }: { events: string; dlq: string; prefix: string }): Keys {
  return {
    events,
    dlq,
    mirror: `${prefix}:mirror`,
    mirrorEnded: `${prefix}:mirror:ended`,
    resets: `${prefix}:mirror:resets`,
    rebuildLock: `${prefix}:rebuild:lock`,
    rebuilt: `${prefix}:rebuild:done`,
    refilled: `${prefix}:rebuild:refilled`,
    epoch: `${prefix}:epoch`,
    seen: (eventId) => `${prefix}:seen:${eventId}`,
    handled: (group, week) => `${prefix}:handled:${group}:${week}`,
    dead: (group, entryId) => `${prefix}:dead:${group}:${entryId}`,
    trimLock: `${prefix}:trim:lock`,
    groups: `${prefix}:groups`,
    lost: `${prefix}:groups:lost`,
    redriven: (identity) => `${prefix}:redriven:${identity}`,
    operationPage: (workflowId, page) => `${prefix}:operation:${workflowId}:${page}`,
    artifact: (artifactId) => `${prefix}:artifact:${artifactId}`,
    agents: `${prefix}:agents`,
    agent: (name, worker) => `${prefix}:agent:${name}:${worker}`,
  };
}
