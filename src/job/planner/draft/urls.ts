import type { JsonObject } from '../../../../schemas/json';
import type { Span } from '../reading';
import { Refusal } from '../refusal';
import { sameName } from '../text/fold';
import { hostKind } from '../text/hosts';
import type { Draft } from './draft';
import { member, stemOf } from './draft';
import { formatOf, type Made } from './made';

/** Reads an address: JSON as a value, tables and other files as files. */
export function fetchUrl(
  draft: Draft,
  { url, delimiter }: { url: string; delimiter?: string },
  label: string,
  at: Span,
  more: JsonObject,
): Made {
  const bare = url.replace(/[?#].*$/, '');
  const stem = /^https?:\/\/[^/]+\/?$/.test(bare) ? '' : stemOf(bare);
  const named = formatOf(bare.replace(/^https?:\/\/[^/]+/, ''));
  const format = named ?? (/^(file|download|fichier|raw|attachment)$/i.test(stem) ? 'binary' : undefined);
  const isFile = format === 'csv' || format === 'xlsx' || format === 'binary';
  const step = draft.add(`fetch_${label || (/^[A-Za-z][\w-]*$/.test(stem) ? stem : '')}`.replace(/_$/, ''), {
    uses: 'http.request',
    with: { url: address(draft, url, at), ...(isFile ? { response: 'file' } : {}), ...more },
  });
  const labels = [label, stem].filter(Boolean);
  return isFile
    ? draft.make({
        labels,
        form: 'file',
        step,
        path: 'file',
        file: { format, ...(delimiter === undefined ? {} : { delimiter }) },
        answer: true,
      })
    : draft.make({
        labels,
        form: format === 'text' || format === 'markdown' || format === 'html' ? 'text' : 'data',
        step,
        path: 'body',
        answer: true,
      });
}

/** An address or path with its places filled in: `{id}` is a field of the element, or a value of the context. */
export function address(draft: Draft, text: string, at: Span): string {
  const filled = (whole: string, name: string): string => {
    const path = name.split('.');
    if (draft.each) {
      if (path.length === 1 && draft.each.plain) return '${{ item }}';
      if (path.length === 1 && draft.each.labels.some((label) => sameName(label, name) && label !== ''))
        return '${{ item }}';
      const below =
        path.length > 1 && (path[0] === 'item' || draft.each.labels.some((label) => sameName(label, path[0] ?? '')))
          ? path.slice(1)
          : path;
      return `\${{ ${below.reduce(member, 'item')} }}`;
    }
    const key = draft.contextKey(name);
    const value = key === undefined ? undefined : (draft.context as JsonObject)[key];
    if (value !== null && typeof value === 'object')
      throw new Refusal(at, `${whole} in ${text} is not one value: say "for each" of them`);
    if (key !== undefined) return `\${{ ${member('input', key)} }}`;
    throw new Refusal(
      at,
      `I do not know what stands for ${whole} in ${text}: name it in the context, or say "for each"`,
    );
  };
  return draft
    .literal(text.replace(/<(\w+)>/g, '{$1}'))
    .replace(/(?<!\$\{?)\{\{?\s*([A-Za-z_][\w.]*)\s*\}?\}/g, filled)
    .replace(/(?<=\/):([A-Za-z_]\w*)/g, (whole, name: string) => (draft.each ? filled(whole, name) : whole));
}

/**
 * Addresses of the goal that are not public: a note tells those of networks of one's own, which only an operator opens.
 *
 * @throws Refusal for those that no name opens, such as that of a cloud's metadata
 */
export function checkHosts(draft: Draft): void {
  draft.input.tokens.forEach(({ kind, text }, token) => {
    const host = kind === 'url' ? hostOf(text) : '';
    const where = host === '' ? 'public' : hostKind(host);
    if (where === 'own') draft.note(`"${text}" is no public address: it is reached only if the operator allows it.`);
    if (where === 'never')
      throw new Refusal([token, token + 1], `"${text}" is an address that no job asks: name a public one`);
  });
}

/** The host of an address. */
export const hostOf = (url: string): string => /^https?:\/\/(\[[^\]]*\]|[^/:?#]+)/i.exec(url)?.[1] ?? '';
