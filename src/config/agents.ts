import { integer, pattern } from './kinds';
import { section, type ValuesOf } from './sections';

const agents = section('Agents whose tasks a model does (WORKER_MODE=llm). See docs/agents.md');

/** Variables of the bounds within which a model does a task. */
export const agentVariables = {
  AGENT_MAX_TURNS: agents.defaulted(integer(1, 100, 10), '10', 'Questions to the model for one task.'),
  AGENT_MAX_CALLS: agents.defaulted(
    integer(0, 500, 20),
    '20',
    'Calls of tools that the model may ask for in one task, refused ones too.',
  ),
  AGENT_MAX_TOKENS: agents.defaulted(integer(1, 100_000_000, 100_000), '100000', 'Tokens of one task.'),
  AGENT_MAX_MONEY: agents.optional(
    pattern('an amount of money, such as 2.50', /^\d{1,9}(\.\d{1,6})?$/, '2.50'),
    'The most money that one task may cost, in the currency of the gateway.',
    { absent: 'no limit of its own; those of runs and days hold all the same' },
  ),
};

/** Bounds of a task that a model does, over all attempts of its step. */
export const agentConfig = (values: ValuesOf<typeof agentVariables>) => ({
  turns: values.AGENT_MAX_TURNS,
  toolCalls: values.AGENT_MAX_CALLS,
  tokens: values.AGENT_MAX_TOKENS,
  money: values.AGENT_MAX_MONEY,
});
