import type { Composed } from './composed';

const DATE = /(?<!\p{L})(?:date|datum|fecha|data|dato|dt|day|dag|jour|tag|pvm|tarih)(?!\p{L})/u;
/** Words beside a date for the writing of a document. */
const WRITING =
  /(?<!\p{L})(?:order(?:ed|ing)?|po|purchase|placed|create[ds]?|creation|add(?:ed)?|ent(?:ry|ered)|issued?|doc(?:ument)?|print(?:ed)?|voucher|cde|cmde?|commandee?|creee?|saisie|emission|piece|erstell\p{L}*|erfass\p{L}*|beleg\p{L}*|angelegt|creacion|alta|emision|creazione|inserimento|aanmaak\p{L}*|utworzen\p{L}*|wystawien\p{L}*|skapad|oprettet|criacao|emissao)(?!\p{L})/u;
const DELIVERY =
  /(?<!\p{L})(?:del|deliver\p{L}*|ship\p{L}*|receiv\p{L}*|receipt|arriv\p{L}*|due|need\p{L}*|requir\p{L}*|requested|wanted|expected|promised?|eta|livr\p{L}*|lief\p{L}*|entreg\p{L}*|consegn\p{L}*|lever\p{L}*|dostaw\p{L}*)(?!\p{L})/u;
/** A verb of delivery with the preposition of a day: `Receive By`, `Due on`, `Required at site by`. */
const UNTIL =
  /^(?:(?:must|to) )?(?:deliver(?:ed|y)?|ship(?:ped)?|receiv(?:e|ed)|arriv(?:e|al|es)|due|need(?:ed)?|requir(?:e|ed)|request(?:ed)?|want(?:ed)?|expect(?:ed)?|promised?|d(?:i|e)spatch(?:ed)?)(?: \p{L}+){0,2} (?:by|on|before|for)$/u;

/** Meaning of a heading that composes a day of delivery, or of writing: `Receive By`, `date_add`, `Date cde`. */
export function dayNamed(plain: string): Composed | undefined {
  if (UNTIL.test(plain)) return { sense: 'delivery_date', score: 0.9 };
  if (!DATE.test(plain) || plain.split(' ').length > 4 || DELIVERY.test(plain)) return undefined;
  return WRITING.test(plain) ? { sense: 'other', score: 0.9 } : undefined;
}
