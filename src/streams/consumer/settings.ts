/** How entries are worked off. Times are milliseconds. */
export interface HandSettings {
  /** handlers that run at once */
  parallel: number;
  /** deliveries after which an entry is given up */
  attempts: number;
  /** after which an attempt has failed, though its handler may still be at it */
  handlerLimit: number;
  /** between the first and the second attempt; it doubles from there */
  retryDelay: number;
  retryDelayMax: number;
}

/** What a consumer has done since it was made. */
export interface Counts {
  handled: number;
  /** attempts that have failed and are made again */
  retried: number;
  /** written to the dead letters */
  dead: number;
  /** taken over from consumers that are gone */
  claimed: number;
  /** entries that were cut off the stream before they were handled */
  lost: number;
}
