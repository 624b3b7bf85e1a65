import { jsonBytes } from '../../core/identity';
import { MOST_STEPS, type DefinitionFault } from '../../schemas/definition/definition';
import { escapePointer } from '../contracts/errors';
import { MAX_DEPTH } from '../contracts/limits';
import { fault } from './fault';

/** Bytes of a definition, as JSON. */
const MOST_BYTES = 256 * 1024;

/** Names that reach prototypes in careless code further on. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Faults of a value that is too large, too deep or too sly to be looked at any further: what follows may then be slow
 * for its schema's sake, but not for the sender's.
 */
export function boundFaults(value: unknown): DefinitionFault[] {
  const faults: DefinitionFault[] = [];
  let steps = 0;
  /** bytes that it has at least */
  let least = 0;
  const waiting: { value: unknown; pointer: string; depth: number }[] = [{ value, pointer: '', depth: 0 }];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const { value: part, pointer, depth } = at;
    if (typeof part !== 'object' || part === null) continue;
    if (depth >= MAX_DEPTH)
      return [fault(pointer.slice(0, 200), 'too_deep', `it is nested deeper than ${MAX_DEPTH} levels`)];
    if (!Array.isArray(part)) {
      if (Array.isArray((part as { steps?: unknown }).steps)) steps += (part as { steps: unknown[] }).steps.length;
      if (steps > MOST_STEPS) {
        const hint = 'use a loop for steps that are alike';
        return [fault(`${pointer}/steps`, 'too_many_steps', `it has over ${MOST_STEPS} steps`, hint)];
      }
    }
    for (const [name, member] of Object.entries(part)) {
      least += Array.isArray(part) ? 2 : name.length + 4;
      if (least > MOST_BYTES) return [tooLarge(`over ${MOST_BYTES}`)];
      const inner = `${pointer}/${escapePointer(name)}`;
      if (!Array.isArray(part) && FORBIDDEN.has(name))
        faults.push(fault(inner, 'forbidden_name', `a member may not be called ${name}`));
      waiting.push({ value: member, pointer: inner, depth: depth + 1 });
    }
    if (faults.length >= 20) return faults;
  }
  if (faults.length > 0) return faults;
  const bytes = jsonBytes(value);
  return bytes > MOST_BYTES ? [tooLarge(String(bytes))] : [];
}

const tooLarge = (bytes: string): DefinitionFault =>
  fault('', 'too_large', `it has ${bytes} bytes, and may have ${MOST_BYTES}`, 'keep large values in files');
