import type { McpRemark } from '../../schemas/mcp/tools';
import { escapePointer } from '../contracts/errors';

/** Characters that are not seen: zero widths, tags, variation selectors, fillers, controls. */
const HIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]|[\u{1d173}-\u{1d17a}]/u; // eslint-disable-line no-control-regex -- it looks for them

/** Characters that turn the direction of what is read. */
const BIDI = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Sentences that speak to a model rather than to whoever uses the tool. */
const INSTRUCTIONS: readonly RegExp[] = [
  /\b(ignore|disregard|forget|override)\b.{0,40}\b(previous|prior|above|earlier|all|other|your)\b.{0,40}\b(instruction|prompt|rule|guideline|message|tool)/i,
  /<\/?\s*(important|system|secret|instructions?|hidden|assistant|user|admin)\s*>/i,
  /\b(do not|don'?t|never|without)\b.{0,30}\b(tell|inform|mention|reveal|show|notify|telling|informing|mentioning)\b.{0,30}\b(the )?(user|human|person|anyone|operator)/i,
  /\b(before|instead of|prior to)\b.{0,40}\b(using|calling|invoking)\b.{0,30}\b(this|any|other|another|the)\b.{0,20}\btool/i,
  /\byou (must|should|have to|are required to|need to)\b.{0,80}\b(first|always|read|send|call|include|pass|append)\b/i,
  /(~|\/home\/|\/root\/|%userprofile%)[^\s]{0,40}(\.ssh|\.aws|\.env|id_rsa|credentials|mcp\.json)/i,
  /\b(system prompt|conversation history|chat history|previous messages)\b/i,
  /\b(ignore[sz]?|oubli(e|ez|er))\b.{0,40}\b(instructions?|consignes?|règles?)\b/i,
];

/** Characters of a description that people read to its end. */
const LONG = 4_000;

/**
 * Things in a definition that a person should look at before accepting it: what cannot be seen, and what speaks to a
 * model. They prove nothing; a definition without them may be as false.
 */
export function remarksOn(definition: unknown): McpRemark[] {
  const remarks: McpRemark[] = [];
  visit(definition, '', remarks);
  return remarks.slice(0, 50);
}

function visit(node: unknown, pointer: string, remarks: McpRemark[]): void {
  if (typeof node === 'string') return judge(node, pointer, remarks);
  if (Array.isArray(node)) return node.forEach((item, i) => visit(item, `${pointer}/${i}`, remarks));
  if (typeof node !== 'object' || node === null) return;
  for (const [name, member] of Object.entries(node)) {
    const at = `${pointer}/${escapePointer(name)}`;
    if (HIDDEN.test(name) || BIDI.test(name)) judge(name, at, remarks);
    if (name === 'x-mcp-header')
      remarks.push({
        code: 'secret_header',
        pointer: at,
        message: 'an argument is sent as a header, too, where proxies and logs see it',
      });
    visit(member, at, remarks);
  }
}

function judge(text: string, pointer: string, remarks: McpRemark[]): void {
  const say = (code: McpRemark['code'], message: string) => void remarks.push({ code, pointer, message });
  const hidden = HIDDEN.exec(text);
  if (hidden) say('hidden_text', `holds ${codeOf(hidden[0])}, which nobody can see`);
  const bidi = BIDI.exec(text);
  if (bidi) say('bidi_text', `holds ${codeOf(bidi[0])}, which turns the order of what is read`);
  const plain = text.replaceAll(new RegExp(HIDDEN, 'gu'), '');
  for (const pattern of INSTRUCTIONS) {
    const found = pattern.exec(plain);
    if (!found) continue;
    say('instruction', `speaks to a model: "${found[0].replace(/\s+/g, ' ').slice(0, 120)}"`);
    break;
  }
  if (text.length > LONG) say('long_text', `has ${text.length} characters`);
}

const codeOf = (sign: string): string => `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
