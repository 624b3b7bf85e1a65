import { Type, type Static } from 'typebox';
import type { EventType } from '../catalogue';
import { Identifier, Instant } from '../json';

/** Events that webhooks tell: that something has ended, that a person is needed, and that a webhook was switched. */
export const webhookEvents = [
  'WORKFLOW.COMPLETED',
  'WORKFLOW.FAILED',
  'WORKFLOW.CANCELLED',
  'JOB.COMPLETED',
  'JOB.FAILED',
  'JOB.CANCELLED',
  'PROJECT.COMPLETED',
  'PROJECT.FAILED',
  'ORDER.EXPORT_READY',
  'ORDER.REJECTED',
  'ORDER.EXPIRED',
  'ORDER.FAILED',
  'APPROVAL.REQUESTED',
  'CLARIFICATION.REQUESTED',
  'ORDER.VALIDATION_REQUIRED',
  'WEBHOOK.DISABLED',
  'WEBHOOK.ENABLED',
] as const satisfies readonly EventType[];
export type WebhookEvent = (typeof webhookEvents)[number];

/** A secret of Standard Webhooks: `whsec_`, and 24 to 64 bytes in Base64. */
export const WebhookSecret = Type.String({ pattern: '^whsec_[A-Za-z0-9+/]{32,86}={0,2}$' });

/** A secret as it is stored: sealed, and how long it counts. */
export interface StoredSecret {
  sealed: string;
  created_at: string;
  /** the end of a secret that another has followed */
  expires_at?: string;
}

/** State of a webhook. One whose target is dead for long is disabled. */
export const webhookStates = ['enabled', 'disabled', 'deleted'] as const;
export type WebhookState = (typeof webhookStates)[number];

/** A version of a webhook: who is told of which events. One file, written once; a deletion is a version, too. */
export interface StoredWebhook {
  id: string;
  version: number;
  url: string;
  events: WebhookEvent[];
  /** ids of workflow definitions: it is told of their executions alone */
  workflows?: string[];
  description?: string;
  /** the newest first */
  secrets: StoredSecret[];
  state: WebhookState;
  /** why it is in that state, where nobody has asked for it */
  reason?: string;
  created_at: string;
  created_by: string;
  changed_at: string;
  changed_by: string;
}

/** An attempt to deliver: the status of the answer, or an error. */
export const DeliveryAttempt = Type.Object({
  at: Instant,
  milliseconds: Type.Integer({ minimum: 0 }),
  status: Type.Optional(Type.Integer({ description: 'of the answer' })),
  error: Type.Optional(Type.String({ description: 'why there was none, or why it does not count' })),
});
export type DeliveryAttempt = Static<typeof DeliveryAttempt>;

/** An event on its way to a webhook. Its id is the `webhook-id` of every attempt, redeliveries too. */
export const Delivery = Type.Object(
  {
    delivery_id: Type.String({ description: '`webhook-id` of the message' }),
    webhook_id: Identifier,
    event_id: Type.String(),
    event_type: Type.Enum([...webhookEvents]),
    status: Type.Enum(['pending', 'delivered', 'failed']),
    attempts: Type.Array(DeliveryAttempt, { description: 'the last ones' }),
    attempt_count: Type.Integer({ minimum: 0 }),
    created_at: Instant,
    ended_at: Type.Optional(Instant),
  },
  { $id: 'Delivery' },
);
export type Delivery = Static<typeof Delivery>;

/** A delivery as it is stored: with its body, byte for byte as it is signed and sent. */
export interface StoredDelivery extends Delivery {
  body: string;
}

/** Input of a delivery's workflow. Times are milliseconds. */
export interface DeliveryInput {
  webhook_id: string;
  delivery_id: string;
  retry: { attempts: number; initialMs: number };
}
