/** Bounds of a child's resources and lifetime. */
export interface ChildLimits {
  /** milliseconds from the question to the answer, including the child's start if it needs one */
  time: number;
  /** megabytes of V8's old space, and of resident memory in all (checked if there is a /proc) */
  heapMb: number;
  memoryMb: number;
  /** bytes of the answer */
  answer: number;
  /** files read at once, each in a child of its own; the rest queue */
  parallel: number;
  /** files that a child reads before another takes its place; with 1, each file has a process of its own */
  filesPerChild: number;
  /** megabytes of resident memory; a child with more after a file is replaced */
  restMb: number;
  /** milliseconds without a file after which a child ends */
  idle: number;
}

/** Lifetime of children, for all their users. */
export const warmth = { filesPerChild: 50, restMb: 130, idle: 30_000 };
