import { Type, type Static } from 'typebox';
import { Cursor, Links } from '../api';
import { Identifier, Instant } from '../json';
import { Delivery, webhookEvents, WebhookSecret } from './webhook';

/** Bodies and answers of the API of webhooks. Times are UTC, ISO 8601. */

const Events = Type.Array(Type.Enum([...webhookEvents]), { minItems: 1, uniqueItems: true });
const Description = Type.Optional(Type.String({ maxLength: 1_000 }));

const Workflows = Type.Optional(
  Type.Array(Identifier, {
    minItems: 1,
    maxItems: 100,
    uniqueItems: true,
    description: 'ids of workflow definitions: it is told of their executions, and of nothing else',
  }),
);

/** `POST /api/v1/webhooks` */
export const NewWebhook = Type.Object(
  {
    id: Type.Optional(Identifier),
    url: Type.String({ minLength: 1, maxLength: 8_192, description: 'address that the messages are sent to' }),
    events: Events,
    workflows: Workflows,
    description: Description,
    secret: Type.Optional(
      Type.Unsafe<string>({ ...WebhookSecret, description: 'one of yours; made if it is left out' }),
    ),
  },
  { $id: 'NewWebhook', additionalProperties: false },
);
export type NewWebhook = Static<typeof NewWebhook>;

const facts = {
  id: Identifier,
  url: Type.String(),
  events: Events,
  workflows: Workflows,
  description: Description,
  state: Type.Enum(['enabled', 'disabled']),
  reason: Type.Optional(Type.String({ description: 'why it is disabled' })),
  secrets: Type.Array(Type.Object({ created_at: Instant, expires_at: Type.Optional(Instant) }), {
    description: 'that count now, the newest first; each message bears a signature of each',
  }),
  created_at: Instant,
  created_by: Type.String(),
  links: Links,
};

/** A webhook: who is told of which events. Its secrets are shown once, when they are made. */
export const Webhook = Type.Object(facts, { $id: 'Webhook' });
export type Webhook = Static<typeof Webhook>;

/** 201 of a new webhook, and 200 of a new secret. */
export const WebhookWithSecret = Type.Object(
  { ...facts, secret: Type.String({ description: 'shown this once' }) },
  { $id: 'WebhookWithSecret' },
);
export type WebhookWithSecret = Static<typeof WebhookWithSecret>;

export const Webhooks = Type.Object({ webhooks: Type.Array(Webhook) }, { $id: 'Webhooks' });
export type Webhooks = Static<typeof Webhooks>;

/** `POST …/rotate` */
export const NewSecret = Type.Object(
  {
    secret: Type.Optional(
      Type.Unsafe<string>({ ...WebhookSecret, description: 'one of yours; made if it is left out' }),
    ),
    keep_hours: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 720,
        default: 24,
        description: 'hours for which the secret before still counts',
      }),
    ),
  },
  { $id: 'NewSecret', additionalProperties: false },
);
export type NewSecret = Static<typeof NewSecret>;

/** The log of deliveries, newest first. */
export const Deliveries = Type.Object(
  {
    deliveries: Type.Array(Type.Unsafe<Delivery>({ ...Delivery, $id: undefined })),
    next_cursor: Type.Optional(Cursor),
  },
  { $id: 'Deliveries' },
);
export type Deliveries = Static<typeof Deliveries>;

/** A delivery with its message, as it is sent. */
export const DeliveryDetail = Type.Object({ ...Delivery.properties, body: Type.String() }, { $id: 'DeliveryDetail' });
export type DeliveryDetail = Static<typeof DeliveryDetail>;
