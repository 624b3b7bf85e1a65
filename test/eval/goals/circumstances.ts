/** The circumstances in which a role is played: how often, and under which conditions. */
import { references } from '../../../core/plan/expressions';
import type { Json } from '../../../schemas/json';
import { argumentOf, isContext, type Played, type Scene } from './arguments';
import { holdsCondition } from './conditions';
import { toolOf, type Expected, type Role } from './contract';
import { pure } from './facts';
import type { Node } from './graph';
import { holdsText, sameDuration } from './values';

/** Takes a fault of the role. */
type Wrong = (kind: 'repetition' | 'condition', message: string) => void;

/** Holds how often a role is played against the words: for each element, until something holds, on after a failure. */
export function judgeRepetition(role: Role, played: Played, scene: Scene, wrong: Wrong): void {
  const { graph, entry, comesFrom } = scene;
  const { for_each: list } = role;
  const [node] = played.nodes as [Node];
  const own = node.step.for_each;
  const say = (message: string) => wrong('repetition', `${node.id} ${message}`);
  if (role.until !== undefined) {
    const { until } = node.step;
    if (!until) say(`does not repeat until ${role.until}`);
    else if (!holdsCondition(role.until, [String(until.with['ok'] ?? '')]))
      say(`repeats until ${JSON.stringify(until.with)}, not until ${role.until}`);
    else if (role.every !== undefined && !sameDuration(until.every, role.every))
      say(`pauses ${until.every ?? 'never'}, not ${role.every}`);
  } else if (node.step.until) say('repeats, which nobody asked for');
  if (role.on_error === 'continue' && node.step.on_error !== 'continue' && node.step.critical !== false)
    say('stops at a failure');
  if (played.collapsed) return;
  if (!list) {
    if (own !== undefined && !(played.absorbed === true)) say('runs for each element, which nobody asked for');
    return;
  }
  if (own === undefined) {
    const literals = list['$literal'] as Json[] | undefined;
    const isEach =
      literals?.length === played.nodes.length &&
      literals.every((one, i) => holdsText(graph.textOf(played.nodes[i]!), String(one)));
    if (!isEach && !played.absorbed) say('does not run for each element');
    return;
  }
  const expression = own.includes('${{') ? own : `\${{ ${own} }}`;
  const isList =
    typeof list['$from'] === 'string'
      ? comesFrom(expression, node, list['$from'])
      : typeof list['$context'] === 'string'
        ? isContext(list['$context'], expression, entry.context)
        : (list['$literal'] as Json[]).every((one) => holdsText(own, String(one)));
  if (!isList) say(`runs for each of ${own}, not of ${JSON.stringify(list)}`);
  const carrier =
    role.with['url'] !== undefined &&
    /^(POST|PUT)$/.test(String(role.with['method'])) &&
    role.with['body'] === undefined
      ? argumentOf(role, 'body', played.nodes)[0]
      : node.args;
  if (!references((carrier ?? '') as Json).some(({ root }) => root === 'item' || root === 'index'))
    say('does not carry its element');
}

/** The words of the condition under which a role is played; undefined if it is played in any case. */
function conditionOf({ key, when }: Role, { plan: { steps, edges } }: Expected): string | undefined {
  if (when !== undefined) return when;
  const before = steps
    .filter((one) => edges.some(([from, to]) => to === key && from === one.key))
    .map((one) => conditionOf(one, { plan: { steps, edges } }));
  return before.length > 0 && before.every((one) => one !== undefined) ? before[0] : undefined;
}

/** Holds the conditions under which a role is played against those of the words. */
export function judgeConditions(role: Role, played: Played, { entry, graph, comesFrom }: Scene, wrong: Wrong): void {
  const expected = entry.expect as Expected;
  const wanted = conditionOf(role, expected);
  for (const node of played.absorbed === true && pure.has(toolOf(role)) ? [] : played.nodes) {
    const got = graph.conditions(node.id);
    const say = (message: string) => wrong('condition', `${node.id} ${message}`);
    if (wanted === undefined && got.length > 0 && !(played.nodes.length > 1 && toolOf(role) === 'http.request'))
      say(`runs only if ${got.join(', ')}`);
    if (wanted === undefined || pure.has(node.tool) || node.tool.startsWith('file.read')) continue;
    if (got.length === 0) say(`runs in any case, not only if ${wanted}`);
    else if (!holdsCondition(wanted, got)) say(`runs if ${got.join(', ')}, not if ${wanted}`);
    else if (
      role.when !== undefined &&
      !got.some((one) =>
        expected.plan.steps.some(
          ({ key }) => key !== role.key && comesFrom(one.includes('${{') ? one : `\${{ ${one} }}`, node, key),
        ),
      )
    )
      say(`asks ${got.join(', ')}, which none of the steps before it gives`);
  }
}
