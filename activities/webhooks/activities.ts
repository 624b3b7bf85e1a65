import { ApplicationFailure, cancellationSignal, Context } from '@temporalio/activity';
import type { Change } from '../../schemas/change/run';
import type { DeliveryInput, StoredDelivery, StoredWebhook } from '../../schemas/webhooks/webhook';
import type { Connector } from '../../src/egress/connector';
import { EgressError } from '../../src/egress/errors';
import type { Logger } from '../../src/logging';
import { RunError } from '../../src/runs';
import type { StartChange } from '../../src/runs/change/make';
import { withTrace } from '../../src/telemetry/trace';
import type { Deliveries } from '../../src/webhooks/deliveries';
import type { WebhookHealth } from '../../src/webhooks/health';
import { signedHeaders } from '../../src/webhooks/signature';
import type { Webhooks } from '../../src/webhooks/webhooks';
import { LONGEST_WAIT, readRetryAfter } from '../../src/http/retry-after';

export interface WebhookActivityParts {
  webhooks: Webhooks;
  deliveries: Deliveries;
  health: WebhookHealth;
  connector: Connector;
  /** milliseconds without anything taken, after which a webhook is disabled */
  disableAfterMs: number;
  startChange: StartChange;
  log: Logger;
}

/** Milliseconds for an answer. */
const LIMITS = { headersMs: 15_000, totalMs: 20_000 };

/** The name under which the platform disables a webhook. */
const PLATFORM = 'platform';

/** A webhook that somebody switches. */
export interface WebhookSwitch extends Omit<Extract<Change, { what: 'webhook' }>, 'what'> {
  by: string;
}

/** What an attempt has come to. `status`: of the answer. */
type Outcome =
  { taken: true; status: number } | { taken: false; status?: number; error: string; final?: true; waitMs?: number };

/** Activities of webhooks. An attempt may be repeated at will: receivers know a message by its id. */
export function createWebhookActivities(parts: WebhookActivityParts) {
  const { webhooks, deliveries, health, connector, disableAfterMs, startChange, log } = parts;

  async function send(webhook: StoredWebhook, { delivery_id: id, body }: StoredDelivery): Promise<Outcome> {
    const message = { id, timestamp: Math.floor(Date.now() / 1_000), body };
    const headers = { 'content-type': 'application/json', ...signedHeaders(webhooks.secretsOf(webhook), message) };
    try {
      const init = withTrace({ method: 'POST', headers, body, redirects: 0, limits: LIMITS });
      const response = await connector(webhook.url, init, { signal: cancellationSignal() });
      await response.body?.cancel();
      const { status } = response;
      if (response.ok) return { taken: true, status };
      const asked = readRetryAfter(response.headers.get('retry-after'), Date.now());
      const waitMs = asked === undefined ? undefined : Math.min(asked, LONGEST_WAIT);
      return { taken: false, status, error: `answered ${status}`, waitMs, ...(status === 410 ? { final: true } : {}) };
    } catch (error) {
      if (!(error instanceof EgressError)) throw error;
      const final = error.code === 'refused' ? ({ final: true } as const) : {};
      return { taken: false, error: `${error.code}: ${error.message}`.slice(0, 500), ...final };
    }
  }

  /** A target that says that it is gone, or that has taken nothing for long, is not asked any more. */
  async function judge(webhook: StoredWebhook, outcome: Outcome): Promise<void> {
    if (outcome.taken) return await health.taken(webhook.id);
    const silentMs = await health.failed(webhook.id, Date.now());
    const gone = outcome.status === 410;
    if (!gone && silentMs < disableAfterMs) return;
    const reason = gone
      ? 'its target says that it is gone (410)'
      : `nothing taken for ${Math.round(silentMs / 60_000)} minutes`;
    const change = { what: 'webhook', webhook_id: webhook.id, state: 'disabled' } as const;
    await startChange({
      change: { ...change, reason: `${reason}; last: ${outcome.error}` },
      by: PLATFORM,
      // once, however many messages find out
      name: `after version ${webhook.version}`,
    });
    log.error(
      { webhook: webhook.id, url: new URL(webhook.url).host, reason, last: outcome.error },
      'webhook disabled: its target takes nothing. Mend it, then `awe webhooks enable`; deliveries can be sent again',
    );
  }

  return {
    /** Sends a message once. Throws until it is taken; `nonRetryable` where another attempt can change nothing. */
    async attemptDelivery({ webhook_id, delivery_id }: DeliveryInput): Promise<{ status: number }> {
      const delivery = await deliveries.find(webhook_id, delivery_id);
      if (!delivery) throw failure('delivery.gone', 'the delivery is not kept any more', true);
      const webhook = await webhooks.read(webhook_id).catch((error: unknown) => {
        if (error instanceof RunError && error.fault === 'not_found') return undefined;
        throw error;
      });
      if (webhook?.state !== 'enabled') throw failure('webhook.disabled', 'the webhook is disabled or deleted', true);
      const began = Date.now();
      const outcome = await send(webhook, delivery);
      const { status } = outcome;
      const attempt = {
        ...{ at: new Date().toISOString(), milliseconds: Date.now() - began, status },
        error: outcome.taken ? undefined : outcome.error,
      };
      await deliveries.note(delivery, attempt, outcome.taken ? 'delivered' : 'pending');
      await judge(webhook, outcome);
      if (outcome.taken) return { status: outcome.status };
      log.warn(
        { webhook: webhook_id, delivery: delivery_id, attempt: Context.current().info.attempt, error: outcome.error },
        'webhook not delivered',
      );
      throw failure('webhook.not_taken', outcome.error, outcome.final ?? false, outcome.waitMs);
    },

    /** Enables or disables a webhook. Nothing changes where it is so already, or is deleted. */
    async switchWebhook({ webhook_id, state, reason, by }: WebhookSwitch): Promise<true> {
      const done = state === 'enabled' ? webhooks.enable(webhook_id, by) : webhooks.disable(webhook_id, by, reason);
      await done.catch((error: unknown) => {
        if (!(error instanceof RunError && error.fault === 'not_found')) throw error;
      });
      return true;
    },

    /** Notes that a message is given up. */
    async giveUpDelivery({ webhook_id, delivery_id }: DeliveryInput): Promise<void> {
      const delivery = await deliveries.find(webhook_id, delivery_id);
      if (delivery?.status === 'pending') await deliveries.giveUp(delivery);
    },
  };
}

const failure = (type: string, message: string, nonRetryable: boolean, waitMs?: number): ApplicationFailure =>
  ApplicationFailure.create({ type, message, nonRetryable, nextRetryDelay: waitMs });
