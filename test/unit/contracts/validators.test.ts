import { Type } from 'typebox';
import type { PlatformEvent } from '../../../schemas/envelope';
import { eventCatalogue } from '../../../schemas/catalogue';
import { parseForeignEvent } from '../../../src/contracts/foreign';
import { contracts } from '../../../src/contracts/json-schema';
import { createEventValidator, validatorFor } from '../../../src/contracts/validators';

const validator = createEventValidator();

const event = (more: Partial<PlatformEvent> = {}): PlatformEvent => ({
  event_id: 'e-1',
  event_type: 'TASK.STARTED',
  schema_version: 1,
  source: 'awe',
  occurred_at: '2026-01-05T08:00:00.000Z',
  correlation_id: 'c-1',
  causation_id: null,
  subject: { kind: 'run', id: 'audit.run.1' },
  seq: 1,
  payload: { run: 'audit.run.1', step: 'fetch', round: 1 },
  ...more,
});
const own = (value: PlatformEvent) => validator.validateOwn(value, JSON.stringify(value));

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

describe('the catalogue of events', () => {
  it.each(eventCatalogue.map((definition) => [definition.type, definition] as const))(
    '%s compiles strictly and its example keeps it',
    (type, { version, example }) => {
      const sample = event({ event_type: type, schema_version: version, payload: example });
      expect(own(sample)).toEqual({ ok: true, value: sample });
    },
  );

  it('has every type and version once', () => {
    const names = contracts().map(({ name, version }) => `${name} ${version}`);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('an own event', () => {
  it.each([
    ['an unknown type', { event_type: 'TASK.DREAMT' }, '/event_type', 'is not a known event type'],
    ['an unknown version', { schema_version: 7 }, '/schema_version', 'must be 1 for TASK.STARTED'],
    ['no seq', { seq: undefined }, '/seq', 'is missing'],
    ['no subject', { subject: undefined }, '/subject', 'is missing'],
    ['a bad payload', { payload: { run: 'r', step: '', round: 1 } }, '/payload/step', 'must not be empty'],
    ['a missing part', { payload: { run: 'r', step: 's' } }, '/payload/round', 'is missing'],
    ['a name the envelope does not know', { extra: 1 }, '/extra', 'is not a known name here'],
    ['a time that is none', { occurred_at: 'yesterday' }, '/occurred_at', 'must be an instant such as'],
    ['too many bytes', { payload: { run: 'é'.repeat(600_000) } }, '', 'bytes, more than 1048576'],
    ['too many levels', { payload: { run: nested(80) as string } }, '', 'deeper than 64 levels'],
  ])('with %s is told where and why', (_, wrong, pointer, message) => {
    const checked = own(event(wrong as Partial<PlatformEvent>));
    expect(checked).toMatchObject({ ok: false, stage: 'schema', errors: [{ pointer }] });
    expect(!checked.ok && checked.errors[0]?.message).toContain(message);
  });

  it.each([
    ['2026-01-28T23:59:59Z', true],
    ['2026-01-31T08:00:00.123456Z', true],
    ['2028-02-29T08:00:00Z', true],
    ['2026-02-29T08:00:00Z', false],
    ['2026-04-31T08:00:00Z', false],
    ['2026-13-01T08:00:00Z', false],
    ['2026-00-01T08:00:00Z', false],
    ['2026-01-00T08:00:00Z', false],
    ['2026-01-05T24:00:00Z', false],
    ['2026-01-05T08:60:00Z', false],
    ['2026-01-05T08:00:00+02:00', true],
    ['2026-01-05T08:00:00', false],
    ['2026-01-05T08:00:00Z\n', false],
    ['2026-12-31T23:59:60Z', true],
    ['2026-01-05T08:00:60Z', false],
  ])('of %j is at an instant: %s', (occurred_at, valid) => {
    expect(own(event({ occurred_at })).ok).toBe(valid);
  });

  it('of an unknown type passes where the validator is lenient', () => {
    const lenient = createEventValidator({ strict: false });
    expect(lenient.validateEvent(event({ event_type: 'OTHER.THING' })).ok).toBe(true);
  });

  it('is held to its own version where two stand side by side', () => {
    const both = createEventValidator({
      catalogue: [
        { type: 'A.B', version: 1, payload: Type.Object({ a: Type.String() }) },
        { type: 'A.B', version: 2, payload: Type.Object({ b: Type.String() }) },
      ],
    });
    const check = (version: number, payload: PlatformEvent['payload']) =>
      both.validateEvent(event({ event_type: 'A.B', schema_version: version, payload })).ok;
    expect([check(1, { a: '' }), check(2, { a: '' }), check(2, { b: '' })]).toEqual([true, false, true]);
  });
});

describe('the bytes of an entry', () => {
  it.each([
    ['no JSON', '{"event_id":', 'is not JSON'],
    ['no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 'not UTF-8'],
    ['too large', `"${'x'.repeat(1_100_000)}"`, 'more than 1048576'],
    ['too deep for anything that recurses', '['.repeat(400_000) + ']'.repeat(400_000), 'deeper than 64'],
  ])('that are %s end in the stage parse', (_, raw, message) => {
    const checked = validator.parseEvent(raw);
    expect(checked).toMatchObject({ ok: false, stage: 'parse', errors: [{ pointer: '' }] });
    expect(!checked.ok && checked.errors[0]?.message).toContain(message);
  });
});

describe('an event of somebody else', () => {
  const given = {
    event_type: 'PROJECT.INITIAL_REQUEST_RECEIVED',
    payload: { project_id: 'P1', request_text: 'full audit' },
  };
  const parse = (value: unknown, id = '1767600000000-3') => parseForeignEvent(JSON.stringify(value), id, validator);
  const id = (value: unknown, entry?: string) => {
    const checked = parse(value, entry);
    return checked.ok ? checked.value.event_id : checked.errors;
  };

  it('gets safe values for what was left out', () => {
    expect(parse(given)).toEqual({
      ok: true,
      value: {
        ...given,
        event_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
        schema_version: 1,
        source: 'unknown',
        occurred_at: '2026-01-05T08:00:00.000Z',
        correlation_id: 'P1',
      },
    });
  });

  it('without an id is the same event in every entry with the same content, and another with another', () => {
    const turned = { payload: { request_text: 'full audit', project_id: 'P1' }, event_type: given.event_type };
    expect(id(given, '1767600000000-3')).toBe(id(turned, '1767609999999-0'));
    expect(id(given)).not.toBe(id({ ...given, occurred_at: '2026-01-05T09:00:00Z' }));
  });

  it('keeps what it says itself', () => {
    const whole = {
      ...given,
      event_id: 'mine',
      schema_version: 1,
      source: 'erp',
      occurred_at: '2026-01-01T00:00:00Z',
      correlation_id: 'c',
    };
    expect(parse(whole)).toEqual({ ok: true, value: whole });
  });

  it.each([
    ['no type', { payload: {} }, '/event_type'],
    ['no payload', { event_type: 'RUN.COMPLETED' }, '/payload'],
    ['an id that is no text', { ...given, event_id: 5 }, '/event_id'],
    [
      'a payload that breaks its contract',
      { ...given, payload: { project_id: '../x', request_text: 'a' } },
      '/payload/project_id',
    ],
    ['no object', [], ''],
  ])('with %s is refused', (_, value, pointer) => {
    const checked = parse(value);
    expect(checked.ok).toBe(false);
    expect(!checked.ok && checked.errors.map((error) => error.pointer)).toContain(pointer);
  });
});

describe('errors of a choice', () => {
  const Body = Type.Object({
    cover: Type.Optional(Type.Union([Type.Literal('day'), Type.Literal('period')])),
    minutes: Type.Optional(Type.Union([Type.Number(), Type.String({ maxLength: 3 }), Type.Null()])),
    on_error: Type.Optional(
      Type.Union([Type.Literal('fail'), Type.Object({ fallback: Type.String() }, { additionalProperties: false })]),
    ),
  });
  const errors = (value: unknown) => {
    const checked = validatorFor(Type.Array(Body))(value);
    return checked.ok ? [] : checked.errors.map(({ pointer, message }) => `${pointer} ${message}`);
  };

  it('are told as one', () => {
    expect(errors([{}, { cover: 'week', minutes: [] }])).toEqual([
      '/1/cover must be "day" or "period"',
      '/1/minutes must be a number, a string or null',
    ]);
  });

  it('name the place inside the alternative that was meant', () => {
    expect(errors([{ minutes: 'long' }, { on_error: { falback: 'x' } }, { on_error: 3 }])).toEqual([
      '/0/minutes must have at most 3 characters',
      '/1/on_error/fallback is missing',
      '/1/on_error/falback is not a known name here',
      '/2/on_error must be "fail" or an object',
    ]);
  });

  it('are bounded for 50,000 wrong rows', () => {
    expect(errors(Array.from({ length: 50_000 }, () => ({ cover: 1, minutes: {} })))).toHaveLength(50);
  });
});
