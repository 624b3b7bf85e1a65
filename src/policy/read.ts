import { LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { check, condition } from '../../core/plan/expressions';
import { Policy } from '../../schemas/policy';
import { validatorFor } from '../contracts/validators';
import { parseHostRule } from '../egress/hosts';

/** Characters of a policy file. */
const LONGEST = 1_000_000;

/** Names that conditions of rules may use. */
export const POLICY_NAMES = ['step', 'tool', 'effect', 'touches', 'job'];

/** A fault of a policy file, with its line where it has one. */
export interface PolicyFault {
  line: number | undefined;
  message: string;
}

const validPolicy = validatorFor(Policy);

/** Reads a policy from YAML, or lists all its faults: those of YAML, of the schema, and of the conditions. */
export function readPolicy(text: string): { policy: Policy } | { faults: PolicyFault[] } {
  if (text.length > LONGEST) return { faults: [{ line: undefined, message: `is longer than ${LONGEST} characters` }] };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0)
    return { faults: document.errors.map(({ pos, message }) => ({ line: lines.linePos(pos[0]).line, message })) };
  const lineOf = (pointer: string) => lineAt(document, lines, pointer);
  const valid = validPolicy(valueOf(document));
  if (!valid.ok)
    return {
      faults: valid.errors.map(({ pointer, message }) => ({
        line: lineOf(pointer),
        message: `${pointer || 'the file'} ${message}`,
      })),
    };
  const faults = contentFaults(valid.value).map(({ pointer, message }) => ({ line: lineOf(pointer), message }));
  return faults.length > 0 ? { faults } : { policy: valid.value };
}

/** The value of a document; one whose aliases grow without measure is none. */
function valueOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return (error as Error).message;
  }
}

/** The line of a place, or of the nearest one around it that stands in the file. */
function lineAt(document: Document, lines: LineCounter, pointer: string): number | undefined {
  const path = pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  for (let depth = path.length; depth >= 0; depth--) {
    const keys = path.slice(0, depth).map((token) => (/^\d+$/.test(token) ? Number(token) : token));
    const node = document.getIn(keys, true) as Node | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}

function contentFaults({
  rules,
  banned_hosts: hosts = [],
  tests = [],
}: Policy): { pointer: string; message: string }[] {
  const ids = rules.map(({ id }) => id);
  return [
    ...rules.flatMap(({ id, when }, index) => [
      ...(ids.indexOf(id) < index ? [{ pointer: `/rules/${index}/id`, message: `two rules are called ${id}` }] : []),
      ...check(condition(when), POLICY_NAMES).map(({ message }) => ({
        pointer: `/rules/${index}/when`,
        message: `${id}: ${message}`,
      })),
    ]),
    ...hosts.flatMap((host, index) =>
      parseHostRule(host) ? [] : [{ pointer: `/banned_hosts/${index}`, message: `${JSON.stringify(host)} is no host` }],
    ),
    ...tests.flatMap(({ name, rule }, index) =>
      rule === undefined || [...ids, ...OWN_RULES].includes(rule)
        ? []
        : [{ pointer: `/tests/${index}/rule`, message: `${name}: there is no rule ${rule}` }],
    ),
  ];
}

/** Decisions that need no rule of the file. */
export const OWN_RULES = ['banned_host', 'rule_error', 'no_rule'] as const;
