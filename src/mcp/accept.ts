import type { StoredListing, StoredPin } from '../../schemas/mcp/tools';
import type { Ledger } from '../ledger/ledger';
import { RunError } from '../runs/errors';
import { stateOf, usesOf } from './judgement';
import { pinId, type McpStore } from './pins';

/** What a person accepts: tools as they were shown. */
export interface Acceptance {
  tools: { name: string; digest: string }[];
  by: string;
  comment?: string;
}

export interface AcceptParts {
  mcp: Pick<McpStore, 'readPin' | 'writePin'>;
  ledger: Pick<Ledger, 'append'>;
  clock?: () => Date;
}

/**
 * Writes pins, each decision into the ledger first. What is pinned already stays. Throws `invalid` for what cannot be
 * accepted and `digest_mismatch` for what is no longer as it was shown; then nothing is written.
 */
export async function acceptTools(
  listing: StoredListing,
  { tools, by, comment }: Acceptance,
  { mcp, ledger, clock = () => new Date() }: AcceptParts,
): Promise<StoredPin[]> {
  const { server, identity } = listing;
  const listed = new Map(listing.tools.map((tool) => [tool.name, tool]));
  tools.forEach(({ name, digest }, i) => {
    const tool = listed.get(name);
    const at = (fault: 'invalid' | 'digest_mismatch', detail: string) =>
      new RunError(fault, `The tool ${name} cannot be accepted: ${detail}.`, {
        errors: [{ pointer: `/tools/${i}${fault === 'invalid' ? '/name' : '/digest'}`, detail }],
      });
    if (!tool) throw at('invalid', `the server ${server} does not list it`);
    if (tool.unusable !== undefined) throw at('invalid', tool.unusable);
    if (tool.digest !== digest) throw at('digest_mismatch', 'it is not what was shown: look at it again');
  });
  const written: StoredPin[] = [];
  for (const { name: tool, digest } of tools) {
    const before = await mcp.readPin(server, tool);
    const found = listed.get(tool);
    if (!found) continue;
    if (before && stateOf(identity, found, before) === 'pinned') {
      written.push(before);
      continue;
    }
    const version = (before?.version ?? 0) + 1;
    const at = clock().toISOString();
    const pin: StoredPin = {
      ...{ id: pinId(server, tool), version, server, tool, digest, identity },
      ...{ definition: found.definition, by, at, comment },
    };
    // the decision lasts before it acts
    await ledger.append({
      process: 'pinning',
      workflow_id: `mcp.${server}`,
      subject: usesOf(server, tool),
      approval_id: 'pin',
      decision_id: `${pin.id}.${version}.${digest.slice(-12)}`,
      choice: 'accept',
      by,
      channel: 'api',
      verified: true,
      comment,
      shown: digest,
      outcome: digest,
      decided_at: at,
    });
    if ((await mcp.writePin(pin)) === 'exists')
      throw new RunError('conflict', `Somebody else has just accepted ${tool}. Look at it again.`);
    written.push(pin);
  }
  return written;
}
