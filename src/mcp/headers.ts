/** A name that a header can have (RFC 9110, token). */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Types of arguments that can be sent as a header. */
const TYPES: readonly unknown[] = ['string', 'integer', 'boolean'];

/** Members of a schema that are values, not schemas. */
const VALUES: ReadonlySet<string> = new Set(['const', 'default', 'enum', 'examples']);

/**
 * What is wrong with the arguments that a tool wants as headers, too (`x-mcp-header`): names that no header can have,
 * that come twice, of arguments that are no plain values, or elsewhere than at an argument. MCP has such tools left out.
 */
export function headerFault(inputSchema: unknown): string | undefined {
  const names = new Set<string>();

  function faultAt(schema: Record<string, unknown>, isArgument: boolean): string | undefined {
    const name = schema['x-mcp-header'];
    if (!isArgument) return 'it asks for a header elsewhere than at an argument';
    if (typeof name !== 'string' || !TOKEN.test(name))
      return `it asks for a header that no header can be: ${JSON.stringify(name ?? null).slice(0, 80)}`;
    if (!TYPES.includes(schema['type'])) return `it asks for the header ${name} of what is no text, integer or boolean`;
    if (names.has(name.toLowerCase())) return `it asks for the header ${name} twice`;
    names.add(name.toLowerCase());
    return undefined;
  }

  /** `isOpen`: only `properties` lead here, so that the argument is there whatever its neighbours are. */
  function visit(node: unknown, isOpen: boolean, isArgument: boolean): string | undefined {
    if (typeof node !== 'object' || node === null) return undefined;
    if (Array.isArray(node)) return firstFault(node, (item) => visit(item, false, false));
    const schema = node as Record<string, unknown>;
    const here = 'x-mcp-header' in schema ? faultAt(schema, isArgument) : undefined;
    return (
      here ??
      firstFault(Object.entries(schema), ([name, member]) => {
        if (VALUES.has(name)) return undefined;
        if (name !== 'properties' || typeof member !== 'object' || member === null) return visit(member, false, false);
        return firstFault(Object.values(member), (argument) => visit(argument, isOpen, isOpen));
      })
    );
  }

  return visit(inputSchema, true, false);
}

function firstFault<T>(items: readonly T[], look: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const fault = look(item);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
