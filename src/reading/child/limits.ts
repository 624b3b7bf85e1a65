/** Bounds of what a child may take, and of how long it is kept. */
export interface ChildLimits {
  /** milliseconds from the question to the answer, with the child's start where there is one */
  time: number;
  /** megabytes of V8's old space, and of resident memory in all (looked at where /proc is) */
  heapMb: number;
  memoryMb: number;
  /** bytes of the answer */
  answer: number;
  /** files read at once, each in a child of its own; the rest wait in order */
  parallel: number;
  /** files that a child reads before another takes its place; with 1, each file has a process of its own */
  filesPerChild: number;
  /** megabytes of resident memory after a file beyond which another child takes its place */
  restMb: number;
  /** milliseconds without a file after which a child ends */
  idle: number;
}

/** How long children are kept, whoever has them. */
export const warmth = { filesPerChild: 50, restMb: 130, idle: 30_000 };
