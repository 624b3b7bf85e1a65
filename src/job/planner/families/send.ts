import type { JsonObject } from '../../../../schemas/json';
import { type Draft, itemOf } from '../draft/draft';
import type { Made } from '../draft/made';
import { address, fetchUrl } from '../draft/urls';
import type { Family, Clause } from '../family';
import type { Format, Ref, Span } from '../reading';
import { Refusal } from '../refusal';
import { slug } from '../text/fold';
import { fetchFamily } from './fetch';
import { AUTH_SLOTS, headersOf } from './parts/auth';
import { BODY_SLOTS, bodyIn, CARRIED_SLOTS } from './parts/body';
import { take, takeRows } from './parts/take';
import { textOf } from '../grammar/slots';
import { WHERE_SLOTS } from './parts/rows';

/** Words that have a request made for each element. */
const repeatedBy = (method: string): string[] => [
  '[open] one_by_one:one_by_one [per] [data|noun] [close]',
  '[comma] one_by_one:one_by_one for $element:for_each',
  'each_alone:one_by_one',
  'each_of_them:one_by_one',
  '[comma] $rowwise:one_by_one',
  `[comma|open] [single|the] [one_time|check_noun|${method} [check_noun|request_word]] (each|per) [of] ($listed:for_each|$placed_element:for_each|$element:for_each) [close]`,
];

/** Requests that carry something to an address. */
export const sendFamily: Family = {
  name: 'send',
  does: 'sends something to an address: POST, PUT or PATCH',
  examples: [
    'post the total to https://api.example.com/totals',
    'send them to https://api.example.com/import with the token in API_TOKEN',
    'envoie le résultat à https://api.example.com/x',
  ],
  heads: ['send', 'put:put', 'patch:patch', 'insert', 'save', 'post $whole:what'],
  slots: [
    '[of] $thing:what',
    '(to|at|on|in|with) [place] $url:url',
    '$url:url',
    '(to|at) place:unnamed [$remark:aside]',
    'as $format:format',
    '[(with|by|as|in|open)] [single] [single] [request_word] [$format:format] (put:put|patch:patch|post:posted) [$format:format] [(call|request_word)] [comma] [in_one] [close]',
    '[as|in|with] multipart:multipart',
    '[comma] [as|in] [json] (in|as|under) column [called] $identifier:wrap',

    '[all] [data] [in|as] in_one',
    '(as|in|with) [single] (send|call) [$format:format] [data|message|response]',
    '(as|in|with) [single] $format:format (data|message|response|send|call)',
    '[(with|as)] [open] (data|message|response) [colon] [of] $thing:what [close]',
    'with $thing:what',
    '[text] $text:content',
    ...CARRIED_SLOTS,
    ...BODY_SLOTS,
    ...repeatedBy('(put:put|patch:patch|post:posted)'),
    ...WHERE_SLOTS,
    ...AUTH_SLOTS,
  ],
  tails: [
    '[comma] $purpose:told',
    ...CARRIED_SLOTS,
    'no_body',
    'comma (put:put|patch:patch|post) $end:aside',
    '[comma] request_word [be|colon] (put:put|patch:patch|post)',
    'open [as|in] $format:format close',
    'open [by|as|with|in] [single] (put:put|patch:patch|post) comma [(as|in)] [$format:format] [data|response|message|request_word] [comma] [in_one] close',
    'open [by|as|with|in] [single] [single] (put:put|patch:patch|post) [(as|in)] [$format:format] [request_word] [comma] [in_one] close',
  ],
  across: [CARRIED_SLOTS[0]],
  needs: [['url', 'unnamed']],
  predicates: ['[must|ought] [be] goes', '[must|ought] [be] send'],
  bare: ['$url:url receives'],
  passive: true,
  plan(clause, draft) {
    const { slots } = clause;
    if (slots['url'] === undefined) throw new Refusal(placeIn(draft), 'say which address this is');
    const what = slots['what'] as Ref | undefined;
    // "load the invoices at https://…": where they are, not where they go
    const isRead =
      draft.input.is(clause.start, 'fetch') && !draft.input.is(clause.start, 'send', 'save', 'put', 'patch', 'post');
    if (
      isRead &&
      what?.kind === 'thing' &&
      what.source === undefined &&
      draft.input.tokens[what.at[1]]?.folded === 'at'
    ) {
      const source = { type: 'url', url: textOf(slots['url']) } as const;
      fetchFamily.plan({ ...clause, slots: { what: [{ ...what, source }] } }, draft);
      return;
    }
    const method = slots['put'] === true ? 'PUT' : slots['patch'] === true ? 'PATCH' : 'POST';
    const url = textOf(slots['url']);
    if (hasBody(slots)) {
      if (slots['what'] !== undefined || slots['content'] !== undefined)
        throw new Refusal(draft.span, 'two things are to be sent: which one is it?');
      request(draft, clause, method, url, undefined);
      return;
    }
    if (slots['content'] !== undefined) {
      if (slots['what'] !== undefined) throw new Refusal(draft.span, 'two things are to be sent: which one is it?');
      request(draft, clause, method, url, undefined, textOf(slots['content']));
      return;
    }
    // "send a POST to https://…", where nothing was made that it could carry
    const isPlain = slots['what'] === undefined && slots['posted'] === true && !draft.each && !hasFresh(draft);
    if (isPlain) {
      request(draft, clause, method, url, undefined);
      return;
    }
    const made =
      slots['what'] === undefined && draft.each
        ? itemOf(draft.clause)
        : takeRows(draft, slots['what'] as Ref | undefined, clause);
    request(draft, clause, method, url, made);
  },
};

/** True where something was made that has gone nowhere yet. */
const hasFresh = ({ made }: Draft): boolean => made.some(({ consumed, used }) => !consumed && !used);

/** Where a place stands that is spoken of, and not named: "to the usual address". */
function placeIn({ input, span: [start, end] }: Draft): Span {
  let at = end - 1;
  while (at > start && !input.is(at, 'place')) at--;
  while (at > start && !input.is(at, 'to', 'at')) at--;
  while (input.tokens[end] !== undefined && input.tokens[end]?.kind === 'word' && !input.beginsClause(end)) end++;
  return [at, end];
}

const hasBody = (slots: Clause['slots']): boolean =>
  ['json', 'settings', 'context_fields'].some((name) => slots[name] !== undefined);

function request(
  draft: Draft,
  clause: Clause,
  method: string,
  url: string,
  made: Made | undefined,
  text?: string,
): void {
  const plain = { text: draft.literal(text ?? ''), headers: { 'content-type': 'text/plain' } };
  const given = bodyIn(clause, draft);
  const body: JsonObject = made
    ? bodyOf(draft, made, clause)
    : given !== undefined
      ? given
      : text === undefined
        ? {}
        : plain;
  if (
    !made &&
    given === undefined &&
    text === undefined &&
    draft.each &&
    method !== 'DELETE' &&
    !/[{]|\/:\w/.test(url)
  ) {
    draft.note('Each request carries its element as JSON.');
    Object.assign(body, { json: '${{ item }}' });
  }
  const label = slug(made?.labels.find(Boolean) ?? '');
  const step = draft.add([method.toLowerCase(), label].filter(Boolean).join('_'), {
    uses: 'http.request',
    with: { url: address(draft, url, draft.span), method, ...withHeaders(body, headersOf(clause, draft, url)) },
  });
  if (made) made.used = true;
  draft.make({ labels: ['response', 'answer', 'réponse'], form: 'data', step, path: 'body', answer: true, used: true });
  draft.results.set(step, { step, path: 'status' });
}

const withHeaders = (body: JsonObject, more: JsonObject): JsonObject => {
  const headers = { ...(body['headers'] as JsonObject | undefined), ...(more['headers'] as JsonObject | undefined) };
  return { ...body, ...(Object.keys(headers).length === 0 ? {} : { headers }) };
};

function bodyOf(draft: Draft, made: Made, clause: Clause): JsonObject {
  const { slots } = clause;
  const ref = slots['what'] as Ref | undefined;
  const isContent = ref?.kind === 'thing' && ref.words.some(({ token }) => draft.input.is(token, 'data'));
  if (made.form === 'figure' && slots['format'] !== undefined && slots['format'] !== 'json')
    throw new Refusal(draft.span, 'a figure is sent as JSON');
  if (made.form === 'figure')
    return { json: { [made.labels[0] === 'count' ? 'count' : slug(made.labels[0] ?? 'value')]: draft.template(made) } };
  const wrap = slots['wrap'] === undefined ? undefined : textOf(slots['wrap']);
  if (wrap !== undefined && slots['multipart'] !== true) return { json: { [wrap]: draft.template(draft.data(made)) } };
  if (slots['multipart'] === true && made.form !== 'file')
    throw new Refusal(draft.span, 'a file is sent as multipart: save it first, and send the file');
  const isMultipart = slots['multipart'] === true;
  const artifact =
    made.form === 'file' &&
    (isMultipart ||
      (!isContent && slots['format'] !== 'text' && slots['format'] !== 'json' && made.file?.format !== 'json'))
      ? draft.artifact(made)
      : undefined;
  if (artifact !== undefined) return { multipart: { files: [{ name: wrap ?? 'file', artifact }] } };
  const data = draft.data(made);
  const format = slots['format'] as Format | undefined;
  if (data.form !== 'text' && format !== undefined && format !== 'json') {
    if (format !== 'csv')
      throw new Refusal(draft.span, `rows are sent as JSON or CSV: save them as ${format} first, and send the file`);
    const step = draft.add('to_csv', { uses: 'transform.to_csv', with: { items: draft.template(data) } });
    return { text: `\${{ steps.${step}.output.text }}`, headers: { 'content-type': 'text/csv' } };
  }
  if (data.form === 'text')
    return {
      text: draft.template(data),
      headers: { 'content-type': slots['format'] === 'csv' ? 'text/csv' : 'text/plain' },
    };
  return { json: draft.template(data) };
}

/** Requests that name their method, or that only call. */
export const callFamily: Family = {
  name: 'call',
  does: 'calls an address, with a method where one is named',
  examples: [
    'call https://api.example.com/refresh with POST',
    'send a DELETE request to https://api.example.com/users/7',
  ],
  heads: ['call', 'send', 'delete:delete', 'fetch', 'run', 'put:put', 'patch:patch', 'generate', 'post:post'],
  slots: [
    '[place] $url:url',
    '(to|at|on|of) [place] $url:url',
    '[(with|by|as)] [$method:method] request_word [$method:method]',
    '[(with|by|as)] $method:method [call]',
    '[single] $method:method json:as_json (to|at|on) $url:url (with|colon|open) [column] $settings:settings [close]',
    '[single] json:as_json $method:method (to|at|on) $url:url (with|colon|open) [column] $settings:settings [close]',
    'send (to|on)',
    '[(with|as)] [open] (data|message|response) [colon] [of] $thing:what [close]',
    '(with|of) $thing:what',
    'by $pronoun:what',
    '[all] [data|noun] [in|as] in_one',
    'as $format:format',
    ...CARRIED_SLOTS,
    ...BODY_SLOTS,
    ...repeatedBy('$method:method'),
    ...AUTH_SLOTS,
  ],
  tails: ['no_body', 'comma $listed:for_each', '[comma] $purpose:told', ...CARRIED_SLOTS],
  across: ['$purpose:told', CARRIED_SLOTS[0]],
  predicates: ['(fetch|has|needs) [single] $method:method'],
  bare: [
    '$thing:what one_by_one:one_by_one [comma] (by|with|as) [single] $method:method',
    '$description:description (by|with) [send|call|generate] [single] $method:method',
    '$description:description [first_of_all] [open|colon] $method:method',
    '[$description:description] each_one $element:for_each [(to|in) $description:place] [comma] (by|with|open) [single] $method:method',
    '(token|login|response|data|noun) (assign|colon|equals) [single] $method:method',
    'one_by_one:one_by_one [(to|at|of|on)] $url:asked',
    '[single] (call|request_word) (per|each|each_one) [data|noun|$element:for_each] [(to|at|of|on)] $url:asked',
  ],
  needs: [
    ['url', 'asked'],
    ['method', 'delete', 'put', 'patch', 'post', 'asked'],
  ],
  plan(clause, draft) {
    const { slots } = clause;
    const { put, patch, post } = slots;
    void slots['delete'];
    const described = slots['description'] as { at: Span } | undefined;
    if (described) draft.note(`The call is what "${draft.input.text(...described.at, draft.goal)}" stands for.`);
    const method =
      slots['method'] === undefined
        ? slots['delete'] === true
          ? 'DELETE'
          : put === true
            ? 'PUT'
            : post === true && patch !== true
              ? 'POST'
              : 'PATCH'
        : textOf(slots['method']);
    const url = textOf(slots['url'] ?? slots['asked']);
    const isGet = slots['asked'] !== undefined && slots['method'] === undefined;
    if (method === 'GET' || isGet) {
      fetchUrl(draft, { url }, '', draft.span, headersOf(clause, draft, url));
      return;
    }
    const given = slots['what'] as Ref | undefined;
    if (given !== undefined && hasBody(slots))
      throw new Refusal(draft.span, 'two things are to be sent: which one is it?');
    // "POST https://…" after something was made carries it
    const carries =
      method !== 'DELETE' &&
      !hasBody(slots) &&
      (draft.each !== undefined || hasFresh(draft)) &&
      (slots['post'] === true || slots['format'] !== undefined || isTaken(draft, described) || isExplained(draft));
    request(draft, clause, method, url, given || carries ? take(draft, given, clause) : undefined);
  },
};

/** "the invoices are to be sent to the agency: PUT https://…": what is said before a colon is carried. */
const isExplained = ({ input, span: [start] }: Draft): boolean => input.tokens[start - 1]?.text === ':';

/** "they take a PUT on https://…": who takes something is given it. */
const isTaken = (draft: Draft, described: { at: Span } | undefined): boolean =>
  described !== undefined &&
  // "make them the body of one POST"
  (draft.input.tokens.slice(...described.at).some(({ folded }) => /^(body|payload|corps)$/.test(folded)) ||
    /^(takes?|accepts?|wants?|expects?|prend|prennent|accepte|acceptent|veu(len)?t|attend(ent)?)$/.test(
      draft.input.tokens[described.at[1] - 1]?.folded ?? '',
    ));
