/** All names that the platform uses in Redis. The prefix keeps two namespaces in one Redis apart. */
export interface Keys {
  /** stream: the events */
  events: string;
  /** stream: the dead letters */
  dlq: string;
  /** stream: the dead letters of tasks */
  deadTasks: string;
  /** hash: workflow id -> the entry of its letter among those of tasks */
  deadTaskOf: string;
  /** string: the page of an operation that is retrying a dead task, by the id of its letter */
  deadTaskClaim(letterId: string): string;
  /** hash: workflow id -> its last `seq` in the stream */
  mirror: string;
  /** sorted set: workflow id -> the time when its watermark may go, UTC milliseconds */
  mirrorEnded: string;
  /** set: runs that came out of a reset, whose RUN.RESET is published */
  resets: string;
  /** string: the operation that is rebuilding the streams */
  rebuildLock: string;
  /** string: the epoch whose streams a rebuild has completed */
  rebuilt: string;
  /** set: events that a rebuild has put back below their run's watermark; kept for a week */
  refilled: string;
  /** string: set by the first publish into an empty Redis; another value means that the streams were lost */
  epoch: string;
  /** string: a foreign event that `awe events publish` has written */
  seen(eventId: string): string;
  /** set: foreign events that a group has handled in a week; a convenience, the document store is the truth */
  handled(group: string, week: number): string;
  /** sorted set: entries that a group has given up on, by their time */
  dead(group: string): string;
  /** stream: the copy of a stream whose ids are being mended */
  mending(stream: string): string;
  /** hash: kind of dead letter -> how many were moved to the document store lately */
  dlqMoved: string;
  /** string: held by the one process that keeps the dead letters within bounds */
  dlqLock: string;
  /** string: held by the one process that trims */
  trimLock: string;
  /** hash: group -> `<last delivered id> <when it last moved, UTC milliseconds>` */
  groups: string;
  /** hash: group -> number of entries that were trimmed before it had handled them */
  lost: string;
  /** hash: the number of redrives of a dead event, by whom and when; `identity` from `identityOf` in src/dlq */
  redriven(identity: string): string;
  /** set: the dead letters that a page of an operation has moved, so that a repeat of the page knows them */
  operationPage(workflowId: string, page: number): string;
  /** string: the reference to an artifact, as JSON */
  artifact(artifactId: string): string;
  /** sorted set: `agent(name, worker)` -> its expiry, UTC milliseconds */
  agents: string;
  /** sorted set: `<agent>@<version>` -> until when its statement is kept, UTC milliseconds */
  agentTypes: string;
  /** string: the statement of a version of an agent, JSON */
  agentType(name: string, version: string): string;
  /** string: the health that an agent had last on a host, JSON */
  agentLeft(name: string, host: string): string;
  /** hash: sums of an agent's calls over all workers */
  agentTotals(name: string): string;
  /** sorted set: `<queue>|<worker>` -> until when it counts as alive, milliseconds by the clock of Redis */
  workers: string;
  /** hash: the state of an agent on a worker */
  agent(name: string, worker: string): string;
}

/** Configured names: three streams, and the prefix of everything else. */
export interface StreamNames {
  events: string;
  dlq: string;
  tasks: string;
  prefix: string;
}

/** Makes all names from those that are configured. */
export function createKeys({ events, dlq, tasks, prefix }: StreamNames): Keys {
  return {
    events,
    dlq,
    deadTasks: tasks,
    deadTaskOf: `${prefix}:tasks.dlq:of`,
    deadTaskClaim: (letterId) => `${prefix}:tasks.dlq:claim:${letterId}`,
    mirror: `${prefix}:mirror`,
    mirrorEnded: `${prefix}:mirror:ended`,
    resets: `${prefix}:mirror:resets`,
    rebuildLock: `${prefix}:rebuild:lock`,
    rebuilt: `${prefix}:rebuild:done`,
    refilled: `${prefix}:rebuild:refilled`,
    epoch: `${prefix}:epoch`,
    seen: (eventId) => `${prefix}:seen:${eventId}`,
    handled: (group, week) => `${prefix}:handled:${group}:${week}`,
    dead: (group) => `${prefix}:given-up:${group}`,
    mending: (stream) => `${stream}:mending`,
    dlqMoved: `${prefix}:dlq:moved`,
    dlqLock: `${prefix}:dlq:lock`,
    trimLock: `${prefix}:trim:lock`,
    groups: `${prefix}:groups`,
    lost: `${prefix}:groups:lost`,
    redriven: (identity) => `${prefix}:redriven:${identity}`,
    operationPage: (workflowId, page) => `${prefix}:operation:${workflowId}:${page}`,
    artifact: (artifactId) => `${prefix}:artifact:${artifactId}`,
    agents: `${prefix}:agents`,
    agentTypes: `${prefix}:agent-types`,
    agentType: (name, version) => `${prefix}:agent-type:${name}@${version}`,
    agentLeft: (name, host) => `${prefix}:agent-left:${name}:${host}`,
    agentTotals: (name) => `${prefix}:agent-totals:${name}`,
    workers: `${prefix}:workers`,
    agent: (name, worker) => `${prefix}:agent:${name}:${worker}`,
  };
}
