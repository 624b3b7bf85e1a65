/** Short times, so that tests do not wait. */
export const FAST = {
  block: 200,
  grace: 500,
  minIdle: 600,
  groupGrace: 200,
  retryDelay: 10,
  retryDelayMax: 100,
  handlerLimit: 2_000,
  stopGrace: 2_000,
};
