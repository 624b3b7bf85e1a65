import type { Static } from 'typebox';
import type { ProcessFacts } from './process';
import { commonOutcomes, openStatuses } from './run';
import * as rows from './processes';

export type { EventDefinition, Failure } from './events/define';

/** The name of a process. */
export type ProcessName = keyof typeof rows;

type Definition = (typeof rows)[ProcessName]['events'][number];

/** The name of an event type. */
export type EventType = Definition['type'];

/** The payload of an event type. */
export type EventPayload<T extends EventType> = Static<Extract<Definition, { type: T }>['payload']>;

/** Every process, by its name. */
export const processes: ReadonlyMap<string, ProcessFacts> = new Map(Object.entries<ProcessFacts>(rows));

/** Every status that runs can have in lists, of one process or of all: states under way, and ends in a word. */
export function statusesOf(process?: ProcessName): readonly string[] {
  const facts = [...processes].filter(([name]) => process === undefined || name === process).map(([, row]) => row);
  const ends = facts.flatMap((row) => Object.values(row.ends) as string[]);
  // an end by Temporal, or by somebody's hand, may come to any run
  return [...new Set([...openStatuses, ...ends, ...commonOutcomes.filter((word) => word !== 'completed')])];
}

/** Processes that are counted apart, each with its plural. */
export const countedApart: readonly (readonly [process: string, word: string])[] = [...processes].flatMap(
  ([process, facts]) => (facts.counted === undefined ? [] : [[process, facts.counted] as const]),
);

const events = Object.values(rows).flatMap((row): readonly Definition[] => row.events);

/** Every event type that may be in a stream, by its name. */
export const eventCatalogue: readonly Definition[] = [...new Set(events)].sort((a, b) => (a.type < b.type ? -1 : 1));
