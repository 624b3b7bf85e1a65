import type { Json, JsonObject } from '../../../../../schemas/json';
import { member, type Draft } from '../../draft/draft';
import type { Clause } from '../../family';
import { Refusal } from '../../refusal';
import type { Setting } from '../../values/settings';
import { secret } from './auth';

/** What a request carries, called its body: "whose body is the content of x.json", "with the row as the JSON body". */
export const CARRIED_SLOTS = [
  '[comma|open|colon] [and] [whose|with|as] [the] [$format:format] body_word [$format:format] (be|equals|colon|assign|) [of] $thing:what [(in|as) $format:format] [close]',
  '[comma] [and] (with|give|as) $thing:what (as|for|in) [the] [$format:format] body_word [$format:format]',
  '[comma] and $thing:what as [the] [$format:format] body_word [$format:format]',
  '[comma] [and] hand_it [as body_word] $thing:what [(as|for|in) [the] body_word]',
] as const;

/** Bodies of requests that stand in the goal: an object, a form, values of the context by their names. */
export const BODY_SLOTS = [
  '[(with|as|of)] [open] [(data|message|response)] [colon] [as] [json] $json:json [close]',
  '[(with|by|as)] [open] json:as_json (data|message) [colon|of|with] [column] $settings:settings [close]',
  '[(with|by|as)] [open] (data|message) json:as_json [colon|of|with] [column] $settings:settings [close]',
  '[(with|by|as)] [(apikey|data|message|response|password|user)] [open] [form:form] [colon] [(as|in) json:as_json] [colon] [column] $settings:settings [close] [(as|in) (form:form|json:as_json)] [close]',
  '(as|in|with) form:form',
  '[open] no_body [close]',
  '(with|of) $fields:context_fields (from|in|given) [in|by|from] context',
  '$fields:context_fields given [in|by|from] context',
  '[with|of] $fields:context_fields [comma|that] [who_me|that|them|she|clitic] [has] (found|given|use|has|be|there_is|what) [them|clitic] [be] (in|from|given) [in|from|by] context',
] as const;

/** The body of a request that stands in the goal; undefined for none. @throws Refusal for two of them */
export function bodyIn({ slots }: Pick<Clause, 'slots'>, draft: Draft): JsonObject | undefined {
  const given = ['json', 'settings', 'context_fields'].filter((name) => slots[name] !== undefined);
  if (given.length > 1) throw new Refusal(draft.span, 'two things are to be sent: which one is it?');
  const asForm = slots['form'] === true;
  const [name] = given;
  if (name === undefined) {
    if (asForm) throw new Refusal(draft.span, 'say what stands in the form, such as client_id=ops');
    return undefined;
  }
  const value =
    name === 'context_fields'
      ? Object.fromEntries((slots[name] as string[]).map((field) => [field, valueOf(draft, field)]))
      : name === 'settings'
        ? settingsOf(draft, slots[name] as { [name: string]: Setting })
        : literalOf(draft, slots[name] as Json);
  const isJson = slots['as_json'] === true || slots['format'] === 'json';
  return { [asForm || (name === 'settings' && !isJson) ? 'form' : 'json']: value };
}

/** Values of the goal, with secrets and values of the context by their names. */
export const settingsOf = (draft: Draft, given: { [name: string]: Setting }): JsonObject =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]): [string, Json] => [
      name,
      typeof value !== 'object'
        ? literalOf(draft, value)
        : 'secret' in value
          ? secret(value.secret)
          : valueOf(draft, value.context),
    ]),
  );

function valueOf(draft: Draft, field: string): string {
  const key = draft.contextKey(field);
  if (key === undefined) throw new Refusal(draft.span, `the context has no "${field}"`, draft.contextKeys());
  return `\${{ ${member('input', key)} }}`;
}

/** A secret by its name, as plans write it. */
const SECRET = /^\$\{\{ *secrets\.\w+ *\}\}$/;

/** JSON of the goal as it is, in an argument. */
export const literalOf = (draft: Draft, value: Json): Json =>
  typeof value === 'string'
    ? SECRET.test(value)
      ? value
      : draft.literal(value)
    : Array.isArray(value)
      ? value.map((one) => literalOf(draft, one))
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, literalOf(draft, one)]))
        : value;
