/** Settings for working through entries. Times are milliseconds. */
export interface HandSettings {
  /** handlers that run at once */
  parallel: number;
  /** deliveries after which an entry is given up */
  attempts: number;
  /** time after which an attempt has failed, although its handler may still be running */
  handlerLimit: number;
  /** time between the first and the second attempt; doubles from there */
  retryDelay: number;
  retryDelayMax: number;
}

/** Counters of a consumer since it was created. */
export interface Counts {
  handled: number;
  /** failed attempts that are followed by another */
  retried: number;
  /** written to the dead letters */
  dead: number;
  /** taken over from consumers that are gone */
  claimed: number;
  /** entries that were trimmed before they were handled */
  lost: number;
}
