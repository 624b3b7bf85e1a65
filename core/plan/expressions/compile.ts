import { Environment, ParseError, type ASTNode } from '@marcbachmann/cel-js';
import { LIMITS } from './budget';
import { shorten, type Problem } from './errors';
import { Lowering } from './lower';
import { longestUnaryRun } from './scan';
import type { Compiled, Node } from './syntax';

/** Only its parser is used: see the note in index.ts. */
const environment = new Environment({
  unlistedVariablesAreDyn: true,
  enableOptionalTypes: true,
  limits: { maxAstNodes: LIMITS.nodes, maxDepth: LIMITS.parseDepth },
});

/**
 * Least recently used first; bounded by entries and by characters, since a tree takes about 100 bytes a character. A check
 * goes through all expressions of a plan several times: they fit in together, or each is parsed every time.
 */
const cache = new Map<string, Compiled>();
const CACHE_ENTRIES = 2_048;
const CACHE_CHARACTERS = 65_536;
// eslint-disable-next-line no-restricted-syntax -- all runs may share the cache: the same source gives the same tree
let cachedCharacters = 0;

/** Parses and checks an expression, or takes it from the cache. Never throws: faults are in `problems`. */
export function compile(source: string): Compiled {
  const known = cache.get(source);
  if (known) {
    cache.delete(source);
    cache.set(source, known);
    return known;
  }
  const compiled = parse(source);
  cache.set(source, compiled);
  cachedCharacters += source.length;
  for (const oldest of cache.keys()) {
    if (cache.size <= CACHE_ENTRIES && cachedCharacters <= CACHE_CHARACTERS) break;
    cache.delete(oldest);
    cachedCharacters -= oldest.length;
  }
  return compiled;
}

const NOTHING: Node = { kind: 'literal', value: null, start: 0, end: 0 };

function parse(source: string): Compiled {
  const refuse = (problem: Omit<Problem, 'expression'>): Compiled => ({
    source: source.length > LIMITS.source ? source.slice(0, LIMITS.source) : source,
    node: NOTHING,
    references: [],
    problems: [{ ...problem, expression: shorten(source) }],
  });
  if (source.length > LIMITS.source) {
    return refuse(tooComplex(`The expression is longer than ${LIMITS.source} characters`));
  }
  if (source.trim() === '') {
    return refuse({ code: 'expression.parse', what: 'The expression is empty', mend: 'Write one between ${{ and }}' });
  }
  if (longestUnaryRun(source) > LIMITS.unaryRun) {
    return refuse(tooComplex(`More than ${LIMITS.unaryRun} signs follow one another`));
  }
  let tree: ASTNode;
  try {
    tree = environment.parse(source).ast;
  } catch (error) {
    return refuse(parseProblem(error));
  }
  if (depthOf(tree) > LIMITS.nodeDepth) {
    return refuse(tooComplex(`The expression nests deeper than ${LIMITS.nodeDepth} operations`));
  }
  const lowering = new Lowering(source);
  const node = lowering.expression(tree);
  return { source, node, references: lowering.references, problems: lowering.problems };
}

function parseProblem(error: unknown): Omit<Problem, 'expression'> {
  if (error instanceof ParseError && error.code === 'limit_exceeded') return tooComplex(error.summary ?? error.message);
  const what = error instanceof ParseError ? (error.summary ?? error.message) : String(error);
  const at = error instanceof ParseError && error.range ? `, at character ${error.range.start + 1}` : '';
  return {
    code: 'expression.parse',
    what: `${shorten(what)}${at}`,
    mend: 'Expressions are CEL, such as `steps.a.output.n + 1` or `size(x) > 0 && x[0] == "a"`',
  };
}

function tooComplex(what: string): Omit<Problem, 'expression'> {
  return { code: 'expression.limit', what, mend: 'Break it into several steps' };
}

/** Depth of the tree; the number of nodes bounds it, so recursion is safe here. */
function depthOf(tree: ASTNode): number {
  let deepest = 0;
  for (const child of childrenOf(tree)) deepest = Math.max(deepest, depthOf(child));
  return deepest + 1;
}

function childrenOf(tree: ASTNode): ASTNode[] {
  switch (tree.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [tree.args[0]];
    case 'call':
      return tree.args[1];
    case 'rcall':
      return [tree.args[1], ...tree.args[2]];
    case 'map':
      return tree.args.flat();
    case '!_':
    case '-_':
      return [tree.args];
    default:
      return tree.args;
  }
}
