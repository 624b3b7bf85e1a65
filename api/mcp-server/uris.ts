/** Addresses of resources. */

export const runUri = (workflowId: string): string => `awe://runs/${encodeURIComponent(workflowId)}`;
export const eventsUri = (workflowId: string, after = 0): string =>
  `${runUri(workflowId)}/events${after === 0 ? '' : `?after=${after}`}`;
export const approvalUri = (workflowId: string, approvalId: string): string =>
  `${runUri(workflowId)}/approvals/${encodeURIComponent(approvalId)}`;
export const artifactUri = (artifactId: string): string => `awe://artifacts/${artifactId}`;

/** A resource, by its address. */
export type Named =
  | { kind: 'run'; workflowId: string }
  | { kind: 'events'; workflowId: string; after: number }
  | { kind: 'approval'; workflowId: string; approvalId: string }
  | { kind: 'artifact'; artifactId: string };

/** Reads an address; undefined if it is none of ours. */
export function readUri(uri: string): Named | undefined {
  const [, run, rest = ''] = /^awe:\/\/runs\/([^/?#]{1,600})(.*)$/s.exec(uri) ?? [];
  const workflowId = run === undefined ? undefined : decoded(run);
  if (workflowId !== undefined) {
    if (rest === '') return { kind: 'run', workflowId };
    const [isEvents, after = '0'] = /^\/events(?:\?after=(\d{1,15}))?$/.exec(rest) ?? [];
    if (isEvents !== undefined) return { kind: 'events', workflowId, after: Number(after) };
    const [, approval = ''] = /^\/approvals\/([^/?#]{1,400})$/.exec(rest) ?? [];
    const approvalId = decoded(approval);
    return approvalId ? { kind: 'approval', workflowId, approvalId } : undefined;
  }
  const [, artifactId] = /^awe:\/\/artifacts\/([0-9a-f]{64})$/.exec(uri) ?? [];
  return artifactId === undefined ? undefined : { kind: 'artifact', artifactId };
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
