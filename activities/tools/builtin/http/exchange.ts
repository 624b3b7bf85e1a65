import { EgressError } from '../../../../src/egress/errors';
import type { ToolContext } from '../../tool';
import { readExcerpt } from './answer';
import type { Prepared } from './ask';
import { isUndone, statusError } from './errors';
import { LONGEST_WAIT, readRetryAfter } from '../../../../src/http/retry-after';

export interface Exchange {
  expect: readonly (number | string)[] | undefined;
  /** the call may have an effect that must not be had twice */
  once: boolean;
  /** tries within this attempt, where it is certain that nothing has been done; others are the platform's */
  tries: number;
}

/** Milliseconds before another try where the server asks for none. */
const PAUSE = 1_000;

/**
 * Sends a request until an expected status comes. Where nothing has been done yet (no connection, 429, 503), it is sent
 * again here, as often as it may be and as long as there is time; a try that may have done something is never repeated
 * here. @throws ToolError, EgressError
 */
export async function exchange(
  { url, init }: Prepared,
  { expect, once, tries }: Exchange,
  context: Pick<ToolContext, 'fetch' | 'pause' | 'deadline'>,
): Promise<Response> {
  for (let left = tries - 1; ; left--) {
    const until = (wait: number): boolean => left > 0 && Date.now() + wait < context.deadline;
    let wait = PAUSE;
    try {
      const response = await context.fetch(url.href, init);
      if (isExpected(response.status, expect)) return response;
      const asked = readRetryAfter(response.headers.get('retry-after'), Date.now());
      wait = asked ?? PAUSE;
      if (!isUndone(response.status, asked) || !until(wait)) throw await unexpected(response, url, asked, once);
      await response.body?.cancel();
    } catch (error) {
      if (!(error instanceof EgressError) || error.code !== 'unreachable' || !until(wait)) throw error;
    }
    await context.pause(wait);
  }
}

const unexpected = async (response: Response, { hostname: host }: URL, wait: number | undefined, once: boolean) =>
  statusError({
    status: response.status,
    host,
    wait: wait === undefined ? undefined : Math.min(wait, LONGEST_WAIT),
    body: await readExcerpt(response, 500).catch(() => ''),
    once,
  });

function isExpected(status: number, expect: Exchange['expect'] = ['2xx']): boolean {
  return expect.some((one) => one === status || one === `${Math.floor(status / 100)}xx`);
}
