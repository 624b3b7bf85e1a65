import { duration, integer } from './kinds';
import { section, type ValuesOf } from './sections';

const webhooks = section('Webhooks. See docs/webhooks.md');

/** Variables of the messages to webhooks. */
export const webhookVariables = {
  WEBHOOK_ATTEMPTS: webhooks.defaulted(integer(1, 100, 10), '10', 'Attempts to deliver a message, in all.'),
  WEBHOOK_FIRST_PAUSE: webhooks.defaulted(
    duration('5s'),
    '5s',
    'The pause after the first attempt; each further one is five times as long, up to 12 hours.',
  ),
  WEBHOOK_DISABLE_AFTER: webhooks.defaulted(
    duration('5d'),
    '5d',
    'The time without anything taken after which a webhook is disabled.',
  ),
};

/** Settings of the messages to webhooks. */
export const webhookConfig = (values: ValuesOf<typeof webhookVariables>) => ({
  retry: { attempts: values.WEBHOOK_ATTEMPTS, initialMs: values.WEBHOOK_FIRST_PAUSE },
  disableAfterMs: values.WEBHOOK_DISABLE_AFTER,
});
