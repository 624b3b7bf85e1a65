import type { JsonObject } from '../../../../schemas/json';
import type { Family } from '../family';
import type { Draft } from '../draft/draft';
import type { Slots } from '../grammar/input';
import type { Span } from '../reading';
import { Refusal } from '../refusal';
import { pagingOf, PAGING_SLOTS, USUAL_PAGES } from './parts/paging';
import { textOf } from '../grammar/slots';

/** Pages of an answer, said after the address: "results come page by page", "le curseur suivant est dans /meta/next". */
export const pagingFamily: Family = {
  name: 'paging',
  does: 'says how the pages of an address are asked for',
  examples: [
    'fetch https://api.example.com/tickets. Results come page by page, parameter page, until a page is empty. Save to t.json',
    'récupère https://api.example.com/notices. Le curseur suivant est dans /meta/next. Enregistre dans n.json',
  ],
  heads: [],
  bare: [
    '[data|response|it|noun] [be|gives|come] paged:paged',
    '[she|it] [follow|use|with] link_header:link [in response]',
    'go_on until_empty:until_empty',
    'until_empty:until_empty',
    'cursor [be] (in|from|called|at) $pointer:pointer',
    '[it|that|clitic|she] (passed|goes|send|gives) (as|in|to|with) [the] parameter [called] ($text:param|$pointer:param)',
    '[with|by] cursor:cursor paged:paged',
    '[with|by] paged:paged (by|with) (cursor:cursor|offset:offset|page_param:by_number|link_header:link)',
    'next_page (in|at|from|of|behind) $pointer:pointer',
    'next_page link:link [in|of|from] response',
    '[and] passed (in|as|to|with|by) [parameter] [called] $pointer:param',
    '(data|noun) be (in|under|at) [column] $pointer:items',
    '[the] (next_page|cursor) be (in|under|at) [column] $pointer:pointer [comma] [and] [be] [passed|send|goes] (as|in|to|with) [the] parameter [called] $pointer:param',
    'at_most $number:max_pages page',
    '[with] $number:size [data|noun] per page',
    'page_param:by_number',
    '$lead_in:told link_header:link [[to|in|of] $lead_in:told]',
    '$lead_in:told [be] (in|under|at) $json_pointer:spot [in response]',
    '[$lead_in:told] (passed|goes|send) [passed] (as|in|to|with) [parameter] [called] ($text:param|parameter $pointer:param)',
    '$plain_lead:told until_empty:until_empty',
    '[each|each_one|all] response (gives|has|contains) [next_page|cursor] [column] $next_name:pointer [to_next]',
    '[$lead_in:told] next_page (in|at|under|behind) [column] $pointer:pointer [and|comma] [data|noun] (in|under|at) [column] $pointer:items',
    '[must|who_me] follow [column] $next_name:pointer [(in|of|from) response]',
    '[with|by] offset:offset paged:paged',
    '[must] all fetch:whole',
    'fetch [it|them] all:whole',
  ],
  slots: [
    '[and] [$lead_in:told] (passed|goes|send) [passed] (as|in|to|with) [parameter] [called] $text:param',
    ...PAGING_SLOTS,
    '[and] passed (in|as|to|with|by) [parameter] [called] $pointer:param',
    '[comma] [the] (data|noun) be (in|under|at) [column] $pointer:items',
    '[comma] [and] [the] (next_page|cursor) be (in|under|at) [column] $pointer:pointer',
    '[comma] [and] [be] (passed|send|goes) (as|in|to|with) [the] parameter [called] $pointer:param',
    '[comma] [and] [that|who_me] (passed|send|gives) [it|clitic|she] (in|as|to|with) [parameter] [called] $pointer:param',
    '[comma] go_on until_empty:until_empty',
  ],
  tails: ['[comma] [and] send [it|clitic] (as|in|to|with) [parameter] [called] $pointer:param'],
  plan({ slots }, draft) {
    const step = draft.steps.all.findLast(
      ({ uses, with: args }) => uses === 'http.request' && (args?.['method'] ?? 'GET') === 'GET',
    );
    // "I want them all": it says no more than that there are pages
    if (slots['whole'] === true && step?.with?.['paging'] !== undefined) return;
    if (slots['whole'] === true) throw new Refusal(draft.span, 'nothing before this comes in pages');
    if (step?.with === undefined)
      throw new Refusal(draft.span, 'nothing was fetched before this: say it after the address');
    const known = (step.with['paging'] as JsonObject | undefined) ?? {};
    const spot = slots['spot'] === undefined ? {} : spotIn(draft, slots);
    const said = slots['pointer'] === undefined ? slots : { ...slots, cursor: true };
    const { paging, query } = pagingOf({ slots: { paged: true, ...said, ...spot } }, draft, textOf(step.with['url']));
    const { by = 'page', ...more } = (paging as JsonObject | undefined) ?? {};
    const next: JsonObject = { ...known, by: by === 'page' ? (known['by'] ?? by) : by, ...more };
    const items = slots['items'] ?? spot['items'];
    if (items !== undefined) next['items'] = `/${textOf(items).replace(/^\//, '')}`;
    if (by !== 'page' || next['param'] !== undefined || slots['by_number'] === true) draft.unnote(USUAL_PAGES);
    step.with['paging'] = next;
    if (query !== undefined) step.with['query'] = query;
  },
};

/** What lies at a place of the answer: the cursor, where the words before it speak of what comes next, or the elements. */
function spotIn(draft: Draft, slots: Slots): Slots {
  const [from, to] = ([slots['told']].flat()[0] as { at: Span }).at;
  const isNext = draft.input.tokens
    .slice(from, to)
    .some(
      ({ folded }, index) => /^(next|suivante?|prochaine?)$/.test(folded) || draft.input.is(from + index, 'cursor'),
    );
  return isNext ? { cursor: true, pointer: slots['spot'] } : { items: slots['spot'] };
}
