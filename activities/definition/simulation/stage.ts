import type { CompleteSpec } from '../../../core/worst-case';
import type { Json } from '../../../schemas/json';
import type { Stage, StagedCall, StagedEnd } from '../../../src/definition/simulation/stage';
import { isChange, targetsOfKnown } from '../../../src/job/targets';
import { checkThat } from '../../tools/builtin/check-that';
import { dataEcho } from '../../tools/builtin/data-echo';
import { pureTools } from '../../tools/builtin/pure';
import { classify, ToolError } from '../../tools/errors';
import { assertInput, sampleFor } from '../../tools/exchange';
import type { Children } from '../../tools/pure/apart';
import type { PureTool } from '../../tools/pure/define';
import { compiledWhenUsed, type Check } from '../../tools/schema';
import type { Tool } from '../../tools/tool';
import { NothingThere, nowhere } from './nowhere';

/** Checks of a specification, compiled once for a simulation. */
interface Known {
  spec: CompleteSpec;
  checkInput: Check;
  checkOutput: Check;
}

/**
 * Stands in for what executions call. Tools that compute from their arguments alone do so, and so do agents that answer
 * by rules; every other tool has its own stub, or a sample of its output's schema.
 * @param tools those whose code is there: of others only the specifications are known
 */
export function createStage(tools: readonly Tool[], children: Children): Stage {
  const context = nowhere(children);
  const checks = new Map<string, Known>();
  const knownOf = (spec: CompleteSpec): Known => {
    const key = keyOf(spec);
    const known = checks.get(key) ?? {
      ...{ spec, checkInput: compiledWhenUsed(spec.input), checkOutput: compiledWhenUsed(spec.output) },
    };
    checks.set(key, known);
    return known;
  };

  /** The work of a tool, or its stub; undefined where it has none, or reaches for what is not there. */
  async function stoodIn(tool: Tool, input: Json): Promise<StagedEnd | undefined> {
    const compute = computing(tool, input);
    const work = compute ?? tool.simulate;
    try {
      return work && { output: (await work(input, context)) as Json, source: compute ? 'real' : 'stub' };
    } catch (error) {
      if (error instanceof NothingThere) return undefined;
      throw error;
    }
  }

  const sample = (call: StagedCall): Json => sampleOfTask(call) ?? sampleFor(knownOf(call.spec));

  return {
    async call(call) {
      const { kind, spec, input } = call;
      const tool = tools.find((one) => (one.kind ?? 'tool') === kind && keyOf(one.spec) === keyOf(spec));
      try {
        const done = tool && (await stoodIn(tool, input));
        return done ?? { output: sample(call), source: 'stub' };
      } catch (error) {
        return failedWith(classify(error, 'none'), spec);
      }
    },

    inputFault(spec, input) {
      try {
        assertInput(knownOf(spec), input);
        return undefined;
      } catch (error) {
        if (!(error instanceof ToolError)) throw error;
        return { type: error.type, message: error.message };
      }
    },

    outputFaults(spec, name, output) {
      const task = spec.tasks?.find((one) => one.name === name);
      return (task ? compiledWhenUsed(task.output) : knownOf(spec).checkOutput)(output, 0);
    },

    changesOf: (spec, input) => (isObject(input) ? targetsOfKnown({ spec, args: input }).filter(isChange) : []),
  };
}

const keyOf = ({ name, version }: Pick<CompleteSpec, 'name' | 'version'>): string => `${name}@${version}`;

/** The work of a tool that follows from its arguments alone; undefined for every other one. */
function computing(tool: Tool, input: Json): Tool['run'] | undefined {
  if (tool === dataEcho || tool === checkThat) return tool.run;
  if (tool.kind === 'agent') return tool.spec.tasks ? tool.simulate : undefined;
  return isPure(tool) && !tool.source(input) ? tool.simulate : undefined;
}

const isPure = (tool: Tool): tool is PureTool => (pureTools as readonly Tool[]).includes(tool);

/** The answer of an agent that knows the task, as its schema describes it. */
function sampleOfTask({ spec, input }: StagedCall): Json | undefined {
  const { task: name } = isObject(input) ? input : {};
  const task = spec.tasks?.find((one) => one.name === name);
  return task && sampleFor({ spec: { ...spec, output: task.output }, checkOutput: compiledWhenUsed(task.output) });
}

function failedWith({ class: errorClass, type, message }: ToolError, { name }: CompleteSpec): StagedEnd {
  if (type !== 'simulate.no_sample') return { failed: { type, message }, transient: errorClass === 'transient' };
  const words = `no output of ${name} can be made up: give one in \`outputs\``;
  return { failed: { type: 'simulation.no_output', message: words }, transient: false };
}

const isObject = (value: Json): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
