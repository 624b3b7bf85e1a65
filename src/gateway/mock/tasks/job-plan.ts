import type { Json } from '../../../../schemas/json';
import type { Plan } from '../../../../schemas/plan';
import { textOf, type Rule } from '../rule';

/** The plan of a goal, by rule: the draft as it was shown; without one, the goal is refused. */
export const jobPlan: Rule = ({ messages }) => {
  const asked = messages.find(({ role }) => role === 'user');
  const { draft, goal } = JSON.parse(asked ? textOf(asked) : '{}') as { draft?: Plan | null; goal?: string };
  const nothing = { name: 'Nothing', steps: [], result_json: null, notes: [] };
  if (!draft) {
    const message = 'The rules do not understand this goal, and this model knows no more than they do.';
    return { ...nothing, refused: [{ part: goal ?? '', message }] };
  }
  return {
    name: draft.name,
    steps: draft.steps.map((step): Json => {
      const { id, kind, uses, with: args, depends_on, when, for_each, until, on_error, approval } = step;
      const asText = JSON.stringify(args ?? {});
      return {
        ...{ id, kind, uses: uses ?? null, with_json: asText, depends_on: depends_on ?? [], when: when ?? null },
        ...{ for_each: for_each ?? null, until_json: until ? JSON.stringify(until) : null },
        on_error: on_error === 'continue' ? on_error : null,
        ...{ question: approval?.question ?? null, assignee: approval?.assignee ?? null },
      };
    }),
    result_json: draft.result ? JSON.stringify(draft.result) : null,
    notes: [],
    refused: [],
  };
};
