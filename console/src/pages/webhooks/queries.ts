import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Answer } from '../../api/client';
import { usePages } from '../../parts/usePages';

export type Webhook = Answer<'getWebhook'>;
export type WebhookEvent = Webhook['events'][number];
export type Delivery = Answer<'listDeliveries'>['deliveries'][number];

export const WEBHOOKS = ['webhooks'] as const;

/** Events that webhooks tell, as the API names them: one that is missing does not compile. */
export const EVENTS = Object.keys({
  'WORKFLOW.COMPLETED': true,
  'WORKFLOW.FAILED': true,
  'WORKFLOW.CANCELLED': true,
  'JOB.COMPLETED': true,
  'JOB.FAILED': true,
  'JOB.CANCELLED': true,
  'PROJECT.COMPLETED': true,
  'PROJECT.FAILED': true,
  'ORDER.EXPORT_READY': true,
  'ORDER.REJECTED': true,
  'ORDER.EXPIRED': true,
  'ORDER.FAILED': true,
  'APPROVAL.REQUESTED': true,
  'CLARIFICATION.REQUESTED': true,
  'ORDER.VALIDATION_REQUIRED': true,
  'WEBHOOK.DISABLED': true,
  'WEBHOOK.ENABLED': true,
} satisfies Record<WebhookEvent, true>) as WebhookEvent[];

export const webhooksQuery = queryOptions({
  queryKey: [...WEBHOOKS, 'list'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/webhooks', { signal }))).webhooks,
});

export const webhookQuery = (id: string) =>
  queryOptions({
    queryKey: [...WEBHOOKS, 'webhook', id],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/webhooks/{id}', { params: { path: { id } }, signal })),
  });

export const useDeliveries = (id: string) =>
  usePages<Delivery>([...WEBHOOKS, 'deliveries', id], async (cursor, signal) => {
    const params = { path: { id }, query: { cursor, limit: 50 } };
    const { deliveries, next_cursor } = await answer(api.GET('/api/v1/webhooks/{id}/deliveries', { params, signal }));
    return { rows: deliveries, next: next_cursor };
  });

export const deliveryQuery = (id: string, delivery_id: string) =>
  queryOptions({
    queryKey: [...WEBHOOKS, 'delivery', id, delivery_id],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/webhooks/{id}/deliveries/{delivery_id}', { params: { path: { id, delivery_id } }, signal }),
      ),
  });

export const createWebhook = ({
  url,
  events,
  description,
}: {
  url: string;
  events: WebhookEvent[];
  description: string;
}) =>
  answer(
    api.POST('/api/v1/webhooks', { body: { url: url.trim(), events, description: description.trim() || undefined } }),
  );

export const deleteWebhook = (id: string) => answer(api.DELETE('/api/v1/webhooks/{id}', { params: { path: { id } } }));

export const switchWebhook = ({ id, state }: { id: string; state: 'enable' | 'disable' }) =>
  answer(api.POST('/api/v1/webhooks/{id}/{state}', { params: { path: { id, state } } }));

export const redeliver = ({ id, delivery_id }: { id: string; delivery_id: string }) =>
  answer(
    api.POST('/api/v1/webhooks/{id}/deliveries/{delivery_id}/redeliver', { params: { path: { id, delivery_id } } }),
  );
