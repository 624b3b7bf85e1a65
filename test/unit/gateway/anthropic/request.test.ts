import type { ChatRequest } from '../../../../schemas/llm';
import { toMessagesRequest } from '../../../../src/gateway/providers/anthropic/request';

const user = { role: 'user' as const, content: 'hello' };
const ask = (more: Partial<ChatRequest> = {}) =>
  toMessagesRequest({ model: 'claude-haiku-4-5', messages: [user], max_completion_tokens: 50, ...more });
const weather = { name: 'weather', description: 'of a city', parameters: { type: 'object', properties: {} } };
const tools = [{ type: 'function', function: weather }];
const call = (id: string) => ({ id, type: 'function', function: { name: 'weather', arguments: '{"city":"Rome"}' } });
const text = (words: string) => ({ type: 'text', text: words });

describe('a chat for Anthropic', () => {
  it('says no more than it was asked', () => {
    expect(ask()).toEqual({
      model: 'claude-haiku-4-5',
      max_tokens: 50,
      messages: [{ role: 'user', content: [text('hello')] }],
    });
  });

  it('has its instructions before its messages, wherever they were', () => {
    const messages: ChatRequest['messages'] = [
      { role: 'system', content: 'be brief' },
      user,
      { role: 'developer', content: [text('be kind')] },
    ];
    expect(ask({ messages })).toMatchObject({
      system: [text('be brief'), text('be kind')],
      messages: [{ role: 'user', content: [text('hello')] }],
    });
  });

  it('takes turns: results of tools are one turn, after their calls, and empty words are none', () => {
    const messages: ChatRequest['messages'] = [
      user,
      { role: 'assistant', content: '', tool_calls: [call('a'), call('b')] },
      { role: 'tool', tool_call_id: 'a', content: 'sun' },
      { role: 'tool', tool_call_id: 'b', content: [text('rain')] },
      { role: 'user', content: 'and?' },
    ];
    const use = (id: string) => ({ type: 'tool_use', id, name: 'weather', input: { city: 'Rome' } });
    const result = (id: string, words: string) => ({ type: 'tool_result', tool_use_id: id, content: [text(words)] });
    expect(ask({ messages, tools }).messages).toEqual([
      { role: 'user', content: [text('hello')] },
      { role: 'assistant', content: [use('a'), use('b')] },
      { role: 'user', content: [result('a', 'sun'), result('b', 'rain'), text('and?')] },
    ]);
  });

  it('has tools, and its choice among them', () => {
    const input_schema = weather.parameters;
    expect(ask({ tools })).toMatchObject({ tools: [{ name: 'weather', description: 'of a city', input_schema }] });
    expect(ask({ tools })).not.toHaveProperty('tool_choice');
    const choice = (more: Partial<ChatRequest>) => ask({ tools, ...more }).tool_choice;
    expect(choice({ tool_choice: 'none' })).toEqual({ type: 'none' });
    expect(choice({ parallel_tool_calls: false })).toEqual({ type: 'auto', disable_parallel_tool_use: true });
    expect(choice({ tool_choice: 'required' })).toEqual({ type: 'any' });
    expect(choice({ tool_choice: { type: 'function', function: { name: 'weather' } } })).toEqual({
      type: 'tool',
      name: 'weather',
    });
    const strict = [{ type: 'function', function: { ...weather, strict: true } }];
    expect(ask({ tools: strict }).tools).toEqual([
      {
        name: 'weather',
        description: 'of a city',
        strict: true,
        input_schema: { ...input_schema, additionalProperties: false },
      },
    ]);
  });

  it('has pictures, by address or as they are', () => {
    const image = (url: string) => ({ type: 'image_url', image_url: { url } });
    const content = [image('https://example.com/a.png'), image('data:image/png;base64,AAAA')];
    expect(ask({ messages: [{ role: 'user', content }] }).messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
        ],
      },
    ]);
  });

  it('has the form of its answer, its effort, its end, its user and its tier', () => {
    const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };
    const format = { type: 'json_schema' as const, json_schema: { name: 'n', strict: true, schema } };
    expect(ask({ response_format: format, reasoning_effort: 'high' }).output_config).toEqual({
      effort: 'high',
      format: { type: 'json_schema', schema: { ...schema, additionalProperties: false } },
    });
    expect(ask({ reasoning_effort: 'none' })).toMatchObject({ thinking: { type: 'disabled' } });
    expect(ask({ stop: 'END', user: 'u-1', service_tier: 'default', temperature: 1, top_p: 0.9 })).toMatchObject({
      ...{ stop_sequences: ['END'], metadata: { user_id: 'u-1' }, service_tier: 'standard_only' },
      ...{ temperature: 1, top_p: 0.9 },
    });
  });

  it('is cached where its caller names a key of the cache: the instructions, and all until now', () => {
    const messages: ChatRequest['messages'] = [
      { role: 'system', content: 'a' },
      { role: 'system', content: 'b' },
      user,
    ];
    const mark = { cache_control: { type: 'ephemeral' } };
    expect(ask({ messages, prompt_cache_key: 'k' })).toMatchObject({
      ...mark,
      system: [text('a'), { ...text('b'), ...mark }],
    });
    expect(JSON.stringify(ask({ messages }))).not.toContain('cache_control');
  });

  it.each<[string, Partial<ChatRequest>, RegExp]>([
    ['a seed', { seed: 7 }, /no seed/],
    ['several answers', { n: 2 }, /no n:/],
    ['a penalty', { presence_penalty: 0.5 }, /no presence_penalty/],
    ['logprobs', { logprobs: true }, /no logprobs/],
    ['biases', { logit_bias: { 5: 1 } }, /no logit_bias/],
    ['JSON of no form', { response_format: { type: 'json_object' } }, /no json_object/],
    ['a form without a schema', { response_format: { type: 'json_schema', json_schema: { name: 'n' } } }, /is missing/],
    ['tools of another kind', { tools: [{ type: 'custom' }] }, /of the type function/],
    ['a choice of another kind', { tools, tool_choice: { type: 'allowed_tools' } }, /tool_choice is/],
    ['sound', { messages: [{ role: 'user', content: [{ type: 'input_audio' }] }] }, /kind input_audio/],
    [
      'arguments that are no JSON',
      { messages: [{ role: 'assistant', tool_calls: [{ ...call('a'), function: { name: 'w', arguments: '{' } }] }] },
      /not a JSON object/,
    ],
  ])('refuses %s, which is not there, by its name', (_, more, message) => {
    expect(() => ask(more)).toThrow(message);
  });

  it('takes what says nothing', () => {
    const nothing = { n: 1, presence_penalty: 0, frequency_penalty: 0, logprobs: false, verbosity: 'medium' };
    expect(ask({ ...nothing, metadata: { a: 'b' }, response_format: { type: 'text' } })).toEqual(ask());
  });
});
