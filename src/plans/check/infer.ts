import type { Node } from '../../../core/plan/expressions';
import type { JsonSchema } from '../../../schemas/tool';
import { elementOf, fieldOf, type Found } from './fields';
import { fieldsThere } from './fits';
import { ANY, kindsOf, oneOf, schemaOfValue } from './kinds';
import { findNearest } from '../../../core/nearest';

/** Types of the names that an expression may use; a name that is not there may have any. */
export type Names = ReadonlyMap<string, JsonSchema>;

/** A field that an expression reads although nothing gives it. */
export interface TypeProblem {
  message: string;
  hint: string;
}

/** Types of results by function; those that are not here may give anything. */
const RESULTS: Record<string, JsonSchema> = {
  ...sameResult({ type: 'string' }, 'string json lower upper lowerAscii upperAscii trim substring join replace'),
  ...sameResult({ type: 'boolean' }, 'contains startsWith endsWith bool hasValue'),
  ...sameResult({ type: 'number' }, 'double abs round sum min max'),
  ...sameResult({ type: 'integer' }, 'size int floor ceil indexOf lastIndexOf'),
  split: { type: 'array', items: { type: 'string' } },
};

/** The type of an expression's value, as far as it can be told, and the fields in it that there are not. */
export function infer(node: Node, names: Names, source: string): { type: JsonSchema; problems: TypeProblem[] } {
  const inference = new Inference(source);
  return { type: inference.type(node, names), problems: inference.problems };
}

class Inference {
  readonly problems: TypeProblem[] = [];

  constructor(private readonly source: string) {}

  /** `guarded`: a field may be missing, as in `has(x.y)`, unless it cannot be there at all. */
  type(node: Node, names: Names, guarded = false): JsonSchema {
    switch (node.kind) {
      case 'literal':
        return isJson(node.value) ? schemaOfValue(node.value) : ANY;
      case 'root':
      case 'local':
        return names.get(node.name) ?? ANY;
      case 'field':
      case 'index':
        return this.access(node, names, guarded);
      case 'list':
        return { type: 'array', items: oneOf(node.items.map((item) => this.type(item, names))) };
      case 'map':
        return this.map(node, names);
      case 'binary':
        return this.binary(node, names);
      case 'and':
      case 'or':
        this.types([node.left, node.right], names);
        return { type: 'boolean' };
      case 'not':
        this.type(node.of, names);
        return { type: 'boolean' };
      case 'negate':
        this.type(node.of, names);
        return { type: 'number' };
      case 'choose':
        this.type(node.test, names);
        return oneOf(this.types([node.then, node.otherwise], names));
      case 'call':
        this.types(node.args, names);
        return RESULTS[node.name] ?? ANY;
      case 'has':
        this.type(node.of, names, true);
        return { type: 'boolean' };
      case 'default':
        return oneOf([this.type(node.of, names, true), this.type(node.fallback, names)]);
      case 'bind':
        return this.type(node.body, new Map(names).set(node.name, this.type(node.value, names)));
      case 'loop':
        return this.loop(node, names);
    }
  }

  private types(nodes: Node[], names: Names): JsonSchema[] {
    return nodes.map((node) => this.type(node, names));
  }

  private access(node: Node & { kind: 'field' | 'index' }, names: Names, guarded: boolean): JsonSchema {
    const of = this.type(node.of, names, guarded || node.optional);
    if (node.kind === 'index' && node.key.kind !== 'literal') {
      this.type(node.key, names);
      return kindsOf(of).join() === 'array' ? elementOf(of) : ANY;
    }
    const key = node.kind === 'field' ? node.key : node.key.kind === 'literal' ? node.key.value : null;
    if (typeof key !== 'string' && typeof key !== 'number') return ANY;
    const found = fieldOf(of, key, { open: guarded || node.optional });
    if (!('type' in found)) this.problems.push(this.problem(node.of, key, found));
    return 'type' in found && !node.optional ? found.type : ANY;
  }

  private problem(of: Node, key: string | number, found: Exclude<Found, { type: JsonSchema }>): TypeProblem {
    const holder = this.source.slice(of.start, of.end);
    if ('unreadable' in found) {
      const isList = found.unreadable === 'a list';
      return {
        message: `\`${holder}\` is ${found.unreadable}, so "${key}" cannot be read from it`,
        hint: isList
          ? `take an element, \`${holder}[0].${key}\`, or each, \`${holder}.map(x, x.${key})\``
          : 'name another value',
      };
    }
    const near = typeof key === 'string' ? findNearest(key, found.missing) : undefined;
    return {
      message: `\`${holder}\` has no "${key}"${fieldsThere(found.missing)}`,
      hint: near === undefined ? 'read one of the fields that there are' : `did you mean \`${holder}.${near}\`?`,
    };
  }

  private map({ entries }: Node & { kind: 'map' }, names: Names): JsonSchema {
    const properties: JsonSchema = {};
    for (const { key, value } of entries) {
      const type = this.type(value, names);
      if (key.kind === 'literal' && typeof key.value === 'string') properties[key.value] = type;
      else this.type(key, names);
    }
    const keys = Object.keys(properties);
    const whole = keys.length === entries.length;
    return whole ? { type: 'object', properties, required: keys, additionalProperties: false } : { type: 'object' };
  }

  private binary({ operator, left, right }: Node & { kind: 'binary' }, names: Names): JsonSchema {
    const kinds = this.types([left, right], names).map((type) => kindsOf(type).join());
    switch (operator) {
      case '-':
      case '*':
      case '/':
      case '%':
      case '+': {
        const [kind] = kinds;
        return kind === kinds[1] && (kind === 'number' || kind === 'string') ? { type: kind } : ANY;
      }
      default:
        return { type: 'boolean' };
    }
  }

  private loop({ loop, name, over, test, body }: Node & { kind: 'loop' }, names: Names): JsonSchema {
    const list = this.type(over, names);
    // loops go through the keys of an object
    const element = kindsOf(list).includes('object') ? ANY : elementOf(list);
    const inner = new Map(names).set(name, element);
    if (test) this.type(test, inner);
    const each = body ? this.type(body, inner) : element;
    return loop === 'map' || loop === 'filter' ? { type: 'array', items: each } : { type: 'boolean' };
  }
}

function isJson(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function sameResult(type: JsonSchema, functions: string): Record<string, JsonSchema> {
  return Object.fromEntries(functions.split(' ').map((name) => [name, type]));
}
