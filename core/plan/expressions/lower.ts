import type { ASTNode } from '@marcbachmann/cel-js';
import { LIMITS } from './budget';
import { shorten, type ExpressionCode, type Problem } from './errors';
import { FUNCTIONS } from './functions';
import { FORBIDDEN_KEYS, LOOPS, STATIC_ROOTS, refusalOf } from './names';
import type { LoopName, Node, Place, Reference } from './syntax';
import type { Value } from './values';

/** Path that a chain of accesses reads; `open` until a computed key ends it. */
type Trail = Reference & { open: boolean };

/**
 * Turns the library's tree into ours: names become roots or locals, macros and functions are resolved, accesses are
 * collected as references, and forbidden parts become problems. One instance for one expression.
 */
export class Lowering {
  readonly problems: Problem[] = [];
  private readonly found = new Map<string, Reference>();
  private readonly locals: string[] = [];
  private loops = 0;

  constructor(private readonly source: string) {}

  get references(): Reference[] {
    return [...this.found.values()];
  }

  expression(tree: ASTNode): Node {
    const [node, trail] = this.access(tree);
    if (trail) this.record(trail, tree);
    return node;
  }

  /** A node, with its path if it is a chain of accesses from a root. */
  private access(tree: ASTNode): [Node, Trail?] {
    const place = { start: tree.start, end: tree.end };
    switch (tree.op) {
      case 'id': {
        const name = tree.args;
        if (this.locals.includes(name)) return [{ ...place, kind: 'local', name }];
        return [
          { ...place, kind: 'root', name },
          { root: name, path: [], open: true },
        ];
      }
      case '.':
      case '.?': {
        const [of, trail] = this.access(tree.args[0]);
        if (trail?.open) trail.path.push(tree.args[1]);
        // The library's access node starts at its base, but its `pos` is the field.
        return [{ ...place, kind: 'field', of, key: tree.args[1], optional: tree.op === '.?' }, trail];
      }
      case '[]':
      case '[?]': {
        const [of, trail] = this.access(tree.args[0]);
        const key = this.expression(tree.args[1]);
        const written = key.kind === 'literal' ? key.value : null;
        if (trail?.open && (typeof written === 'string' || typeof written === 'number'))
          trail.path.push(String(written));
        else if (trail) trail.open = false;
        return [{ ...place, kind: 'index', of, key, optional: tree.op === '[?]' }, trail];
      }
      default:
        return [this.operation(tree, place)];
    }
  }

  private operation(tree: ASTNode, place: Place): Node {
    switch (tree.op) {
      case 'value':
        return { ...place, kind: 'literal', value: this.literal(tree.args, place) };
      case 'list':
        return { ...place, kind: 'list', items: tree.args.map((item) => this.expression(item)) };
      case 'map':
        return { ...place, kind: 'map', entries: tree.args.map(([key, value]) => this.entry(key, value)) };
      case '?:': {
        const [test, then, otherwise] = tree.args.map((part) => this.expression(part)) as [Node, Node, Node];
        return { ...place, kind: 'choose', test, then, otherwise };
      }
      case '&&':
      case '||': {
        const [left, right] = [this.expression(tree.args[0]), this.expression(tree.args[1])];
        return { ...place, kind: tree.op === '&&' ? 'and' : 'or', left, right };
      }
      case '!_':
      case '-_':
        return { ...place, kind: tree.op === '!_' ? 'not' : 'negate', of: this.expression(tree.args) };
      case 'call':
        return this.call(tree.args[0], undefined, tree.args[1], place);
      case 'rcall':
        return this.call(tree.args[0], tree.args[1], tree.args[2], place);
      case 'id':
      case '.':
      case '.?':
      case '[]':
      case '[?]':
        return this.expression(tree);
      default: {
        const [left, right] = [this.expression(tree.args[0]), this.expression(tree.args[1])];
        return { ...place, kind: 'binary', operator: tree.op, left, right };
      }
    }
  }

  /** Macros first: some of their arguments are names, not values. */
  private call(name: string, receiver: ASTNode | undefined, args: ASTNode[], place: Place): Node {
    if (name === 'bind' && receiver?.op === 'id' && receiver.args === 'cel') return this.bind(args, place);
    if (receiver && LOOPS.get(name)?.includes(args.length)) return this.loop(name as LoopName, receiver, args, place);
    if (name === 'has' && !receiver) return this.has(args, place);
    const all = (receiver ? [receiver, ...args] : args).map((argument) => this.expression(argument));
    if (name === 'default' && all[0] && all[1] && all.length === 2) {
      return { ...place, kind: 'default', of: all[0], fallback: all[1] };
    }
    const rule = FUNCTIONS.get(name);
    const [least, most] = rule?.args ?? [0, 0];
    if (rule && all.length >= least && all.length <= most) return { ...place, kind: 'call', name, rule, args: all };
    return this.refuse(place, ...refusalOf(name, rule?.args, all.length));
  }

  private loop(loop: LoopName, receiver: ASTNode, args: ASTNode[], place: Place): Node {
    const over = this.expression(receiver);
    const name = this.variable(args[0] as ASTNode, place);
    if (this.loops === LIMITS.nestedLoops) {
      const mend = 'Do the inner loop in a step of its own, or in a tool';
      return this.refuse(place, 'expression.limit', `More than ${LIMITS.nestedLoops} loops are nested`, mend);
    }
    this.loops++;
    const [first, second] = this.withLocal(name, () => args.slice(1).map((part) => this.expression(part)));
    this.loops--;
    const isMap = loop === 'map';
    const test = isMap ? (second ? first : undefined) : first;
    return { ...place, kind: 'loop', loop, name, over, test, body: isMap ? (second ?? first) : undefined };
  }

  private bind(args: ASTNode[], place: Place): Node {
    const [variable, bound, inner] = args;
    if (!variable || !bound || !inner || args.length !== 3) {
      return this.refuse(
        place,
        'expression.parse',
        'cel.bind() takes a name, a value and an expression',
        'Write all three',
      );
    }
    const name = this.variable(variable, place);
    const value = this.expression(bound);
    return { ...place, kind: 'bind', name, value, body: this.withLocal(name, () => this.expression(inner)) };
  }

  private has(args: ASTNode[], place: Place): Node {
    const of = args[0] && this.expression(args[0]);
    if (args.length === 1 && (of?.kind === 'field' || of?.kind === 'index')) return { ...place, kind: 'has', of };
    return this.refuse(place, 'expression.parse', 'has() takes one field', 'Write it like has(input.name)');
  }

  private variable(tree: ASTNode, place: Place): string {
    if (tree.op === 'id') return tree.args;
    this.refuse(
      place,
      'expression.parse',
      'The first argument must be a variable name',
      'Write it like list.map(x, x + 1)',
    );
    return '';
  }

  private withLocal<T>(name: string, inner: () => T): T {
    this.locals.push(name);
    const result = inner();
    this.locals.pop();
    return result;
  }

  private entry(keyTree: ASTNode, valueTree: ASTNode): { key: Node; value: Node } {
    const key = this.expression(keyTree);
    if (key.kind === 'literal') {
      if (typeof key.value !== 'string') {
        this.refuse(key, 'expression.type', 'A key of a map must be text', 'Quote it, as in JSON');
      } else if (FORBIDDEN_KEYS.has(key.value)) {
        this.refuse(key, 'expression.forbidden', `"${key.value}" cannot be the key of a map`, 'Choose another name');
      }
    }
    return { key, value: this.expression(valueTree) };
  }

  private literal(value: unknown, place: Place): Value {
    // Whole numbers arrive as bigint, unsigned ones as an object around a bigint.
    const isUnsigned = typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
    if (typeof value !== 'bigint' && !isUnsigned) return value as Value;
    const number = Number(value);
    if (!Number.isSafeInteger(number)) {
      this.refuse(
        place,
        'expression.parse',
        'The whole number is beyond 2^53, where digits are lost',
        'Write it as text',
      );
    }
    return number;
  }

  private record(trail: Trail, tree: ASTNode): void {
    const { root, path } = trail;
    if (STATIC_ROOTS.has(root) && path.length === 0) {
      const mend = `Name it: ${root}.some_id, or ${root}["some-id"]; the plan has to show what depends on what`;
      this.refuse(tree, 'expression.forbidden', `"${root}" must be followed by an id that is written out`, mend);
    }
    this.found.set(JSON.stringify([root, path]), { root, path });
  }

  private refuse(place: Place, code: ExpressionCode, what: string, mend: string): Node {
    const expression = shorten(this.source.slice(place.start, place.end));
    this.problems.push({ code, what, mend, expression });
    return { start: place.start, end: place.end, kind: 'literal', value: null };
  }
}
