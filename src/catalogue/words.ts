import type { CompleteSpec } from '../../core/worst-case';
import type { EffectCase } from '../../schemas/tool';

/** What the platform holds a tool to, in words, a line each. */
export function wordsOfTool(spec: CompleteSpec): string[] {
  const { effect, risk, approval, timeout, retry, egress, withheld } = spec;
  return [
    ...(withheld ? [`withheld: ${withheld.message}`] : []),
    `effect ${effect}, risk ${risk}${approval ? ', asks for an approval unless a policy says otherwise' : ''}`,
    ...spec.effects.map(({ when, effect: lesser }) => `effect ${lesser} with ${caseOf(when)}`),
    `one attempt takes ${timeout} ms at most; attempts ${retry.attempts}`,
    `hosts: ${egress.includes('*') ? 'any public one' : egress.join(', ') || 'none'}`,
    ...errorsOf(spec),
  ];
}

const errorsOf = ({ errors = {} }: CompleteSpec): string[] =>
  [...new Set(Object.values(errors))].map((kind) => {
    const types = Object.keys(errors).filter((type) => errors[type] === kind);
    return `${kind} errors: ${types.join(', ')}`;
  });

const caseOf = (when: EffectCase['when']): string =>
  Object.entries(when)
    .map(([name, values]) => `${name} ${values.map((value) => (value === null ? 'left out' : `${value}`)).join(', ')}`)
    .join(' and ');
