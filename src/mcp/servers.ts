import { sha256, canonicalJson } from '../documents/json';
import { parseEgressAllow, type EgressAllow } from '../egress/allow';
import type { McpToolSettings } from '../../schemas/mcp/servers';
import { parseDuration } from '../../core/plan/duration';
import type { Template } from './template';

/** How a server is reached. */
export type McpPlace =
  | { kind: 'stdio'; command: string; args: string[]; env: Record<string, Template>; cwd: string }
  | { kind: 'http' | 'sse'; url: URL; headers: Record<string, Template>; protocol: 'auto' | 'modern' | 'legacy' };

/** What holds for the tools of a server, or for one of them; durations in milliseconds. */
export interface ToolRules extends Pick<McpToolSettings, 'effect' | 'risk' | 'approval' | 'cost'> {
  timeoutMs?: number;
  maxMs?: number;
}

/** A server that the operator has named. */
export interface McpServer {
  name: string;
  place: McpPlace;
  /** for all of its tools */
  rules: ToolRules;
  /** for one tool, by its name at the server */
  tools: ReadonlyMap<string, ToolRules>;
  /** addresses that are not public, besides those of EGRESS_ALLOW */
  allow: EgressAllow;
  /** bytes of one answer */
  maxBytes: number;
  /** hash of what decides who answers: command, arguments and folder, or the address. Pins hold for it alone. */
  identity: string;
}

/** Milliseconds of a call without progress, and in all, unless the operator says otherwise. */
export const CALL_TIME = { timeoutMs: 60_000, maxMs: 600_000 };

export const rulesOf = ({ effect, risk, approval, cost, timeout, max_time }: McpToolSettings): ToolRules => ({
  ...{ effect, risk, approval, cost },
  timeoutMs: parseDuration(timeout),
  maxMs: parseDuration(max_time),
});

/** The hash of a place, without its secrets: another key is the same server. */
export function identityOf(place: McpPlace): string {
  const facts =
    place.kind === 'stdio'
      ? { kind: place.kind, command: place.command, args: place.args, cwd: place.cwd }
      : { kind: place.kind, url: place.url.href };
  return `sha256:${sha256(`awe.mcp.server.v1\n${canonicalJson(facts)}`)}`;
}

/** The place in a word, for people: no arguments and no query, which may be private. */
export const addressOf = (place: McpPlace): string =>
  place.kind === 'stdio' ? place.command : `${place.url.origin}${place.url.pathname}`;

export const bothAllow = (a: EgressAllow, b: EgressAllow): EgressAllow => ({
  hosts: [...a.hosts, ...b.hosts],
  ranges: [...a.ranges, ...b.ranges],
});

export const NOTHING_ALLOWED = parseEgressAllow('');
