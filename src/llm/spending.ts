import { LlmSpending } from '../../schemas/llm-spending';
import { validatorFor } from '../contracts/validators';
import type { GatewayPlace } from './client';

/** Milliseconds for the gateway's answer. */
const TIME = 5_000;

/** The spending of the gateway is not known; the message says why. */
export class SpendingUnknown extends Error {
  override readonly name = 'SpendingUnknown';
}

const valid = validatorFor(LlmSpending);

/** Asks the gateway what was spent since a day, YYYY-MM-DD. @throws SpendingUnknown */
export function createSpendingReader({ url, key }: GatewayPlace) {
  return async function readSpending(since: string): Promise<LlmSpending> {
    const response = await fetch(`${url}/spending?since=${since}`, {
      headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(TIME),
    }).catch((cause: unknown) => {
      throw new SpendingUnknown('The LLM gateway, which keeps the accounts, does not answer.', { cause });
    });
    if (response.status === 401)
      throw new SpendingUnknown('The LLM gateway does not know the key of the API: set LLM_GATEWAY_KEY for it.');
    const checked = valid(response.ok ? await response.json().catch(() => undefined) : undefined);
    if (checked.ok) return checked.value;
    throw new SpendingUnknown('The LLM gateway at LLM_GATEWAY_URL keeps no accounts that AWE can read.');
  };
}
