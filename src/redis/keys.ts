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
  /** string: set by the first publish into an empty Redis; another value means that the streams were lost */
  epoch: string;
  /** string: a foreign event that has been handled */
  seen(eventId: string): string;
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
    epoch: `${prefix}:epoch`,
    seen: (eventId) => `${prefix}:seen:${eventId}`,
    artifact: (artifactId) => `${prefix}:artifact:${artifactId}`,
    agents: `${prefix}:agents`,
    agent: (name, worker) => `${prefix}:agent:${name}:${worker}`,
  };
}
