import type { Language } from '../../schemas/language';
import type { DeliverableKind } from '../../schemas/audit/deliverables';
import { sayIn } from './language';
import { fold } from './words';

/** One item of a project's backlog. Its id is the kind of deliverable that it asks for. */
export interface BacklogItem {
  backlog_item_id: DeliverableKind;
  title: string;
  agent_target: `${DeliverableKind}_worker`;
  depends_on: string[];
  reason: string;
}

type Analysed = Exclude<DeliverableKind, 'summary'>;
const analysed: readonly Analysed[] = ['time_waste', 'cost', 'friction', 'scenario'];

/** Names that people use for each deliverable, folded: without accents and case. */
const named: Record<Analysed, RegExp> = {
  time_waste:
    /\b(?:time[ _]?wastes?|wasted time|lost time|where (?:the )?(?:time|minutes) go(?:es)?|temps perdu|pertes? de temps|gaspillages?)\b/,
  cost: /\b(?:costs?|costing|couts?|chiffrage)\b/,
  friction: /\b(?:frictions?|doublons|irritants)\b/,
  scenario: /\b(?:scenarios?|what ifs?|savings|pay ?backs?)\b/,
};

/** Alternatives of an expression, from words in a row. */
const oneOf = (...rows: string[]): string => `(?:${rows.flatMap((row) => row.split(' ')).join('|')})`;

/** Words that say that nothing else is asked for. */
const only = `(?:nothing but|rien que|${oneOf('only just solely exclusively', 'uniquement seulement exclusivement juste')})`;

/** Words that may stand between those and the name of a deliverable. */
const between = oneOf(
  'i we want need show give me us do run make with about on for of in is the a an my our',
  'analyse analysis analyze audit report look at calculate compute',
  'je nous veux voulons moi le la les l un une de du des d sur pour',
  'analyser rapport calculer calcul etude montrer faire',
);

/** Words that may stand between the name of a deliverable and those, where it goes before. */
const behind = oneOf('analysis audit report deliverable please part', 'rapport analyse livrable partie');

const negated =
  /\b(?:no|not|without|except|non|pas|sans|sauf|hormis) (?:(?:the|any|a|an|of|le|la|les|l|de|du|des|d) )*$/;
const everything =
  /\b(?:full|complete|whole)\s+(?:audit|analysis|report)\b|\b(?:audit|rapport)\s+(?:complet|integral)\b|\banalyse\s+(?:complete|integrale)\b/;

/**
 * Turns a request into a backlog by a rule that anybody can follow: all five deliverables, unless the text says "only"
 * (or "uniquement", "seulement" …) and names exactly one of them.
 */
export function planBacklog(request_text: string, language: Language): BacklogItem[] {
  const say = sayIn(language);
  const single = onlyOne(request_text);
  if (single)
    return [
      item(
        single,
        [],
        say(
          `the request says “only” and names one deliverable, ${single}; with one alone there is nothing to join in a summary`,
          `la demande dit « uniquement » et nomme un seul livrable, ${single} ; seul, il n’appelle pas de synthèse`,
        ),
        language,
      ),
    ];
  const reason = say(
    'an audit takes every agent unless the request says “only” and names one deliverable',
    'un audit fait appel à tous les agents, sauf si la demande dit « uniquement » et nomme un seul livrable',
  );
  return [
    ...analysed.map((kind) => item(kind, [], reason, language)),
    item(
      'summary',
      [...analysed],
      say('the summary joins the four others', 'la synthèse réunit les quatre autres'),
      language,
    ),
  ];
}

function onlyOne(request: string): Analysed | undefined {
  const text = fold(request.slice(0, 20_000)).replace(/[\s,:'’‘-]+/g, ' ');
  if (everything.test(text)) return undefined;
  const kinds = analysed.filter((kind) => occurs(named[kind], text));
  const [kind] = kinds;
  if (!kind || kinds.length > 1) return undefined;
  const name = named[kind].source;
  const says = (words: string) => occurs(new RegExp(words), text);
  const alone = says(`\\b${only}\\b(?: ${between})* ${name}`) || says(`${name}(?: ${behind})* ${only}\\b`);
  return alone ? kind : undefined;
}

/** Whether the words occur in a text without a "no" or "not" before them. */
function occurs(words: RegExp, text: string): boolean {
  return [...text.matchAll(new RegExp(words, 'g'))].some(
    ({ index }) => !negated.test(text.slice(Math.max(0, index - 40), index)),
  );
}

function item(kind: DeliverableKind, depends_on: string[], reason: string, language: Language): BacklogItem {
  return { backlog_item_id: kind, title: titleOf(kind, language), agent_target: `${kind}_worker`, depends_on, reason };
}

export function titleOf(kind: DeliverableKind, language: Language): string {
  const say = sayIn(language);
  switch (kind) {
    case 'time_waste':
      return say('Where the time goes', 'À quoi passe le temps');
    case 'cost':
      return say('What the work costs', 'Ce que coûte le travail');
    case 'friction':
      return say('Where the work is held up', 'Ce qui freine le travail');
    case 'scenario':
      return say('What could be changed', 'Les changements possibles');
    case 'summary':
      return say('Summary of the audit', 'Synthèse de l’audit');
  }
}
