import { parseText, references, render } from '../../core/plan/expressions';
import type { Json } from '../../schemas/json';

/** A text of a plan as far as it is known: `hole` stands for each part that is not. */
export function knownText(value: Json | undefined, input: Json | undefined, hole: string): string | undefined {
  const known = typeof value === 'string' ? knownValue(value, input) : { value };
  if (known) return typeof known.value === 'string' ? known.value : undefined;
  return parseText(value as string)
    .parts.map((part) => (typeof part === 'string' ? part : knownPart(part.source, input, hole)))
    .join('');
}

function knownPart(source: string, input: Json | undefined, hole: string): string {
  const value = knownValue(`text \${{ ${source} }}`, input)?.value;
  return typeof value === 'string' ? value.slice('text '.length) : hole;
}

/** A value of a plan, if it is literal, or reads nothing but the input, which is known. */
export function knownValue(template: Json, input: Json | undefined): { value: Json } | undefined {
  const reads = references(template);
  if (reads.some(({ root }) => root !== 'input') || (reads.length > 0 && input === undefined)) return undefined;
  try {
    return { value: render(template, input === undefined ? {} : { input }) };
  } catch {
    return undefined; // other checks name the fault
  }
}
