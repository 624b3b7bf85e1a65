/** Letters of HTML that are looked at: a mail with more words says nothing of an order in the rest. */
const MOST = 1_000_000;

const NAMED: Record<string, string> = {
  ...{ nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", euro: '€', deg: '°', ndash: '–', mdash: '—' },
  ...{ rsquo: '’', lsquo: '‘', laquo: '«', raquo: '»', eacute: 'é', egrave: 'è', ecirc: 'ê', agrave: 'à', acirc: 'â' },
  ...{ ccedil: 'ç', ocirc: 'ô', ucirc: 'û', ugrave: 'ù', icirc: 'î', iuml: 'ï', auml: 'ä', ouml: 'ö', uuml: 'ü' },
  ...{ szlig: 'ß', ntilde: 'ñ', Eacute: 'É', Agrave: 'À', Ccedil: 'Ç' },
};

/** Elements whose letters nobody reads, and those that begin a line. */
const SILENT = /^(script|style|head|title|template|noscript)$/;
const LINES = /^(p|div|tr|li|ul|ol|table|h[1-6]|blockquote|hr|section|article|pre)$/;

/** Words of an HTML mail, a line for each of its blocks. Goes through the letters once, whatever stands there. */
export function textOfHtml(html: string): string {
  const end = Math.min(html.length, MOST);
  let text = '';
  for (let at = 0; at < end;) {
    const open = html.indexOf('<', at);
    if (open < 0 || open >= end) {
      text += decode(html.slice(at, end));
      break;
    }
    text += decode(html.slice(at, open));
    if (html.startsWith('<!--', open)) {
      at = after(html, '-->', open + 4);
      continue;
    }
    const close = after(html, '>', open + 1);
    const name = /^\/?([a-z][a-z0-9]*)/i.exec(html.slice(open + 1, open + 20))?.[1]?.toLowerCase();
    at = close;
    if (name === undefined) continue;
    if (SILENT.test(name) && html[open + 1] !== '/') at = endOf(html, name, close);
    else if (name === 'br' || (LINES.test(name) && !text.endsWith('\n'))) text += '\n';
    else if (name === 'td' || name === 'th') text += '\t';
  }
  return text
    .split('\n')
    .map((line) => line.replace(/[ \t\u00a0\r]+/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Position behind a mark; the end where there is none. */
function after(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  return at < 0 ? html.length : at + mark.length;
}

function endOf(html: string, name: string, from: number): number {
  const rest = new RegExp(`</${name}\\b`, 'gi');
  rest.lastIndex = from;
  const found = rest.exec(html);
  return found ? after(html, '>', found.index) : html.length;
}

/** Line breaks of the source are spaces. */
const decode = (piece: string): string =>
  piece.replace(/\s+/g, ' ').replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return NAMED[name] ?? whole;
    const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole;
  });
