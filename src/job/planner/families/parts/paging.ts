import type { JsonObject } from '../../../../../schemas/json';
import type { Draft } from '../../draft/draft';
import type { Clause } from '../../family';
import { textOf } from '../../grammar/slots';
import type { Slots } from '../../grammar/input';
import { Refusal } from '../../refusal';

/** Pages of an answer, as goals say them. */
export const PAGING_SLOTS = [
  '[(with|by|on|from|of|in)] paged:paged',
  '[(with|by|on)] link_header:link',
  '[(with|by|on)] offset:offset [called $name:param]',
  '[(with|by|on)] page_param:by_number [called $name:param]',
  '[(with|by|on)] cursor:cursor [paged]',
  '[(with|by|on)] cursor:cursor [be] (in|from|called|at|under) $pointer:pointer',
  '[open] [it] [use] link_header:link [close]',
  '[open|comma] next_page link:link [in|of|from] [response] [close]',
  '[(with|by|on|as|in)] parameter [called|be|colon] $pointer:param',
  '[comma] follow [link|column] $next_name:pointer [(in|of|from) [each|each_one|all] response]',
  '[comma] (by|with|on|follow|over) [column|link] [called] $next_name:pointer [column] [(in|of|from) [each|each_one|all] (response|page)]',
  '[comma|open] next_page:cursor [be|being|located] (in|at|under|by) [column] ($next_name:pointer|$pointer:pointer) [close]',
  '[(with|by|on)] until_empty:until_empty',
  '[comma] [and] until_empty:until_empty',
  '[comma] from $number:start until_empty:until_empty',
  '[comma] begins_at [page] $number:start [[and] until_empty:until_empty]',
  '[comma] count from $number:start [until_empty:until_empty]',
  '[comma|open] [page|parameter|it|she|who_me] begins_at $number:start [until_empty:until_empty] [close]',
  '[open|comma] [each_one] response (gives|has|contains) next_page:cursor (in|at|under) [column] ($next_name:pointer|$pointer:pointer) [close]',
  'open next_page:cursor be (in|at|under) [column] ($next_name:pointer|$pointer:pointer) close',
  'at_most $number:max_pages page',
  '(top $number:max_pages|$number:max_pages top) page [[comma] nothing_else] [comma] [of]',
  'at_most $number:max_items (data|noun)',
  '[with] $number:size (data|noun) per page',
  '[with] $number:size per page',
  '[comma|open] [with|page_size] [of|colon|equals] $number:size [data|noun] per (call|request_word) [close]',
  '[comma|open] [the|with] parameter [be|called|colon] [(page_param:by_number|offset:offset)] $pointer:param and [page_size] $pointer:size_param [comma|close]',
  '[comma|open] [the|with] parameter [be|called|colon] (page_param:by_number|offset:offset) and [page_size] $pointer:size_param [comma|close]',
  '[comma|open] [use|with|by|the] (page_param:by_number|offset:offset) and $pointer:size_param parameter [close]',
  '[comma|open] [use|with|by|the] $pointer:size_param and offset:offset [parameter] [close]',
  '[comma|open] [use|with|by|the] parameter [colon] $pointer:size_param and (page_param:by_number|offset:offset) [close]',
  'open $number:size per page close',
  'open $number:size (data|noun|ones) per page close',
  'open page_param:by_number (in|with|as) parameter [called] $pointer:param [comma|close]',
  'open parameter [called|colon|be] $pointer:param [comma|close]',
  'open page:by_number [comma] [$number:size per page] [close]',
] as const;

/** What is said of pages where the goal does not say how they are asked for. */
export const USUAL_PAGES =
  'Pages are asked for by the query parameter page, until one is empty, since no other way was named.';

/** Paging of a request; undefined where no pages were spoken of. */
export function pagingOf(clause: Pick<Clause, 'slots'>, draft: Draft, url: string): JsonObject {
  const slots = inRoles(clause.slots);
  const isPaged = ['paged', 'until_empty', 'by_number', 'size', 'max_pages', 'param', 'start']
    .map((name) => slots[name] !== undefined)
    .includes(true);
  const way =
    slots['link'] === true
      ? 'link'
      : slots['cursor'] === true || slots['pointer'] !== undefined
        ? 'cursor'
        : slots['offset'] === true || /^(offset|skip)$/i.test(textOf(slots['param']))
          ? 'offset'
          : 'page';
  if (way === 'page' && !isPaged) return {};
  const numbered = /[?&](page|p|page_number|pageNumber)=\d*/.exec(url)?.[1];
  if (way === 'page' && slots['param'] === undefined && slots['by_number'] !== true && numbered === undefined)
    draft.note(USUAL_PAGES);
  const sizeParam = slots['size_param'];
  const param = slots['param'] ?? (way === 'page' ? numbered : sizeParam === undefined ? undefined : way);
  if (sizeParam !== undefined && slots['size'] === undefined)
    throw new Refusal(draft.span, `say how many ${textOf(sizeParam)} asks for, such as "100 per page"`);
  const start = slots['start'] === undefined ? undefined : Number(slots['start']);
  return {
    ...(sizeParam === undefined ? {} : { query: { [textOf(sizeParam)]: Number(slots['size']) } }),
    paging: {
      by: way,
      ...(param === undefined ? {} : { param: textOf(param) }),
      ...(slots['pointer'] === undefined
        ? {}
        : { cursor: `/${textOf(slots['pointer']).replace(/^\//, '').replaceAll('.', '/')}` }),
      ...(start === undefined || start === (way === 'offset' ? 0 : 1) ? {} : { start }),
      ...(slots['size'] === undefined ? {} : { size: Number(slots['size']) }),
      ...(slots['max_pages'] === undefined ? {} : { max_pages: Number(slots['max_pages']) }),
      ...(slots['max_items'] === undefined ? {} : { max_items: Number(slots['max_items']) }),
    },
  };
}

/** Names of the parameter that says how many a page has. */
const SIZE = /^(limit|size|per_?page|page_?size|count|take|top|max(_?results)?)$/i;

/** "the parameters limit and offset": which of the two is which, by their names. */
function inRoles(slots: Slots): Slots {
  const { param, size_param: sizeParam } = slots;
  if (param === undefined || sizeParam === undefined) return slots;
  const isSwapped = SIZE.test(textOf(param)) && !SIZE.test(textOf(sizeParam));
  return isSwapped ? { ...slots, param: sizeParam, size_param: param } : slots;
}
