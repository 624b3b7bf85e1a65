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
import { take } from './parts/take';
import { textOf } from '../grammar/slots';

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
    'send notice:telling',
    'send',
    'send webhook:webhook (notice|message)',
    'send (notice|message) (to|at) webhook:webhook',
  ],
  bare: [
    'let [webhook] $url:url know:telling',
    '[webhook] $url:url (must|be) [be] notify:telling',
    'webhook:webhook [(at|to)] $url:url',
    '[small] notice:telling [must|ought] [be] [goes|send] (to|at|on) $url:url',
  ],
  slots: [
    '[(with|of|about)] counting [of] [data|noun] [that] [be] [been] changed:changed',
    '[with|of|open] [event] type [called|colon|equals|of] ($text:type|$identifier:type) [close]',
    '[(with|of|as)] (message:telling|notice:telling) (of|with) [event] type [called|colon] ($text:type|$identifier:type)',
    '[(with|of|about)] $figures:figures',
    '[(to|at|by|via|with)] webhook:webhook [(at|to)] $url:url',
    '[(to|at|on|by|via|with|of)] [webhook] [(at|to|on)] [place] $url:url',
    '(with|by|of) [secret] [called] $secret:secret',
    'signed [(with|by)] [(secret|apikey)] [called] $secret:secret',
    '[(with|of|for)] (message|notice) [(called|reading|message|colon)] $text:message',
    '(reading|message) $text:message',
    '$text:message',
    '[(with|of|about)] $thing:what',
    'that it be done',
    'that $news:news',
    'changed_count:changed',
    '[comma|colon] [with|of] [data|message|response] [colon] $json:json',
  ],
  needs: [['url'], ['telling', 'webhook']],
  plan(clause, draft) {
    const { slots } = clause;
    void slots['webhook'];
    const news = slots['news'] as { at: Span } | undefined;
    const said = news ? draft.input.text(...news.at, draft.goal) : slots['message'];
    const isData = slots['json'] !== undefined;
    if (isData && said !== undefined) draft.note(`"${textOf(said)}" is what the data of the message tells.`);
    const message: JsonObject = said === undefined || isData ? {} : { message: draft.literal(textOf(said)) };
    const changed: JsonObject = slots['changed'] === true ? { count: changedRows(draft) } : {};
    const what: JsonObject =
      slots['what'] === undefined ? {} : dataOf(draft, take(draft, slots['what'] as Ref, clause));
    const figures: JsonObject = Object.fromEntries(
      ((slots['figures'] as Ref[] | undefined) ?? []).flatMap((ref) =>
        Object.entries(dataOf(draft, take(draft, ref, clause))),
      ),
    );
    const json = slots['json'] === undefined ? {} : (literalOf(draft, slots['json'] as Json) as JsonObject);
    const name = textOf(slots['secret'] ?? 'WEBHOOK_SECRET');
    if (slots['secret'] === undefined)
      draft.note('The message is signed with the secret WEBHOOK_SECRET, since none was named.');
    const before = draft.steps.leaves().map(({ id }) => id);
    const step = draft.add('notify', {
      uses: 'notify.webhook',
      with: {
        url: address(draft, textOf(slots['url']), draft.span),
        type: slots['type'] === undefined ? 'job.notification' : textOf(slots['type']),
        data: { ...message, ...what, ...figures, ...changed, ...json },
        secret: secret(name),
      },
    });
    const added = draft.steps.get(step);
    // a notification tells of what was done before it
    if (added) for (const id of before) draft.steps.order(added, id);
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
