import type { Family } from '../family';
import type { Draft } from '../draft/draft';
import type { Ref, Span } from '../reading';
import { Refusal } from '../refusal';
import { textOf } from '../grammar/slots';

/** Somebody who has approved: "Anna has approved it", "the curator's approval", "validation par un responsable". */
const GIVEN = [
  '$approver:person $agrees [$whole:about]',
  '$approver:person has review [and approve] [$whole:about]',
  '$approver:person be agreed',
  '$approver:person possessive approval [obtained]',
  '[my] approval [(by|of|from) $approver:person] [obtained]',
  '[be] [been] approve [(by|from) $approver:person]',
  '[it|them|that|light] [has] [be] approve [(by|from) $approver:person]',
  // "without having asked me for approval"
  '[has] ask [$approver:person] [for] [my] approval',
];

/** Somebody who is to approve. */
const ASKED = [
  '$approver:person ought [first_of_all:before_last] (approve|review [and approve]) [$whole:about]',
  '$approver:person wishes [first_of_all:before_last] approve [$whole:about]',
  '[who_me wishes] (it|them|clitic) review and approve [$whole:about]',
  '[who_me wishes] review (it|them) and approve [$whole:about]',
  'who_me wishes [first_of_all:before_last] review [$whole:about] (first_of_all:before_last|beforehand:before_last)',
  'who_me wishes first_of_all:before_last review [$whole:about]',
  '$approver:person approve [$whole:about] (first_of_all:before_last|beforehand:before_last)',
  '(has|let|make_do|has_do) $approver:person (approve|review [and approve]) [$whole:about]',
  'ask $person:person',
  'ask $approver:person (for|possessive) [my|she|possessive] (approval|review)',
  'ask $approver:person to_do (approve|review [and approve]) [$whole:about]',
  '(ask|fetch) [first_of_all] [for] $approver:person possessive approval [(of|for|to) (it|them|$whole:about)]',
  'ask [first_of_all] [for] [my] approval [(from|of|by|to) $approver:person]',
  'have_approved [$whole:about] [(by|from|to) $approver:person]',
  'wait [for|until] $approver:person [to_do|has] approve [$whole:about]',
  'wait [for] $approver:person possessive approval',
  'wait [for|until|that] $approver:person $agrees [$whole:about]',
  'ask [for] [my] approval of $approver:person',
  'have $whole:about approve [by $approver:person]',
  'wait [for] [my] approval [(by|of|from) $approver:person]',
  '[it|this|that|$whole:about] needs [my] approval [(by|of|from) $approver:person]',
  '[it|this|that|$whole:about] needs $approver:person possessive approval',
  '[review and] approval (by|of|from) $approver:person [be] [required]',
  '[my] approval [(by|of|from) $approver:person] [be] required',
  'there_must [be] [my] approval [(by|of|from) $approver:person]',
  'there_must $approver:person possessive approval',
  'there_must [that] $approver:person [has] approve [$whole:about]',
  '[single] approval (for|of) (it|them|$whole:about)',
  '[single] approval (first_of_all:before_last|beforehand:before_last)',
];

/** What is not to be done without: "nothing goes out until Anna has approved", "don't send it without my OK". */
const DENIED = ['(refuse_not|none|nobody) $deed', 'none not $deed', '[$deed] not $deed'];

/** "a person", "quelqu'un": whoever may approve. */
const ANYBODY = /^((an?|une?) )?(person|human|human being|someone|somebody|personne|humain|quelqu['’]un)$/i;

const UNTIL = ['before', 'until', 'without', 'unless', 'only_after'];

/** Somebody's consent, before what follows or what stands before it. */
export const approvalFamily: Family = {
  name: 'approval',
  does: 'asks somebody for approval before it goes on',
  examples: [
    'after Anna has approved, post it to https://api.example.com/x',
    'ask me before posting it to https://api.example.com/x',
    "demande l'accord de Paul",
  ],
  heads: [
    ...GIVEN.flatMap((given) => [
      `(after|if|with|on|by|without|subject_to|only_after) ${given}`,
      `not:before_last (before|until|without) ${given}`,
      ...DENIED.map((denied) => `${denied} as_long:before_effects $approver:person [not] [has] [not] approve`),
      ...UNTIL.flatMap((until) => DENIED.map((denied) => `${denied} ${until}:before_effects ${given}`)),
    ]),
    ...ASKED.flatMap((asked) => [asked, `before:before_effects $any_effect [comma] [then] ${asked}`]),
    // "after getting my approval", "après avoir demandé l'accord de Paul"
    ...ASKED.filter((asked) => /^(ask|wait)/.test(asked)).map((asked) => `after ${asked}`),
  ],
  slots: [
    '[(with|of)] question [called] $text:question',
    '$text:question',
    'before $end:before_last',
    'for $thing:what',
    '(of|on|for|to) (it|them|this|that)',
    'before [it|this|that] run_it:before_last [colon]',
    'before:before_effects $any_effect',
    'open approval_step close',
  ],
  tails: [
    // "…, so please ask for it beforehand", "…, which you need to ask for in advance"
    '[comma] [reason|that|and] [filler|light|needs|ought|to_do] [you_have] ask [for] [it|that|she] [me] (first_of_all|beforehand)',
    '(first_of_all|beforehand) $end:before_last',
    '(first_of_all|beforehand) colon',
    '[filler] [comma] (not (before|beforehand)|only_after) $end:aside',
  ],
  plan({ slots, start, end }, draft) {
    if (draft.each)
      throw new Refusal([start, end], 'approval is asked for once, not for each element: say it before "for each"');
    nameAbout(draft, slots['about'] as Ref | undefined);
    for (const name of ['deed', 'any_effect']) nameWords(draft, slots[name] as { at: Span } | undefined);
    const named = slots['person'] as string | undefined;
    const who = ANYBODY.test(named ?? '') ? undefined : named;
    const words = draft.goal.length > 600 ? `${draft.goal.slice(0, 599)}…` : draft.goal;
    const question = slots['question'] === undefined ? words : textOf(slots['question']);
    const before = draft.steps.leaves().map(({ id }) => id);
    const step = draft.add('approve', {
      kind: 'approval',
      approval: {
        question: draft.literal(question),
        expire_after: '7d',
        ...(who === undefined ? {} : { assignee: who }),
      },
    });
    const added = draft.steps.get(step);
    if (added) for (const id of before) draft.steps.order(added, id);
    draft.gates.push(step);
  },
};

/** Words around a consent that say that something waits for it. */
const WAITING = [
  'before',
  'beforehand',
  'first_of_all',
  'only',
  'only_after',
  'until',
  'without',
  'subject_to',
  'as_long',
];

/** A consent for which nothing waits was meant for something. @throws Refusal */
export function checkGates(draft: Draft): void {
  const needed = new Set(draft.steps.all.flatMap((step) => draft.steps.needsOf(step)));
  for (const { id, kind } of draft.steps.all) {
    const [start, end] = draft.said.get(id) ?? draft.span;
    if (kind !== 'approval' || needed.has(id) || draft.steps.all.length < 2) continue;
    for (let at = Math.max(0, start - 2); at < end + 2; at++)
      if (draft.input.is(at, ...WAITING))
        throw new Refusal([start, end], 'it is not clear what waits for this approval: say it before that');
  }
}

/** What is approved is what the steps after it do: its name says nothing more. */
function nameAbout(draft: Draft, about: Ref | undefined): void {
  if (about?.kind !== 'thing') return;
  if (about.source !== undefined) throw new Refusal(about.at, 'say what is done with this once it is approved');
  for (const { token } of about.words) draft.named.add(token);
}

/** Words that say before what it is asked for, or what is not to be done without it. */
function nameWords(draft: Draft, words: { at: Span } | undefined): void {
  for (let token = words?.at[0] ?? 0; token < (words?.at[1] ?? 0); token++) draft.named.add(token);
}
