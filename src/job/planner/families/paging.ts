import type { JsonObject } from '../../../../schemas/json';
import type { Family } from '../family';
import { Refusal } from '../refusal';
import { pagingOf, PAGING_SLOTS } from './parts/paging';
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
    '[with|by] cursor:cursor paged:paged',
    '[with|by] paged:paged (by|with) (cursor:cursor|offset:offset|page_param:by_number|link_header:link)',
    'next_page (in|at|from|of|behind) $pointer:pointer',
    'next_page link:link [in|of|from] response',
    '[and] passed (in|as|to|with|by) [parameter] [called] $pointer:param',
    '(data|noun) be (in|under|at) $pointer:items',
    'at_most $number:max_pages page',
    '[with] $number:size [data|noun] per page',
    'page_param:by_number',
  ],
  slots: [
    ...PAGING_SLOTS,
    '[and] passed (in|as|to|with|by) [parameter] [called] $pointer:param',
    '[comma] [the] (data|noun) be (in|under|at) $pointer:items',
    '[comma] go_on until_empty:until_empty',
  ],
  plan({ slots }, draft) {
    const step = draft.steps.all.findLast(
      ({ uses, with: args }) => uses === 'http.request' && (args?.['method'] ?? 'GET') === 'GET',
    );
    if (step?.with === undefined)
      throw new Refusal(draft.span, 'nothing was fetched before this: say it after the address');
    const known = (step.with['paging'] as JsonObject | undefined) ?? {};
    const said = slots['pointer'] === undefined ? slots : { ...slots, cursor: true };
    const { paging } = pagingOf({ slots: { paged: true, ...said } }, draft, textOf(step.with['url']));
    const { by = 'page', ...more } = (paging as JsonObject | undefined) ?? {};
    const next: JsonObject = { ...known, by: by === 'page' ? (known['by'] ?? by) : by, ...more };
    if (slots['items'] !== undefined) next['items'] = `/${textOf(slots['items']).replace(/^\//, '')}`;
    step.with['paging'] = next;
  },
};
