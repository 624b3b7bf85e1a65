/** Limits of a request and its answer: times in milliseconds, sizes in bytes. */
export interface EgressLimits {
  /** until the connection stands, with TLS, for each address */
  connectMs: number;
  /** from the request to the head of the answer */
  headersMs: number;
  /** without a byte of the body while somebody waits for one */
  silenceMs: number;
  /** from the first request to the last byte, redirects included */
  totalMs: number;
  /** of the head of an answer */
  headerBytes: number;
  /** of the body, as it is after decoding */
  bodyBytes: number;
}

export const DEFAULT_LIMITS: EgressLimits = {
  connectMs: 10_000,
  headersMs: 30_000,
  silenceMs: 30_000,
  totalMs: 120_000,
  headerBytes: 32 * 1024,
  bodyBytes: 16 * 1024 * 1024,
};
