import type { PlatformEvent } from '../../schemas/envelope';
import { createEventValidator } from '../../src/contracts/validators';

const { validateOwn } = createEventValidator();

/** Breaches of contract by events. Such an event would go to the dead letters, and no consumer would see it. */
export const breachesOf = (events: PlatformEvent[]) =>
  events.flatMap((event) => {
    const checked = validateOwn(event, JSON.stringify(event));
    return checked.ok ? [] : [{ type: event.event_type, errors: checked.errors }];
  });
