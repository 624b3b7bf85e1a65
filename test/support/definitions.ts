/** Workflow definitions by chance, each with the result that a reference evaluation predicts. */
import fc from 'fast-check';
import type { DefinitionContent, DefinitionStep } from '../../schemas/definition/definition';
import { compileDefinition } from '../../src/definition/compile';
import { createDefinitionStore } from '../../src/documents/definitions';
import { openFilesystemStore } from '../../src/documents/filesystem';
import type { Stack } from './stack';

/** Keeps the first version of a definition, as its revision would. */
export async function keepDefinition(
  { config, documents }: Stack,
  { id, ...content }: DefinitionContent & { id: string },
): Promise<void> {
  const store = createDefinitionStore(await openFilesystemStore({ root: config.store.dir }));
  const placed = content.steps.map((step, index) => ({ step, at: `/steps/${index}` }));
  const { plan } = compileDefinition(content, placed, new Map());
  await store.writeVersion({
    ...{ id, version: 1, change: 'created', at: '2026-11-29T12:00:00.000Z', by: 'ann' },
    ...{ content, plan: await documents.putValue(plan), steps: plan.steps.length },
  });
}

const kinds = [
  ...['tool', 'transform', 'agent', 'condition', 'parallel', 'loop', 'elements', 'rounds'],
  ...['fails', 'fallback', 'wait', 'approval', 'sub'],
] as const;

/** A step by chance. `reads` names an earlier step, or the input; `k` is a small number. */
interface Chance {
  kind: (typeof kinds)[number];
  reads: number;
  k: number;
  when: boolean;
}

export interface Predicted {
  definition: DefinitionContent;
  input: { n: number };
  /** the answer to each question */
  answers: Map<string, 'approve' | 'reject'>;
  /** the value of each step, or its being skipped */
  result: { [step: string]: number | 'skipped' };
}

/** The agent that gives back the `v` that it is given, and the workflow that doubles it. */
export const AGENT = 'test.agent';
export const DOUBLE: DefinitionContent & { id: string } = {
  id: 'double',
  name: 'Double',
  steps: [{ step_id: 'twice', step_type: 'transform', parameters: { v: '${{ input.v * 2 }}' } }],
  result: { v: '${{ steps.twice.output.v }}' },
};

const chance = fc.record<Chance>({
  kind: fc.constantFrom(...kinds),
  reads: fc.nat(20),
  k: fc.integer({ min: -3, max: 3 }),
  when: fc.boolean(),
});

export const predictedDefinition: fc.Arbitrary<Predicted> = fc
  .tuple(fc.array(chance, { minLength: 1, maxLength: 10 }), fc.integer({ min: -5, max: 5 }))
  .map(([chances, n]) => predict(chances, n));

/** A step as the reference sees it, once it has had its turn. */
interface Done {
  isSkipped: boolean;
  value: number;
  /** the expression that reads the value, 0 where it was skipped */
  read: string;
}

const LIST = [1, 2, 3];

function predict(chances: readonly Chance[], n: number): Predicted {
  const done: Done[] = [];
  const steps: DefinitionStep[] = [];
  const reserves: DefinitionStep[] = [];
  const answers: Predicted['answers'] = new Map();
  const branches = new Map<number, { of: number; side: 'then' | 'else' }>();
  const input: Done = { isSkipped: false, value: n, read: 'input.n' };
  chances.forEach(({ kind, reads, k, when }, at) => {
    const id = `s${at}`;
    const from = reads % (at + 1);
    const source = from === at ? input : (done[from] ?? input);
    const branch = branches.get(at);
    const condition = branch && done[branch.of];
    // what decides whether it runs, in the order in which the platform looks
    const guards = [
      ...(branch && condition ? [!condition.isSkipped && (condition.value === 1) === (branch.side === 'then')] : []),
      ...(when ? [source.value > k] : []),
    ];
    const needs = [...(source === input ? [] : [source]), ...(condition ? [condition] : [])];
    const isSkipped =
      guards.length > 0 ? guards.includes(false) : needs.length > 0 && needs.every((need) => need.isSkipped);
    const { step, value, read, reserve } = stepOf(kind, id, source, k);
    const after = isBlind(kind) && source !== input ? { depends_on: [`s${from}`] } : {};
    steps.push({ ...step, ...after, step_id: id, ...(when ? { when: `${source.read} > ${k}` } : {}) });
    if (reserve) reserves.push(reserve);
    if (kind === 'approval') answers.set(id, k < 0 ? 'reject' : 'approve');
    // JSON has no -0
    done.push({ isSkipped, value: isSkipped ? 0 : value + 0, read });
    if (kind !== 'condition') return;
    for (const [side, target] of [
      ['then', at + 1],
      ['else', at + 2],
    ] as const) {
      if (target >= chances.length || branches.has(target)) continue;
      branches.set(target, { of: at, side });
      Object.assign(steps[at] ?? {}, { [side]: [`s${target}`] });
    }
  });
  const result = Object.fromEntries(done.map(({ read }, at) => [`s${at}`, shown(`s${at}`, read)]));
  return {
    definition: { name: 'by chance', steps: [...steps, ...reserves], result },
    input: { n },
    answers,
    result: Object.fromEntries(done.map(({ isSkipped, value }, at) => [`s${at}`, isSkipped ? 'skipped' : value])),
  };
}

const shown = (id: string, read: string): string => `\${{ steps.${id}.status == "skipped" ? "skipped" : ${read} }}`;

/** True for a kind of step whose parts read nothing, and which waits for its source all the same. */
const isBlind = (kind: Chance['kind']): boolean => ['fails', 'fallback', 'wait', 'approval'].includes(kind);

/** A step, its value, the expression that reads it; and the step that takes its place where it fails. */
interface Made {
  step: Omit<DefinitionStep, 'step_id'>;
  value: number;
  read: string;
  reserve?: DefinitionStep;
}

function stepOf(kind: Chance['kind'], id: string, { value: v, read }: Done, k: number): Made {
  const own = `default(steps.${id}.output.v, 0)`;
  const inner = (name: string, text: string): DefinitionStep => ({
    ...{ step_id: `${id}${name}`, step_type: 'transform', parameters: { v: `\${{ ${text} }}` } },
  });
  const sum = (one: string) => ({ v: `\${{ ${one} + ${k} }}` });
  switch (kind) {
    case 'tool':
      return { step: { step_type: 'tool', tool: 'data.echo', parameters: sum(read) }, value: v + k, read: own };
    case 'transform':
      return { step: { step_type: 'transform', parameters: { v: `\${{ ${read} * ${k} }}` } }, value: v * k, read: own };
    case 'agent':
      return {
        step: { step_type: 'agent_task', agent_type: AGENT, task: 'give it back', parameters: sum(read) },
        ...{ value: v + k, read: own },
      };
    case 'sub':
      return {
        step: { step_type: 'sub_workflow', workflow: DOUBLE.id, parameters: sum(read) },
        ...{ value: 2 * (v + k), read: own },
      };
    case 'fails':
      return { step: { step_type: 'tool', tool: 'test.fail', on_error: 'continue' }, value: 0, read: own };
    case 'fallback':
      return {
        step: { step_type: 'tool', tool: 'test.fail', on_error: { fallback: `${id}f` } },
        ...{ value: v + k, read: own },
        reserve: { step_id: `${id}f`, step_type: 'transform', parameters: sum(read) },
      };
    case 'wait':
      return {
        step: { step_type: 'wait', parameters: { for: '10ms' } },
        value: 0,
        read: `(steps.${id}.status == "completed" ? 0 : 0)`,
      };
    case 'approval':
      return {
        step: { step_type: 'approval', approval: { question: 'Go?', expire_after: '1h' }, on_error: 'continue' },
        ...{ value: k < 0 ? 0 : 1, read: `(steps.${id}.status == "completed" ? 1 : 0)` },
      };
    case 'rounds': {
      const rest = Math.abs(k);
      const condition = `steps.${id}.output.${id}x.v ${k < 0 ? '>=' : '<'} ${read} + ${rest}`;
      return {
        step: {
          ...{ step_type: 'loop', max_iterations: 5, [k < 0 ? 'until' : 'while']: condition },
          steps: [inner('x', `index + ${read}`), inner('y', `steps.${id}x.output.v + ${k}`)],
        },
        ...{ value: v + rest + k, read: `default(steps.${id}.output.${id}y.v, 0)` },
      };
    }
    case 'elements': {
      return {
        step: {
          ...{ step_type: 'loop', items: JSON.stringify(LIST), max_parallel: 2 },
          steps: [
            inner('x', `item * ${k}`),
            { step_id: `${id}c`, step_type: 'condition', condition: 'item > 1', then: [`${id}y`] },
            inner('y', `${read} + steps.${id}x.output.v`),
          ],
        },
        value: LIST.reduce((total, item) => total + item * k + (item > 1 ? v + item * k : 0), 0),
        read: `(steps.${id}.status == "completed" ? sum(steps.${id}.output.items.map(i, i.${id}x.v + default(i.${id}y.v, 0))) : 0)`,
      };
    }
    case 'condition':
      return {
        step: { step_type: 'condition', condition: `${read} > ${k}` },
        value: v > k ? 1 : 0,
        read: `(steps.${id}.status == "completed" && steps.${id}.output.met ? 1 : 0)`,
      };
    case 'parallel': {
      const [a, b] = [inner('a', `${read} + ${k}`), inner('b', `${read} + ${k}`)];
      return {
        step: { step_type: 'parallel', steps: [a, b] },
        value: 2 * (v + k),
        read: `(default(steps.${id}.output.${id}a.v, 0) + default(steps.${id}.output.${id}b.v, 0))`,
      };
    }
    case 'loop': {
      return {
        step: {
          ...{ step_type: 'loop', items: `[${LIST.join(', ')}].map(x, x + ${read})` },
          steps: [inner('x', `item * ${k}`)],
        },
        value: LIST.reduce((total, x) => total + (x + v) * k, 0),
        read: `(steps.${id}.status == "completed" ? sum(steps.${id}.output.items.map(x, x.v)) : 0)`,
      };
    }
  }
}
