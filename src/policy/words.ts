import type { Policy } from '../../schemas/policy';

/** What holds besides the rules of a policy, in words, a line each. */
export function wordsOfPolicy({ banned_hosts: hosts = [], limits = {}, ask }: Policy): string[] {
  const { money, ...bounds } = limits;
  const said = [
    ...Object.entries(bounds).map(([limit, value]) => `${limit} ${value}`),
    ...(money ? [`money ${money.amount} ${money.currency}`] : []),
  ];
  return [
    'deny is over approve, approve over allow; what no rule fits is asked about',
    `banned hosts: ${hosts.join(', ') || 'none'}`,
    `limits of a job: ${said.join(', ') || 'none'}`,
    `asked: ${ask ?? 'whoever may approve'}`,
  ];
}
