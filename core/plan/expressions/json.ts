import { LIMITS, tooBig, type Budget } from './budget';
import { fail } from './errors';
import { ceil, isFinite, keysOf } from './natives';
import { durationText, timestampText } from './time';
import {
  type Duration,
  kindOf,
  type Optional,
  setOwn,
  type Timestamp,
  type Json,
  type Value,
  type ValueMap,
} from './values';

/** Adds up the characters of values written as JSON, roughly; throws `expression.limit` above `most`. */
export class Size {
  private characters = 0;

  constructor(private readonly most: number = LIMITS.size) {}

  add(characters: number): void {
    this.characters += characters;
    if (this.characters > this.most) throw tooBig(this.most);
  }
}

/**
 * Converts a computed value to JSON: timestamps and durations become text, bytes become base64, an empty optional
 * becomes null. A value that is JSON already is returned uncopied, so results share structure with the scope.
 *
 * @throws ExpressionError `expression.limit` when it is too large or too deep, `expression.failed` for NaN or Infinity.
 */
export function toJson(value: Value, size: Size = new Size(), budget?: Budget, depth = 0): Json {
  budget?.spend(4);
  switch (kindOf(value)) {
    case 'null':
    case 'bool':
      size.add(4);
      return (value ?? null) as Json;
    case 'number':
      size.add(4);
      return requireFinite(value as number);
    case 'string':
      size.add((value as string).length + 2);
      return value as string;
    case 'timestamp':
      size.add(26);
      return timestampText(value as Timestamp);
    case 'duration':
      size.add(8);
      return durationText(value as Duration);
    case 'bytes':
      size.add(ceil((value as Uint8Array).length / 3) * 4 + 2);
      budget?.read((value as Uint8Array).length);
      return base64(value as Uint8Array);
    case 'optional':
      return toJson((value as Optional).value ?? null, size, budget, depth);
    case 'list':
      assertDepth(depth);
      size.add(2);
      return listToJson(value as Value[], size, budget, depth + 1);
    case 'map':
      assertDepth(depth);
      size.add(2);
      return mapToJson(value as ValueMap, size, budget, depth + 1);
  }
}

/**
 * Text of a value inside other text: nothing for null, JSON for objects and lists, and for the rest JSON without
 * quotes.
 */
export function toText(value: Value, budget: Budget): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  const json = toJson(value, new Size(), budget);
  if (json === null) return '';
  return typeof json === 'string' ? json : writeJson(json, budget);
}

/** JSON text of a value, charged to the budget. */
export function jsonText(value: Value, budget: Budget): string {
  return writeJson(toJson(value, new Size(), budget), budget);
}

export function requireFinite(value: number): number {
  if (isFinite(value)) return value;
  throw fail('expression.failed', `The result is ${value}, which JSON cannot hold`, 'Check the operands');
}

function writeJson(json: Json, budget: Budget): string {
  const text = JSON.stringify(json);
  budget.write(text.length);
  return text;
}

function listToJson(list: Value[], size: Size, budget: Budget | undefined, depth: number): Json {
  let copy: Json[] | undefined;
  for (let i = 0; i < list.length; i++) {
    const item = list[i] as Value;
    const json = toJson(item, size, budget, depth);
    if (json !== item && copy === undefined) copy = list.slice(0, i) as Json[];
    copy?.push(json);
  }
  return copy ?? (list as Json);
}

function mapToJson(map: ValueMap, size: Size, budget: Budget | undefined, depth: number): Json {
  let copy: Record<string, Json> | undefined;
  for (const key of keysOf(map)) {
    const item = map[key] as Value;
    size.add(key.length + 3);
    const json = toJson(item, size, budget, depth);
    if (json !== item && copy === undefined) copy = { ...(map as Record<string, Json>) };
    if (copy) setOwn(copy, key, json);
  }
  return copy ?? (map as Json);
}

function assertDepth(depth: number): void {
  if (depth < LIMITS.valueDepth) return;
  throw fail('expression.limit', `The value nests deeper than ${LIMITS.valueDepth}`, 'Select the part that is needed');
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Written by hand because the sandbox has neither Buffer nor btoa. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = [bytes[i], bytes[i + 1], bytes[i + 2]];
    const group = (a << 16) | (b << 8) | c;
    text += ALPHABET.charAt(group >> 18) + ALPHABET.charAt((group >> 12) & 63);
    text += i + 1 < bytes.length ? ALPHABET.charAt((group >> 6) & 63) : '=';
    text += i + 2 < bytes.length ? ALPHABET.charAt(group & 63) : '=';
  }
  return text;
}
