/** Pure steps whose order makes no difference. */
import { toolOf, type Role } from './contract';

const commuting = new Set(['transform.filter', 'transform.sort', 'transform.distinct', 'transform.select']);

/** True if the order of two steps makes no difference. */
export function commute(one: Role, other: Role): boolean {
  if (![one, other].every((role) => commuting.has(toolOf(role)) && !('limit' in role.with))) return false;
  const select = [one, other].find((role) => toolOf(role) === 'transform.select');
  const rest =
    JSON.stringify(select === one ? other.with : one.with) +
    JSON.stringify((select === one ? other : one).contains ?? {});
  const made = [
    ...(select?.contains?.['set'] ?? []),
    ...Object.keys((select?.with['rename'] as object | undefined) ?? {}),
  ];
  return made.filter((part) => !/^[\d.]+$/.test(part)).every((part) => !rest.includes(`"${part}"`));
}
