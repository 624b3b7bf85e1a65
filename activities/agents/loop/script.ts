import type { JsonObject } from '../../../schemas/json';
import type { ChatMessage } from '../../../schemas/llm';
import { canonicalJson } from '../../../src/documents/json';
import type { AskedCall, Said } from '../../../src/llm/client';
import type { KeptCall, RunTranscripts, Transcript } from '../../../src/transcripts/transcripts';

/** Characters of the result of a tool that the model is shown. */
const SHOWN = 16_000;

/**
 * A transcript as the loop writes it: kept after each change, so that an attempt that finds it goes on from there.
 * A call is answered in the order in which the model has asked, by one message each.
 */
export class Script {
  private constructor(
    private readonly kept: RunTranscripts,
    private readonly key: string,
    readonly is: Transcript,
  ) {}

  /** The transcript of the attempts before, or a new one. */
  static async open(
    kept: RunTranscripts,
    key: string,
    about: Pick<Transcript, 'step' | 'round'>,
    opening: () => ChatMessage[],
  ): Promise<Script> {
    const before = await kept.read(key);
    return new Script(kept, key, before ?? { ...about, messages: opening(), calls: [] });
  }

  private async save(): Promise<void> {
    await this.kept.write(this.key, this.is);
  }

  /** The calls that the model has asked for last, and that have no answer yet. */
  get open(): AskedCall[] {
    const at = this.is.messages.findLastIndex(({ role }) => role !== 'tool');
    const said = this.is.messages[at];
    if (said?.role !== 'assistant') return [];
    return callsIn(said).slice(this.is.messages.length - at - 1);
  }

  /** The place of the next call to answer among all that the model has asked for, from 1. */
  get place(): number {
    return this.is.messages.filter(({ role }) => role === 'tool').length + 1;
  }

  /** The model's last word, where it is an answer and nobody has objected to it. */
  get answer(): string | undefined {
    const last = this.is.messages.at(-1);
    if (last?.role !== 'assistant' || callsIn(last).length > 0) return undefined;
    return typeof last.content === 'string' ? last.content : '';
  }

  /** How often an answer was objected to. */
  get objections(): number {
    return this.is.messages.filter(({ role }) => role === 'user').length - 1;
  }

  /** How often the same call was asked for before the one at hand. */
  repeats(call: AskedCall): number {
    const wanted = identityOf(call);
    const asked = this.is.messages.flatMap(callsIn);
    return asked.slice(0, this.place - 1).filter((one) => identityOf(one) === wanted).length;
  }

  /** The call of a tool that an attempt before has begun and not ended. */
  begun(place: number): KeptCall | undefined {
    return this.is.calls.find((call) => call.place === place && call.outcome === 'begun');
  }

  async said({ text, calls }: Said): Promise<void> {
    this.is.messages.push({
      role: 'assistant',
      content: text.toWellFormed(),
      ...(calls.length === 0 ? {} : { tool_calls: calls.map(toolCallOf) }),
    });
    await this.save();
  }

  async object(words: string): Promise<void> {
    this.is.messages.push({ role: 'user', content: words });
    await this.save();
  }

  /** The result of a call, as data: whatever stands in it is quoted. */
  async answerCall({ id }: AskedCall, result: JsonObject): Promise<void> {
    const text = JSON.stringify(result);
    const content = text.length <= SHOWN ? text : JSON.stringify({ cut: true, beginning: text.slice(0, SHOWN) });
    this.is.messages.push({ role: 'tool', tool_call_id: id, content: content.toWellFormed() });
    await this.save();
  }

  /** Notes a call before it is made, so that an attempt that is cut off leaves a trace. */
  async begin(call: Omit<KeptCall, 'outcome' | 'at'>): Promise<(end: Partial<KeptCall>) => Promise<void>> {
    const began = Date.now();
    const noted: KeptCall = { ...call, at: new Date(began).toISOString(), outcome: 'begun' };
    this.is.calls.push(noted);
    await this.save();
    return async (end) => {
      Object.assign(noted, { milliseconds: Date.now() - began }, end);
      await this.save();
    };
  }
}

function callsIn({ tool_calls: asked = [] }: ChatMessage): AskedCall[] {
  return asked.map((call) => {
    const { name = '', arguments: given = '' } = (call.function ?? {}) as { name?: string; arguments?: string };
    return { id: typeof call.id === 'string' ? call.id : '', name, arguments: given };
  });
}

const toolCallOf = ({ id, name, arguments: given }: AskedCall): JsonObject => ({
  ...{ id, type: 'function' },
  function: { name: name.slice(0, 100), arguments: given.toWellFormed() },
});

/** Two calls with the same name and the same arguments, however they are written, are the same. */
function identityOf({ name, arguments: given }: AskedCall): string {
  try {
    return `${name} ${canonicalJson(JSON.parse(given))}`;
  } catch {
    return `${name} ${given}`;
  }
}
