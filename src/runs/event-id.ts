import { createHash } from 'node:crypto';

/** The UUID namespace of the platform's event ids; the workflows have the same (`workflows/engine/identity`). */
const NAMESPACE = Buffer.from('awe:event-id:v5.');

/** The id that a run gives to its event number `seq`: UUID version 5 of workflow, execution and number. */
export function eventId(workflowId: string, runId: string, seq: number): string {
  const hash = createHash('sha1').update(NAMESPACE).update(`${workflowId}:${runId}:${seq}`).digest().subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
