import { bareExpression } from '../../core/plan/expressions';
import type { DefinitionContent, DefinitionFault, DefinitionStep } from '../../schemas/definition/definition';
import type { JsonObject } from '../../schemas/json';
import type { Plan, Step } from '../../schemas/plan';
import { fault } from './fault';
import { Places } from './places';
import { keyOf, type KnownWorkflows } from './workflows';
import { renameStep } from './raw';
import { defaultResult } from './result';
import { endsTogether, flatten, isAroundOne, isSingle, memberFaults, type PlacedStep } from './steps';

/** The plan of a definition, where its parts come from, and what could not become part of it. */
export interface CompiledDefinition {
  plan: Plan;
  places: Places;
  faults: DefinitionFault[];
}

/** Gives back what it gets: a condition, a transformation, or outputs put together, as a step of the plan. */
const ECHO = 'data.echo';

/** Appended to the id of a step whose output is transformed: the step as it is called. */
const CALL = '__call';

/** The id of the call of a step whose output is transformed. */
export const calledAs = (id: string): string => `${id}${CALL}`;
/** The id of the step to which a call with this id would belong; undefined where it can be none. */
export const stepOfCall = (id: string): string | undefined =>
  id.endsWith(CALL) ? id.slice(0, -CALL.length) : undefined;

/** A branch of a condition. */
interface Branch {
  condition: string;
  side: 'then' | 'else' | 'both';
}

/**
 * Compiles a definition into a plan of the one plan language. What the language cannot carry is a fault. Faults of the
 * plan itself, such as tools that there are not, are for its own check, whose pointers `places` translates.
 *
 * @param workflows the definitions that its sub-workflows name
 * @param content a definition that fits its schema; `steps` may lack those that do not, at the places that `at` gives
 */
export function compileDefinition(
  content: Omit<DefinitionContent, 'steps'>,
  steps: readonly { step: DefinitionStep; at: string }[],
  workflows: KnownWorkflows,
): CompiledDefinition {
  const compiler = new Compiler(flatten(steps.map((one) => ({ ...one, within: [] }))), workflows);
  const { name, max_parallel, result } = content;
  const compiled = compiler.compile();
  const top = steps.map(({ step }) => step.step_id);
  return {
    plan: { name, steps: compiled, max_parallel, result: result ?? defaultResult(compiled, top) },
    places: compiler.places,
    faults: compiler.faults,
  };
}

class Compiler {
  readonly faults: DefinitionFault[] = [];
  private readonly branches = new Map<string, Branch>();
  private readonly fallbacks = new Set<string>();
  private readonly plan: Step[] = [];

  /** `into`: JSON Pointer of what its steps become part of in the plan */
  constructor(
    private readonly all: readonly PlacedStep[],
    private readonly workflows: KnownWorkflows,
    private readonly into = '',
    readonly places = new Places(),
  ) {}

  compile(): Step[] {
    for (const placed of this.all) {
      this.faults.push(...memberFaults(placed));
      if (placed.step.step_type === 'condition') this.branch(placed);
      if (typeof placed.step.on_error === 'object') this.fallbacks.add(placed.step.on_error.fallback);
    }
    for (const placed of this.all) this.compileStep(placed);
    return this.plan;
  }

  /** Notes which steps a condition leads to. */
  private branch({ step, at }: PlacedStep): void {
    for (const side of ['then', 'else'] as const)
      step[side]?.forEach((id, index) => {
        const pointer = `${at}/${side}/${index}`;
        const before = this.branches.get(id);
        if (!this.all.some((other) => other.step.step_id === id))
          this.faults.push(fault(pointer, 'unknown_step', `there is no step "${id}" to go to`));
        else if (before && before.condition !== step.step_id)
          this.faults.push(
            fault(pointer, 'branch', `"${id}" is a branch of two conditions`, 'give it a `when` that names both'),
          );
        else this.branches.set(id, { condition: step.step_id, side: before ? 'both' : side });
      });
  }

  private compileStep(placed: PlacedStep): void {
    const { step, at } = placed;
    if (this.fallbacks.has(step.step_id)) this.checkFallback(placed);
    switch (step.step_type) {
      case 'agent_task':
      case 'tool':
      case 'api_call':
      case 'sub_workflow':
      case 'transform':
        return step.output === undefined ? this.add(placed, this.single(step, at)) : this.transformed(placed);
      case 'condition':
        return this.add(placed, {
          ...echo({ met: `\${{ (${bareExpression(step.condition ?? '')}) ? true : false }}` }),
          from: { 'with/met': `${at}/condition` },
        });
      case 'parallel':
        return endsTogether(step) ? this.add(placed, this.group(placed)) : this.join(placed);
      case 'loop':
        return this.loop(placed);
      case 'wait':
        return this.add(placed, { step: { kind: 'wait', with: step.parameters }, from: { with: `${at}/parameters` } });
      case 'approval':
        return this.add(placed, { step: { kind: 'approval', approval: step.approval }, from: {} });
    }
  }

  private checkFallback({ step, at }: PlacedStep): void {
    if (!isSingle(step))
      this.faults.push(fault(`${at}/step_type`, 'fallback', `a step of type ${step.step_type} cannot be a fallback`));
    if (step.output !== undefined)
      this.faults.push(fault(`${at}/output`, 'fallback', 'the output of a fallback is that of the step that failed'));
  }

  /** A step that is one call, wherever it stands: its arguments, and what concerns the call itself. */
  private single(step: DefinitionStep, at: string): Part {
    const { step_type, parameters, timeout, retry } = step;
    const call = { timeout, retry };
    const from = { with: `${at}/parameters`, timeout: `${at}/timeout`, retry: `${at}/retry` };
    switch (step_type) {
      case 'agent_task': {
        const { agent_type: uses, task = '', tools } = step;
        const listed: JsonObject = tools === undefined ? {} : { tools };
        const given = { task, parameters: parameters ?? {}, input: '${{ input }}', ...listed };
        const places = {
          ...{ uses: `${at}/agent_type`, 'with/task': `${at}/task`, 'with/parameters': `${at}/parameters` },
          'with/tools': `${at}/tools`,
        };
        return { step: { kind: 'agent', uses, with: given, ...call }, from: { ...from, with: at, ...places } };
      }
      case 'tool':
        return {
          step: { kind: 'tool', uses: step.tool, with: parameters ?? {}, ...call },
          from: { ...from, uses: `${at}/tool` },
        };
      case 'api_call':
        return { step: { kind: 'tool', uses: 'http.request', with: parameters, ...call }, from };
      case 'sub_workflow':
        return {
          step: { kind: 'workflow', uses: this.pinned(step, at), with: parameters ?? {}, timeout },
          from: { ...from, uses: `${at}/workflow` },
        };
      default:
        return { ...echo(parameters ?? {}), from };
    }
  }

  /** The version that a sub-workflow executes for good. */
  private pinned({ workflow, version }: DefinitionStep, at: string): string | undefined {
    if (workflow === undefined) return undefined;
    const known = this.workflows.get(keyOf({ id: workflow, version }));
    if (!known) {
      const what = version === undefined ? `no workflow "${workflow}"` : `no version ${version} of "${workflow}"`;
      this.faults.push(fault(`${at}/workflow`, 'unknown_workflow', `there is ${what}`, 'define it first'));
    }
    return `${workflow}@${known?.version ?? version ?? 1}`;
  }

  /** Two steps: the call, and its output as the definition wants it. */
  private transformed(placed: PlacedStep): void {
    const { step, at } = placed;
    const { step_id: id, output = {} } = step;
    const call = calledAs(id);
    this.add(placed, this.single(step, at), call);
    this.put(
      {
        ...echo(renameStep(output, id, call)).step,
        id,
        name: step.name,
        depends_on: [call],
        when: `steps.${call}.status == "completed"`,
      },
      at,
      { with: `${at}/output` },
    );
  }

  /** The outputs of the steps within, put together once all of them have ended. */
  private join(placed: PlacedStep): void {
    const { step, at } = placed;
    const inner = (step.steps ?? []).map(({ step_id }) => step_id).filter((id) => !this.fallbacks.has(id));
    this.put({ ...echo(outputsOf(inner)).step, id: step.step_id, name: step.name, depends_on: inner }, at, {
      with: `${at}/steps`,
      depends_on: `${at}/steps`,
    });
  }

  /** The steps of a loop, or of a parallel step with a fallback, which are a plan within the plan. */
  private group({ step, at }: PlacedStep): Part {
    const steps = (step.steps ?? []).map((inner, index) => ({ step: inner, at: `${at}/steps/${index}`, within: [] }));
    const inner = new Compiler(flatten(steps), this.workflows, `${this.into}/steps/${this.plan.length}`, this.places);
    const compiled = inner.compile();
    this.faults.push(...inner.faults);
    const given = steps.map(({ step: { step_id } }) => step_id).filter((id) => !inner.fallbacks.has(id));
    // calls whose output is transformed are no outputs of the loop
    const result = compiled.some(({ id }) => id.endsWith(CALL)) ? outputsOf(given) : undefined;
    return { step: { kind: 'group', steps: compiled, result }, from: { steps: `${at}/steps` } };
  }

  /** A loop is what it repeats: for each element of a list, or in rounds until a check is met. */
  private loop(placed: PlacedStep): void {
    const { step, at } = placed;
    const { steps: [inner] = [] } = step;
    if (!inner) return;
    const isOne = isAroundOne(step);
    const { step: call, from } = isOne ? this.single(inner, `${at}/steps/0`) : this.group(placed);
    if (isOne) this.faults.push(...memberFaults({ step: inner, at: `${at}/steps/0`, within: [] }));
    const on_error = step.on_error ?? (isOne ? inner.on_error : undefined);
    if (step.items !== undefined) {
      const each = { ...call, on_error, for_each: step.items, parallel: step.max_parallel };
      return this.add(placed, {
        step: each,
        from: { ...from, for_each: `${at}/items`, parallel: `${at}/max_parallel` },
      });
    }
    const wanted = step.until ?? step.while ?? '';
    const ok = step.until === undefined ? `!(${bareExpression(wanted)})` : bareExpression(wanted);
    const message = `after a round: ${wanted}`.slice(0, 2_000);
    const until: Step['until'] = {
      check: 'check.that',
      with: { ok: `\${{ ${ok} }}`, message: message.replaceAll('${{', '').replaceAll('}}', '') },
      rounds: step.max_iterations ?? 1,
      otherwise: 'fail',
      ...(step.every === undefined ? {} : { every: step.every }),
    };
    this.add(placed, {
      step: { ...call, on_error, until },
      from: {
        ...from,
        'until/with': `${at}/${step.until === undefined ? 'while' : 'until'}`,
        'until/with/ok': `${at}/${step.until === undefined ? 'while' : 'until'}`,
        'until/rounds': `${at}/max_iterations`,
        'until/every': `${at}/every`,
      },
    });
  }

  /** Adds the step of a step, with what depends on where it stands. */
  private add(placed: PlacedStep, { step: part, from }: Part, id = placed.step.step_id): void {
    const { step, at, within } = placed;
    const chain = [...within, placed];
    const around = chain.flatMap((one) => this.branches.get(one.step.step_id) ?? []);
    const guards = [
      ...around.flatMap((one) => guardOf(one)),
      ...chain.flatMap((one) => (one.step.when === undefined ? [] : [bareExpression(one.step.when)])),
    ];
    const needs = [...chain.flatMap((one) => one.step.depends_on ?? []), ...around.map((one) => one.condition)];
    const inherited = [...within].reverse().find((one) => one.step.on_error !== undefined)?.step.on_error;
    const on_error = part.on_error ?? step.on_error ?? inherited;
    this.put(
      {
        ...part,
        id,
        name: step.name ?? part.name,
        depends_on: needs.length === 0 ? undefined : [...new Set(needs)],
        when: guards.length === 0 ? undefined : conjunction(guards),
        on_error,
      },
      at,
      from,
    );
  }

  private put(step: Step, at: string, from: { [member: string]: string }): void {
    const index = this.plan.length;
    const plan = `${this.into}/steps/${index}`;
    this.plan.push(withoutAbsent(step));
    this.places.add(plan, at);
    this.places.add(`${plan}/id`, `${at}/step_id`);
    for (const [member, place] of Object.entries(from)) this.places.add(`${plan}/${member}`, place);
  }
}

/** Without the members that are undefined, which no JSON has. */
const withoutAbsent = (step: Step): Step =>
  Object.fromEntries(Object.entries(step).filter(([, value]) => value !== undefined)) as Step;

/** A step of the plan without what depends on where it stands; `from`: where its members come from. */
interface Part {
  step: Omit<Step, 'id'>;
  from: { [member: string]: string };
}

const echo = (given: JsonObject): { step: Omit<Step, 'id'> } => ({ step: { kind: 'tool', uses: ECHO, with: given } });

const outputsOf = (ids: readonly string[]): JsonObject =>
  Object.fromEntries(ids.map((id) => [id, `\${{ steps.${id}.output }}`]));

const conjunction = (guards: readonly string[]): string =>
  guards.length === 1 ? (guards[0] ?? 'true') : guards.map((guard) => `(${guard})`).join(' && ');

/** A step of a branch runs where the condition was looked at, and says so. */
function guardOf({ condition: id, side }: Branch): string[] {
  if (side === 'both') return [];
  return [`steps.${id}.status == "completed" && ${side === 'then' ? '' : '!'}steps.${id}.output.met`];
}
