import type { ListedTool, McpChange, McpTool, McpToolState, StoredListing, StoredPin } from '../../schemas/mcp/tools';
import { changesBetween } from './changes';
import { remarksOn } from './remarks';

/** The name of a tool in plans. */
export const usesOf = (server: string, tool: string): string => `mcp.${server}.${tool}`;

/** The state of a tool, from what its server lists and what a person has accepted. */
export function stateOf(
  identity: string,
  listed: Pick<ListedTool, 'digest' | 'unusable'> | undefined,
  pin: Pick<StoredPin, 'digest' | 'identity'> | undefined,
): McpToolState {
  if (!listed) return 'gone';
  if (listed.unusable !== undefined) return 'unusable';
  if (!pin) return 'new';
  return pin.digest === listed.digest && pin.identity === identity ? 'pinned' : 'changed';
}

/** Tools that a server lists, or that were accepted of it, each with its state, by their names. */
export function judgedTools(listing: StoredListing, pins: readonly StoredPin[]): McpTool[] {
  const listed = new Map(listing.tools.map((tool) => [tool.name, tool]));
  const pinned = new Map(pins.map((pin) => [pin.tool, pin]));
  return [...new Set([...listed.keys(), ...pinned.keys()])]
    .sort()
    .map((name) => judgedTool(listing, name, listed.get(name), pinned.get(name)));
}

function judgedTool(
  { server, identity }: StoredListing,
  name: string,
  listed: ListedTool | undefined,
  pin: StoredPin | undefined,
): McpTool {
  const definition = listed?.definition ?? pin?.definition;
  return {
    name,
    uses: usesOf(server, name),
    state: stateOf(identity, listed, pin),
    digest: listed?.digest || undefined,
    pinned: pin && { digest: pin.digest, by: pin.by, at: pin.at, comment: pin.comment },
    definition,
    remarks: remarksOn(definition),
    changes: listed && pin ? changesOf(identity, listed, pin) : [],
    unusable: listed?.unusable,
  };
}

/** The difference between the accepted definition and the present one; another server counts as one. */
export function changesOf(identity: string, listed: Pick<ListedTool, 'definition'>, pin: StoredPin): McpChange[] {
  const moved: McpChange[] =
    pin.identity === identity
      ? []
      : [{ change: 'changed', pointer: '', before: 'another command or address', after: 'the one configured now' }];
  return [...moved, ...changesBetween(pin.definition, listed.definition)];
}
