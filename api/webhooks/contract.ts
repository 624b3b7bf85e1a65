import { Type } from 'typebox';
import { Identifier } from '../../schemas/json';
import {
  Deliveries,
  DeliveryDetail,
  NewSecret,
  NewWebhook,
  Webhook,
  Webhooks,
  WebhookWithSecret,
} from '../../schemas/webhooks/api';
import { define, everybody, operators, page } from '../contract';

const tag = 'webhooks';
const webhook = { id: Identifier };
const DeliveryId = Type.String({ pattern: '^msg_[0-9]{13}-[0-9a-f]{24}$' });

/** Addresses of webhooks: messages to other people's servers. */
export const webhookContracts = define({
  createWebhook: {
    method: 'post',
    path: '/api/v1/webhooks',
    tag,
    summary: 'Have a server told of what happens',
    description:
      'Messages are signed as Standard Webhooks say. The secret is in this answer, and nowhere else afterwards. Private ' +
      'addresses are reached only where the operator allows them.',
    roles: operators,
    entrance: 'webhooks',
    body: {
      json: NewWebhook,
      example: { url: 'https://hooks.example.com/awe', events: ['WORKFLOW.COMPLETED', 'APPROVAL.REQUESTED'] },
    },
    answers: [{ status: 201, description: 'the webhook, with its secret', schema: WebhookWithSecret }],
    problems: [409, 413, 415, 422],
  },
  listWebhooks: {
    method: 'get',
    path: '/api/v1/webhooks',
    tag,
    summary: 'Webhooks, by their ids',
    roles: everybody,
    answers: [{ status: 200, description: 'all of them', schema: Webhooks }],
  },
  getWebhook: {
    method: 'get',
    path: '/api/v1/webhooks/{id}',
    tag,
    summary: 'A webhook',
    roles: everybody,
    params: webhook,
    answers: [{ status: 200, description: 'the webhook', schema: Webhook }],
    problems: [404],
  },
  deleteWebhook: {
    method: 'delete',
    path: '/api/v1/webhooks/{id}',
    tag,
    summary: 'Delete a webhook; messages under way are given up',
    roles: operators,
    params: webhook,
    answers: [{ status: 204, description: 'it is gone' }],
    problems: [404],
  },
  rotateWebhook: {
    method: 'post',
    path: '/api/v1/webhooks/{id}/rotate',
    tag,
    summary: 'A new secret; messages bear signatures of the new one and of the one before, as long as that counts',
    roles: operators,
    params: webhook,
    body: { json: NewSecret, example: { keep_hours: 24 }, optional: true },
    answers: [{ status: 200, description: 'the webhook, with its new secret', schema: WebhookWithSecret }],
    problems: [404, 409, 413, 415, 422],
  },
  switchWebhook: {
    method: 'post',
    path: '/api/v1/webhooks/{id}/{state}',
    tag,
    summary: 'Enable or disable a webhook',
    description: 'What happens while it is disabled is not told later.',
    roles: operators,
    params: { ...webhook, state: Type.Enum(['enable', 'disable']) },
    answers: [{ status: 200, description: 'the webhook', schema: Webhook }],
    problems: [404, 409, 503],
  },
  listDeliveries: {
    method: 'get',
    path: '/api/v1/webhooks/{id}/deliveries',
    tag,
    summary: 'The last messages to a webhook, newest first, with their attempts',
    roles: everybody,
    params: webhook,
    query: page(200, 50),
    answers: [{ status: 200, description: 'a page; `next_cursor` is absent on the last', schema: Deliveries }],
    problems: [404],
  },
  getDelivery: {
    method: 'get',
    path: '/api/v1/webhooks/{id}/deliveries/{delivery_id}',
    tag,
    summary: 'A message to a webhook, with its body',
    roles: everybody,
    params: { ...webhook, delivery_id: DeliveryId },
    answers: [{ status: 200, description: 'the message', schema: DeliveryDetail }],
    problems: [404],
  },
  redeliver: {
    method: 'post',
    path: '/api/v1/webhooks/{id}/deliveries/{delivery_id}/redeliver',
    tag,
    summary: 'Send a message once more, under the same webhook-id',
    roles: operators,
    params: { ...webhook, delivery_id: DeliveryId },
    answers: [{ status: 202, description: 'it is on its way', schema: DeliveryDetail }],
    problems: [404, 409],
  },
});
