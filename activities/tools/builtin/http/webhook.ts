import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import { JsonValue } from '../../../../schemas/json';
import { signedHeaders } from '../../../../src/webhooks/signature';
import { defineTool } from '../../define';
import { httpError, httpErrors } from './errors';
import { exchange } from './exchange';

/** Tells somebody's server, signed by Standard Webhooks, so that the receiver can know the sender and repeats. */
export const notifyWebhook = defineTool({
  name: 'notify.webhook',
  version: '1',
  description:
    'Sends a JSON message to a webhook, signed as Standard Webhooks say (webhook-id, webhook-timestamp, webhook-signature). The same message keeps its id when it is sent again.',
  input: Type.Object(
    {
      url: Type.String({ minLength: 1, maxLength: 8_192 }),
      type: Type.String({ minLength: 1, maxLength: 200, description: 'what has happened, such as `report.ready`' }),
      data: JsonValue,
      secret: Type.String({
        minLength: 8,
        maxLength: 500,
        description: 'the key of the signature: `${{ secrets.NAME }}`; `whsec_` and Base64, or any text',
      }),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({ status: Type.Integer(), webhook_id: Type.String() }, { additionalProperties: false }),
  // receivers know a repeat by its id: that is what the standard asks of them
  effect: 'idempotent',
  risk: 'medium',
  approval: false,
  timeout: 60_000,
  retry: { attempts: 8, initialMs: 1_000, backoff: 3, maxMs: 300_000 },
  egress: ['*'],
  secrets: true,
  errors: httpErrors,
  async run({ url: text, type, data, secret }, context) {
    if (!URL.canParse(text)) throw httpError('input', 'http.bad_request', 'the address is not a URL');
    const url = new URL(text);
    const now = new Date(context.now());
    const id = webhookId(context.key);
    const body = JSON.stringify({ type, timestamp: now.toISOString(), data });
    const timestamp = Math.floor(now.getTime() / 1_000);
    const headers = { 'content-type': 'application/json', ...signedHeaders([secret], { id, timestamp, body }) };
    const init = { method: 'POST', headers, body, redirects: 0, limits: { headersMs: 15_000, totalMs: 20_000 } };
    const response = await exchange({ url, method: 'POST', init }, { expect: ['2xx'], once: false, tries: 1 }, context);
    await response.body?.cancel();
    return { status: response.status, webhook_id: id };
  },
  simulate: async (_, { key }) => ({ status: 204, webhook_id: webhookId(key) }),
});

/** The same for every attempt of a message. */
const webhookId = (key: string): string => `msg_${createHash('sha256').update(key).digest('base64url').slice(0, 27)}`;
