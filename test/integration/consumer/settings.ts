/** Short pauses, so that tests do not wait; the limits of entries are far off, so that a busy machine is no fault. */
export const FAST = {
  block: 200,
  grace: 10_000,
  minIdle: 60_000,
  groupGrace: 200,
  retryDelay: 10,
  retryDelayMax: 100,
  handlerLimit: 60_000,
  stopGrace: 2_000,
};

/** Limits that are reached at once, for tests of what lies idle or hangs. */
export const IMPATIENT = { grace: 500, minIdle: 600, handlerLimit: 2_000 };
