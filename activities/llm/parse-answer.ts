import type { Json } from '../../schemas/json';

/** The answer of a model as JSON, undefined where it is none; some models put it between fences against the instruction. */
export function parseAnswer(text: string): Json | undefined {
  const [, fenced = text] = /^\s*```(?:json)?\s*\n([\s\S]*?)\n\s*```\s*$/.exec(text) ?? [];
  try {
    return JSON.parse(fenced) as Json;
  } catch {
    return undefined;
  }
}
