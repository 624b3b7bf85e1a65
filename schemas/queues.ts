/** Classes of work, each with a task queue of its own. */
export const queueClasses = ['workflows', 'tools', 'agents', 'orders', 'mirror'] as const;
export type QueueClass = (typeof queueClasses)[number];

/** Classes that steps of plans run in. */
export type StepQueue = Exclude<QueueClass, 'workflows' | 'mirror'>;

/** Classes that agents run in: that of all agents, and those set aside for the agents of one process. */
export type AgentQueue = Exclude<StepQueue, 'tools'>;
