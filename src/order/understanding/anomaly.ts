import type { Anomaly } from '../../../schemas/order/order';
import type { Found } from './line';
import type { Message } from './message';
import { messages } from './messages';

/** A finding in words, in both languages. */
export function anomaly({ code, evidence, words = {}, severity, line_id, line_ids }: Found): Anomaly {
  const message: Message = messages[code];
  const { fix } = message;
  return {
    code,
    severity: severity ?? message.severity,
    message: { en: fill(message.en, words), fr: fill(message.fr, words) },
    ...(line_id ? { line_id } : {}),
    ...(line_ids ? { line_ids } : {}),
    evidence,
    ...(fix ? { suggestion: { en: fill(fix.en, words), fr: fill(fix.fr, words) } } : {}),
  };
}

const fill = (text: string, words: Record<string, string>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => (words[name] ?? '…').slice(0, 200));
