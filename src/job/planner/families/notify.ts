import type { Json, JsonObject } from '../../../../schemas/json';
import type { Draft } from '../draft/draft';
import type { Made } from '../draft/made';
import { address } from '../draft/urls';
import type { Family } from '../family';
import type { Ref, Span } from '../reading';
import { Refusal } from '../refusal';
import { slug } from '../text/fold';
import { secret } from './parts/auth';
import { literalOf } from './parts/body';
import { take, takeRows } from './parts/take';
import { textOf } from '../grammar/slots';

const UNSIGNED = 'The message is signed with the secret WEBHOOK_SECRET, since none was named.';

/** Messages to webhooks. */
export const notifyFamily: Family = {
  name: 'notify',
  does: 'notifies a webhook, with a signed message',
  examples: [
    'notify https://hooks.example.com/done, signed with HOOK_SECRET',
    'préviens le webhook https://hooks.example.com/x',
  ],
  heads: [
    'notify:telling',
    'send notify:telling',
    'send [single] [signed] webhook:webhook [called] ($dotted:type|$text:type)',
    '(join|append|add) [text] [of] $thing:what (to|in) [single] [signed] webhook:webhook [[called] ($dotted:type|$text:type)] send (to|at) $url:url',
    'send [single] [signed] notice:telling [signed]',
    'send',
    'send $hook:hook',
    'call webhook:webhook',
    'send webhook:webhook (notice|message)',
    'send (notice|message) (to|at) webhook:webhook',
    'single [signed] webhook:webhook [colon] [(at|to)] $url:url',
    'send webhook:webhook [event] [type|called] $dotted:type',
    'notify:telling [event] [type|called] $dotted:type',
  ],
  bare: [
    'let [webhook] $url:url know:telling',
    '$approver:reader (wishes|must|ought|needs) [to_do] [be] notify:telling [comma|colon] [by|via|with] [signed] [webhook] [(at|to|on)] $url:url',
    '[webhook] $url:url (must|be) [be] notify:telling',
    '[single] [signed] webhook:webhook [colon] [(at|to)] $url:url',
    '[small] [signed] notice:telling [signed] [must|ought] [be] [goes|send] (to|at|on) $url:url',
  ],
  slots: [
    '[(with|of|about)] counting [of] [data|noun] [that] [be] [been] changed:changed',
    '[(with|of|as)] (message:telling|notice:telling) (of|with) [event] type [called|colon] ($text:type|$identifier:type)',
    '[(with|of|about)] $figures:figures',
    '[(to|at|by|via|with)] webhook:webhook [(at|to)] $url:url',
    '[(in|with|by|as|of|to)] $hook:hook [(of|at|to) $url:url]',
    '[(in|with|by|as|of)] $hook:hook carries $thing:what',
    '[with] $thing:what (as|for|in) [the] (data|message|body_word)',
    '[(to|at|on|by|via|with|of)] [webhook] [(at|to|on)] [place] $url:url',
    '(with|by|of) [secret] [called] $secret:secret',
    '[(with|of|for)] (message|notice) [(called|reading|message|colon)] $text:message',
    '(reading|message) $text:message',
    '$text:message',
    '[(with|of|about)] $thing:what',
    'that it be done',
    'that $news:news',
    'changed_count:changed',
    '[comma|colon] [with|of] [data|message|response] [colon] $json:json',
  ],
  tails: [
    '[comma|open|colon] [and] $signing:secret [close]',
    '[comma|open|colon] [and] $event_type:type [close]',
    '[comma|open|colon] [by|via|with] [signed] webhook:webhook',
    '[comma|open|colon] [by|via|with] [signed] webhook:webhook [called] ($dotted:type|$text:type)',
    '[comma|open|colon] [and] [with|of] (data|message|response) [be|colon|equals|assign] ($json:json|$thing:what) [close]',
    '(with|about) $thing:what',
    '[comma] [and] carries $thing:what [(as|for|in) [the] (data|message|body_word)]',
    '[comma] [and] [that] carries (it:carrying|them:carrying|data:carrying)',
    '[comma] [and] hand_it $thing:what',
    '[comma|open|colon] [in|with|by|as] $hook:hook [close]',
  ],
  across: ['carries $thing:what', '(use|with) $signing:secret', '$signing:secret'],
  continues: ['(to|at) [signed] webhook:carrying [(at|to)] $url:url'],
  needs: [['url'], ['telling', 'webhook', 'carrying', 'hook']],
  predicates: ['(must|ought|be) [be] (notify:telling|send)', '(must|ought) [be] goes'],
  plan(clause, draft) {
    const { slots } = clause;
    void slots['webhook'];
    const hook = slots['hook'] as { type: string } | undefined;
    if (hook !== undefined && slots['type'] !== undefined && slots['type'] !== hook.type)
      throw new Refusal(draft.span, 'two types are named for the message: which one is it?');
    void slots['reader'];
    const news = slots['news'] as { at: Span } | undefined;
    const said = news ? draft.input.text(...news.at, draft.goal) : slots['message'];
    const isData = slots['json'] !== undefined;
    if (isData && said !== undefined) draft.note(`"${textOf(said)}" is what the data of the message tells.`);
    const message: JsonObject = said === undefined || isData ? {} : { message: draft.literal(textOf(said)) };
    const changed: JsonObject = slots['changed'] === true ? { count: changedRows(draft) } : {};
    const carried = slots['carrying'] === true || slots['what'] !== undefined;
    const what: JsonObject = carried ? dataOf(draft, takeRows(draft, slots['what'] as Ref | undefined, clause)) : {};
    const figures: JsonObject = Object.fromEntries(
      ((slots['figures'] as Ref[] | undefined) ?? []).flatMap((ref) =>
        Object.entries(dataOf(draft, take(draft, ref, clause))),
      ),
    );
    const json = slots['json'] === undefined ? {} : (literalOf(draft, slots['json'] as Json) as JsonObject);
    const name = textOf(slots['secret'] ?? 'WEBHOOK_SECRET');
    if (slots['secret'] === undefined) draft.note(UNSIGNED);
    const before = draft.steps.leaves().map(({ id }) => id);
    const step = draft.add('notify', {
      uses: 'notify.webhook',
      with: {
        url: address(draft, textOf(slots['url']), draft.span),
        type: textOf(slots['type'] ?? hook?.type ?? 'job.notification'),
        data: { ...message, ...what, ...figures, ...changed, ...json },
        secret: secret(name),
      },
    });
    const added = draft.steps.get(step);
    // a notification tells of what was done before it
    if (added) for (const id of before) draft.steps.order(added, id);
  },
};

/** What is said of a message in a sentence of its own: "The secret is X." */
export const messageFamily: Family = {
  name: 'message',
  does: 'says of which type a message is, and which secret signs it',
  examples: ['notify https://hooks.example.com/done. The type is job.done, the secret is HOOK_SECRET.'],
  heads: [],
  bare: ['$signing:secret', '$event_type:type'],
  slots: [],
  tails: ['[comma] [and] $signing:secret', '[comma] [and] $event_type:type'],
  cost: 1,
  plan({ slots }, draft) {
    const step = draft.steps.all.findLast(({ uses }) => uses === 'notify.webhook');
    if (step?.with === undefined)
      throw new Refusal(draft.span, 'no message was sent before this: say it after the webhook');
    if (slots['type'] !== undefined) step.with['type'] = textOf(slots['type']);
    if (slots['secret'] === undefined) return;
    step.with['secret'] = secret(textOf(slots['secret']));
    draft.notes.splice(0, draft.notes.length, ...draft.notes.filter((note) => note !== UNSIGNED));
  },
};

/** The number of rows that the last statement or insertion has changed. */
function changedRows(draft: Draft): string {
  const step = draft.steps.all.findLast(({ uses }) => uses === 'sql.insert' || uses === 'sql.execute');
  if (!step) throw new Refusal(draft.span, 'nothing before this changes rows: say what is to be counted');
  return `\${{ steps.${step.id}.output.${step.uses === 'sql.insert' ? 'inserted' : 'row_count'} }}`;
}

function dataOf(draft: Draft, made: Made): JsonObject {
  const data = draft.data(made);
  made.used = data.used = true;
  return { [slug(made.labels.find(Boolean) ?? '') || 'result']: draft.template(data) };
}
