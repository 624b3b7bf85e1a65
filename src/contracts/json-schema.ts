import type { TSchema } from 'typebox';
import { AgentRun, Critique, ExecutionResult } from '../../schemas/agent-run/api';
import { DELIVERABLE_VERSION, deliverableSchemas } from '../../schemas/audit/deliverables';
import { WorkflowDefinition } from '../../schemas/definition/definition';
import { Envelope } from '../../schemas/envelope';
import { eventCatalogue } from '../../schemas/catalogue';
import { WrittenPlan, WrittenStep } from '../../schemas/plan';
import { Decision } from '../../schemas/run';
import type { JsonSchema } from '../../schemas/tool';
import { WorkContext } from '../../schemas/audit/work-context';
import { toStandalone } from './standalone';

/** A published contract, as it is in the code now. */
export interface Contract {
  name: string;
  version: number;
  schema: JsonSchema;
}

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/** All contracts for data of people outside. An incompatible change raises the version. */
export function contracts(): Contract[] {
  return [
    contract('envelope', 1, Envelope, { title: 'The envelope of every event in the stream' }),
    contract('plan', 1, WrittenPlan, { title: 'A plan: a graph of steps' }),
    contract('step', 1, WrittenStep, { title: 'A step of a plan' }),
    contract('critique', 1, Critique, { title: 'The judgement of a plan before it is carried out' }),
    contract('execution-result', 1, ExecutionResult, { title: 'The result of carrying out a step' }),
    contract('agent-run', 1, AgentRun, { title: 'An agent run with its context' }),
    contract('workflow', 1, WorkflowDefinition, { title: 'A workflow definition' }),
    contract('work-context', 1, WorkContext, { title: 'The facts of an audit' }),
    contract('decision', 1, Decision, { title: "A person's decision, as it is sent" }),
    ...Object.entries(deliverableSchemas).map(([kind, schema]) =>
      contract(`deliverable.${kind}`, Number.parseInt(DELIVERABLE_VERSION, 10), schema, {
        title: `The JSON document of a ${kind} deliverable`,
      }),
    ),
    ...eventCatalogue.map(({ type, version, payload, summary, example }) =>
      contract(type, version, payload, { title: `The payload of ${type}`, description: summary, examples: [example] }),
    ),
  ];
}

/** The name of a contract's published file. */
export const fileName = ({ name, version }: { name: string; version: number }): string =>
  `${name}.v${version}.schema.json`;

/** The text of a contract's published file. */
export const fileText = ({ schema }: Contract): string => `${JSON.stringify(schema, null, 2)}\n`;

function contract(name: string, version: number, schema: TSchema, notes: JsonSchema): Contract {
  const head = { $schema: DIALECT, $id: `urn:awe:schema:${name}:v${version}`, ...notes };
  return { name, version, schema: { ...head, ...toStandalone(schema) } };
}
