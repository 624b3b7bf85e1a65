/** Workflow definitions by chance, each with the result that a reference evaluation predicts. */
import fc from 'fast-check';
import type { DefinitionContent, DefinitionStep } from '../../schemas/definition/definition';

/** A step by chance. `reads` names an earlier step, or the input; `k` is a small number. */
interface Chance {
  kind: 'tool' | 'transform' | 'condition' | 'parallel' | 'loop';
  reads: number;
  k: number;
  when: boolean;
}

export interface Predicted {
  definition: DefinitionContent;
  input: { n: number };
  /** the value of each step, or its being skipped */
  result: { [step: string]: number | 'skipped' };
}

const chance = fc.record<Chance>({
  kind: fc.constantFrom('tool', 'transform', 'condition', 'parallel', 'loop'),
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
    const { step, value, read } = stepOf(kind, id, source, k);
    steps.push({ ...step, step_id: id, ...(when ? { when: `${source.read} > ${k}` } : {}) });
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
    definition: { name: 'by chance', steps, result },
    input: { n },
    result: Object.fromEntries(done.map(({ isSkipped, value }, at) => [`s${at}`, isSkipped ? 'skipped' : value])),
  };
}

const shown = (id: string, read: string): string => `\${{ steps.${id}.status == "skipped" ? "skipped" : ${read} }}`;

function stepOf(
  kind: Chance['kind'],
  id: string,
  { value: v, read }: Done,
  k: number,
): { step: Omit<DefinitionStep, 'step_id'>; value: number; read: string } {
  const own = `default(steps.${id}.output.v, 0)`;
  const sum = (one: string) => ({ v: `\${{ ${one} + ${k} }}` });
  switch (kind) {
    case 'tool':
      return { step: { step_type: 'tool', tool: 'data.echo', parameters: sum(read) }, value: v + k, read: own };
    case 'transform':
      return { step: { step_type: 'transform', parameters: { v: `\${{ ${read} * ${k} }}` } }, value: v * k, read: own };
    case 'condition':
      return {
        step: { step_type: 'condition', condition: `${read} > ${k}` },
        value: v > k ? 1 : 0,
        read: `(steps.${id}.status == "completed" && steps.${id}.output.met ? 1 : 0)`,
      };
    case 'parallel': {
      const inner = (name: string) => ({
        step_id: `${id}${name}`,
        step_type: 'transform' as const,
        parameters: sum(read),
      });
      return {
        step: { step_type: 'parallel', steps: [inner('a'), inner('b')] },
        value: 2 * (v + k),
        read: `(default(steps.${id}.output.${id}a.v, 0) + default(steps.${id}.output.${id}b.v, 0))`,
      };
    }
    case 'loop': {
      const body = { step_id: `${id}x`, step_type: 'transform' as const, parameters: { v: `\${{ item * ${k} }}` } };
      return {
        step: { step_type: 'loop', items: `[${LIST.join(', ')}].map(x, x + ${read})`, steps: [body] },
        value: LIST.reduce((total, x) => total + (x + v) * k, 0),
        read: `(steps.${id}.status == "completed" ? sum(steps.${id}.output.items.map(x, x.v)) : 0)`,
      };
    }
  }
}
