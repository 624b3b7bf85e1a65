import { Type, type Static } from 'typebox';
import { fold } from './text';

const Words = Type.Optional(Type.String({ maxLength: 2_000 }));
const Amount = Type.Optional(Type.Union([Type.Number(), Type.String({ maxLength: 40 })]));

/** Members of a lead, all of which may be missing. */
const members = {
  name: Words,
  company: Words,
  title: Words,
  email: Words,
  phone: Words,
  website: Words,
  country: Words,
  industry: Words,
  employees: Amount,
  budget: Amount,
  message: Type.Optional(Type.String({ maxLength: 20_000, description: 'what the lead has asked for' })),
  timeline: Type.Optional(Type.String({ maxLength: 200, description: 'when they want it' })),
};

/** A possible customer, as far as somebody has written down. */
export const Lead = Type.Object(members);
export type Lead = Static<typeof Lead>;

/** A lead as a task gets it: as `lead`, or with its members beside the others. */
export const leadMembers = {
  lead: Type.Optional(
    Type.Unsafe<Lead>({ ...Lead, description: 'the lead; its members may also stand by themselves' }),
  ),
  ...members,
};

/** The lead among what was given: members of `lead` before those that stand by themselves. Empty texts are missing. */
export function leadOf(given: Lead & { lead?: Lead }): Lead {
  const all: Record<string, unknown> = { ...given, ...given.lead };
  const known = Object.keys(members).flatMap((name) => {
    const value = all[name];
    const trimmed = typeof value === 'string' ? value.trim() : value;
    return trimmed === undefined || trimmed === '' ? [] : [[name, trimmed] as const];
  });
  return Object.fromEntries(known);
}

/** Domains at which anybody gets an address. */
const ANYBODY =
  /^(gmail|googlemail|yahoo|hotmail|outlook|live|msn|icloud|me|aol|gmx|web|proton|protonmail|orange|wanadoo|free|laposte|sfr|mail)\.(com|net|org|fr|de|co\.uk|me|ch|at|it|es|be)$/;

/** The domain of an address, and whether it is an organisation's; undefined where the text is no address. */
export function domainOf(email: string | undefined): { domain: string; own: boolean } | undefined {
  const [, domain] = /^[^\s@]+@([a-z0-9-]+(?:\.[a-z0-9-]+)+)$/.exec(fold(email ?? '').trim()) ?? [];
  return domain === undefined ? undefined : { domain, own: !ANYBODY.test(domain) };
}
