import { Counter, Histogram, type Registry } from 'prom-client';

/** Counts requests to an HTTP server. */
export interface HttpMeter {
  /**
   * A request whose answer is sent, or whose connection is gone.
   * @param route as in the description, `GET /orders/{order_id}`; undefined for an address that there is not
   * @param seconds undefined for a stream: it lasts as long as its reader likes
   */
  countRequest(of: { route: string | undefined; status: number; seconds: number | undefined }): void;
}

export function httpMeter(registry: Registry): HttpMeter {
  const registers = [registry];
  const requests = new Counter({
    name: 'awe_http_requests_total',
    help: 'Requests by route and status; 499: the caller did not wait for the answer.',
    labelNames: ['route', 'status'],
    registers,
  });
  const lasted = new Histogram({
    name: 'awe_http_request_duration_seconds',
    help: 'From the head of a request to the end of its answer, without streams.',
    labelNames: ['route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  return {
    countRequest({ route = 'none', status, seconds }) {
      requests.inc({ route, status: String(status) });
      if (seconds !== undefined) lasted.observe({ route }, seconds);
    },
  };
}
