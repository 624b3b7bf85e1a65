import type { AgentWork } from '../../../schemas/agents/work';
import type { JsonObject } from '../../../schemas/json';
import type { Language } from '../../../schemas/language';
import type { JsonSchema } from '../../../schemas/tool';
import type { Check } from '../../tools/schema';

/** A task for a model, as an agent hands it over. */
export interface ModelTask {
  /** name of the agent, and of its task */
  agent: string;
  task: string;
  description: string;
  /** the members that the task reads */
  given: JsonObject;
  /** the answer by rules: the model may take it as it is, or know better */
  draft: JsonObject;
  /** the schema of the answer, and its check */
  output: JsonSchema;
  check: Check;
  /** names of the tools that the step lists; no other is called */
  tools: readonly string[];
  language: Language;
}

/** A model's answer, which fits the schema, and how it was come by. */
export interface ModelAnswer {
  answer: JsonObject;
  work: AgentWork;
}

/**
 * Has a model do a task, with the tools that the step lists. Undefined where the task is larger than a model is shown.
 * @throws ToolError `agent.*` at a limit, `llm.*` for faults of the model
 */
export type Solve = (task: ModelTask) => Promise<ModelAnswer | undefined>;
