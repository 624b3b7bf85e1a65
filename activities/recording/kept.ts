import type { Meaning } from '../../src/meaning/meaning';
import type { State } from '../../src/state/state';
import type { Tape } from './tape';

/** The state of an agent, which outlives runs, through a tape. */
export function tapedState(tape: Tape, state: State): State {
  return {
    async get(name) {
      const found = await tape.ask('state', { get: name }, async () => (await state.get(name)) ?? null);
      return found ?? undefined;
    },
    set: async (name, value, options = {}) =>
      await tape.ask('state', { set: name, value, ...options }, () => state.set(name, value, options)),
  };
}

/** The memory by meaning, whose vectors a model makes and whose spaces outlive runs, through a tape. */
export function tapedMeaning(tape: Tape, meaning: Meaning): Meaning {
  return {
    remember: async (space, memory, options) =>
      await tape.ask('memory', { remember: memory, space }, () => meaning.remember(space, memory, options)),
    search: async (space, query, limit, options) =>
      await tape.ask('memory', { search: query, space, limit }, () => meaning.search(space, query, limit, options)),
    async forget(space, id) {
      await tape.ask('memory', { forget: id ?? null, space }, async () => {
        await meaning.forget(space, id);
        return null;
      });
    },
  };
}
