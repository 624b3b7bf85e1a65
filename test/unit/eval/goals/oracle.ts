/** The plan that an entry's author would write: each role as one step. */
import type { Json, JsonObject } from '../../../../schemas/json';
import type { Plan, Step } from '../../../../schemas/plan';
import { readCondition } from '../../../eval/goals/conditions';
import { toolOf, type Entry, type Expected, type Role } from '../../../eval/goals/contract';
import { readings } from '../../../eval/goals/notes';

/** What the output of a tool is called. */
const outputs: { [tool: string]: string } = {
  'http.request': 'body',
  'notify.webhook': 'status',
  'file.read': 'content',
  'file.search': 'matches',
  'file.list': 'files',
  'sql.query': 'rows',
  'sql.execute': 'row_count',
  'render.template': 'text',
  'transform.aggregate': 'values',
  'transform.jsonata': 'value',
  'transform.to_csv': 'path',
  'transform.to_xlsx': 'path',
};

export function planOfAuthor(entry: Entry): Plan {
  const { steps, edges } = (entry.expect as Expected).plan;
  const roles = new Map(steps.map((role) => [role.key, role]));
  const outputOf = (key: string): string => {
    const role = roles.get(key)!;
    if (role.for_each) return `steps.${key}.output.items`;
    const tool = toolOf(role);
    return `steps.${key}.output.${outputs[tool] ?? (tool.startsWith('report.') ? 'markdown' : 'items')}`;
  };
  const valueOf = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(valueOf);
    if (value === null || typeof value !== 'object') return value;
    if (typeof value['$from'] === 'string') return `\${{ ${outputOf(value['$from'])} }}`;
    if (typeof value['$context'] === 'string') return `\${{ input${value['$context'].replaceAll('/', '.')} }}`;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, valueOf(one)]));
  };
  const conditionOf = (words: string, about: string): string => {
    const { field, op, value, other } = readCondition(words);
    const bound = /^(true|false|[\d.]+)$/.test(value) ? value : `"${value}"`;
    if (field === undefined) return `size(${about}) ${op} ${bound}`;
    const subject =
      field === 'status' && /^\d+$/.test(value) ? about.replace(/\.body$/, '.status') : `${about}.${field}`;
    if (other !== undefined) return `${subject} in ["${value}", "${other}"]`;
    if (/^any /.test(words)) return `size(${about}) > 0`;
    if (/ (ou|et) c$/.test(words)) {
      const join = words.includes(' ou ') ? ' || ' : ' && ';
      return ['a', 'b', 'c'].map((key) => `${outputOf(key)}.${field} ${op} ${bound}`).join(join);
    }
    return `${subject} ${op} ${bound}`;
  };

  const stepOf = (role: Role): Step => {
    const { key } = role;
    const tool = toolOf(role);
    const before = edges.filter(([, to]) => to === key).map(([from]) => from);
    const data = before.find((from) => !['approval', 'wait'].includes(toolOf(roles.get(from)!)));
    const about = data === undefined ? 'input' : outputOf(data);
    const step: Step = { id: key, kind: role.kind ?? 'tool', depends_on: before };
    if (role.when !== undefined) step.when = conditionOf(role.when, about);
    if (role.kind === 'approval') return { ...step, approval: { question: 'Go on?', expire_after: '7d' } };
    if (role.kind === 'wait') return { ...step, with: { for: role.with['duration'] as string } };
    step.uses = tool;
    step.with = argumentsOf(entry, role, valueOf);
    if (role.for_each?.['$literal']) step.for_each = JSON.stringify(role.for_each['$literal']);
    else if (role.for_each) step.for_each = valueOf(role.for_each) as string;
    if (role.until !== undefined) {
      const ok = `\${{ ${conditionOf(role.until, `steps.${key}.output.body`)} }}`;
      step.until = { check: 'check.that', with: { ok }, rounds: 10, otherwise: 'fail', every: role.every };
    }
    if (role.on_error === 'continue') step.on_error = 'continue';
    return step;
  };
  return { name: entry.id, steps: steps.map(stepOf) };
}

function argumentsOf(entry: Entry, role: Role, valueOf: (value: Json) => Json): JsonObject {
  const tool = toolOf(role);
  const { contains = {}, key } = role;
  const { body, headers, paging, aggregates, ...rest } = role.with;
  const args = valueOf(rest) as JsonObject;
  const demanded = readings[entry.id]?.demand?.[key] ?? [];
  for (const [names, parts] of Object.entries(contains)) {
    const [name = ''] = names.split('|');
    if (name === 'url') args['url'] = parts.join('${{ item }}') + (parts.length === 1 ? '${{ item }}' : '');
    else if (name === 'sql') args['sql'] = `select ${parts.join(', ')}`;
    else if (name === 'path') args['pattern'] = parts.join('/*');
    else if (name === 'set') args['set'] = { made: parts.join(' * ') };
    else if (name === 'drop') args['drop'] = parts;
    else if (name === 'aggregates') args['aggregates'] = { total: { op: 'sum', field: 'charge' } };
    else if (name === 'where')
      args['where'] = [
        { field: parts.find((one) => /[a-z]{3}/.test(one)) ?? 'n', op: 'gt', value: Number(parts.at(-1)) || 30 },
      ];
  }
  if (headers)
    args['headers'] =
      typeof (headers as JsonObject)['$from'] === 'string'
        ? { authorization: `Bearer ${String(valueOf(headers))}` }
        : headers;
  if (paging) args['paging'] = { by: 'page' };
  if (Array.isArray(aggregates)) args['aggregates'] = Object.fromEntries(aggregates.map((one, i) => [`f${i}`, one]));
  const carries = role.for_each && /^(POST|PUT)$/.test(String(args['method'])) && body === undefined;
  if (tool === 'notify.webhook')
    Object.assign(args, {
      type: 'job.done',
      secret: '${{ secrets.WEBHOOK_SECRET }}',
      data: body === undefined ? {} : { about: valueOf(body) },
    });
  else if (body !== undefined) args[readings[entry.id]?.form?.includes(key) ? 'form' : 'json'] = valueOf(body);
  else if (carries) args['json'] = { about: '${{ item }}' };
  if (tool.startsWith('report.')) args['title'] = entry.id;
  if (tool === 'transform.jsonata') args['expression'] = ['$', ...demanded].join(' + ');
  if (tool === 'transform.sort') args['by'] ??= [{ field: 'n', order: 'desc' }];
  if (tool === 'render.template') args['values'] ??= role.for_each ? '${{ item }}' : {};
  return args;
}
