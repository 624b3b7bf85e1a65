import type { IdempotencyStore, IdempotentAnswer } from '../src/documents/idempotency';
import { canonicalJson, sha256 } from '../src/documents/json';
import type { Reply } from './part';
import { HttpProblem } from './problem';

/** A request that starts something, and the means to start it. */
export interface Start {
  /** the caller's name for it */
  key: string;
  principal: string;
  /** such as `POST /initial-request` */
  route: string;
  body: unknown;
  /** name of the started thing, unless an earlier try has named it */
  name: string;
  /** Starts it under a name, once per name, and returns the body of the 202. */
  start: (name: string) => Promise<{ links: Record<string, string> }>;
}

/** The same key gives the same answer; a try that was interrupted is finished by the next, under the same name. */
export async function startOnce(idempotency: IdempotencyStore, request: Start): Promise<Reply> {
  const claim = await idempotency.claim({
    principal: request.principal,
    route: request.route,
    key: request.key,
    bodyDigest: sha256(canonicalJson(request.body)),
    runId: request.name,
  });
  switch (claim.state) {
    case 'conflict':
      throw new HttpProblem(
        'idempotency-key-reused',
        'This Idempotency-Key was used for another request. Take a new one.',
      );
    case 'done':
      return replay(claim.answer);
    case 'new':
    case 'unfinished': {
      const accepted = await request.start(claim.record.run_id);
      const kept = await idempotency.finish(claim.record, { status: 202, body: { ...accepted } });
      return claim.state === 'new' ? answer(kept) : replay(kept);
    }
  }
}

/** 202, with the address to look at. */
export const acceptedReply = (body: { links: Record<string, string> }): Reply => ({
  status: 202,
  body,
  headers: { Location: body.links.self ?? '/' },
});

/** The stored answer: byte for byte the same each time it is given. */
function answer({ status, body }: IdempotentAnswer): Reply {
  const kept = JSON.parse(canonicalJson(body)) as { links: Record<string, string> };
  return { ...acceptedReply(kept), status };
}

function replay(kept: IdempotentAnswer): Reply {
  const { headers, ...reply } = answer(kept);
  return { ...reply, headers: { ...headers, 'Idempotent-Replayed': 'true' } };
}
