import type { JsonObject } from '../../../../../schemas/json';
import type { Draft } from '../../draft/draft';
import type { Clause } from '../../family';
import { textOf } from '../../grammar/slots';

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
  '[(with|by|on|as|in)] parameter [called] $pointer:param',
  '[(with|by|on)] until_empty:until_empty',
  '[comma] count from $number:aside [until_empty:until_empty]',
  'at_most $number:max_pages page',
  'at_most $number:max_items (data|noun)',
  '[with] $number:size (data|noun) per page',
  '[with] $number:size per page',
  'open page:by_number [comma] [$number:size per page] [close]',
] as const;

/** Paging of a request; undefined where no pages were spoken of. */
export function pagingOf({ slots }: Pick<Clause, 'slots'>, draft: Draft, url: string): JsonObject {
  const isPaged = ['paged', 'until_empty', 'by_number', 'size', 'max_pages', 'param']
    .map((name) => slots[name] !== undefined)
    .includes(true);
  const way =
    slots['link'] === true
      ? 'link'
      : slots['cursor'] === true
        ? 'cursor'
        : slots['offset'] === true
          ? 'offset'
          : 'page';
  if (way === 'page' && !isPaged) return {};
  const numbered = /[?&](page|p|page_number|pageNumber)=\d*/.exec(url)?.[1];
  if (way === 'page' && slots['param'] === undefined && numbered === undefined)
    draft.note('Pages are asked for by the query parameter page, until one is empty, since no other way was named.');
  const param = slots['param'] ?? (way === 'page' ? numbered : undefined);
  return {
    paging: {
      by: way,
      ...(param === undefined ? {} : { param: textOf(param) }),
      ...(slots['pointer'] === undefined
        ? {}
        : { cursor: `/${textOf(slots['pointer']).replace(/^\//, '').replaceAll('.', '/')}` }),
      ...(slots['size'] === undefined ? {} : { size: Number(slots['size']) }),
      ...(slots['max_pages'] === undefined ? {} : { max_pages: Number(slots['max_pages']) }),
      ...(slots['max_items'] === undefined ? {} : { max_items: Number(slots['max_items']) }),
    },
  };
}
