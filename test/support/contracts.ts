import type { PlatformEvent } from '../../schemas/envelope';
import { createEventValidator } from '../../src/contracts/validators';

const { validateOwn } = createEventValidator();

/** What is wrong with events by their own contracts. Such an event goes to the dead letters, and no consumer sees it. */
export const breachesOf = (events: PlatformEvent[]) =>
  events.flatMap((event) => {
    const checked = validateOwn(event, JSON.stringify(event));
    return checked.ok ? [] : [{ type: event.event_type, errors: checked.errors }];
  });
