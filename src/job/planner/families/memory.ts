import type { Family } from '../family';
import type { Draft } from '../draft/draft';
import type { Span } from '../reading';
import { Refusal } from '../refusal';
import { workspacePath } from '../draft/paths';
import type { Slots } from '../grammar/input';
import { textOf } from '../grammar/slots';
import type { Json } from '../../../../schemas/json';

/** A text as the goal has it, without the quotes around it. */
const wordsOf = (draft: Draft, given: unknown): string =>
  typeof given === 'string'
    ? given
    : draft.input
        .text(...(given as { at: Span }).at, draft.goal)
        .replace(/^["“«]\s*|\s*["”»]$/g, '')
        .replace(/\s+/g, ' ');

/** Texts that are kept so that they are found by their meaning. */
export const keepTextFamily: Family = {
  name: 'remember a text',
  does: 'keeps a text in the memory of this or of all workflows, for a time',
  examples: [
    'remember for 30 days in the shared space: "Ramp 6 is out of order"',
    'Retiens que le fournisseur Bertin ferme en août.',
  ],
  heads: [
    'remember:remembering',
    'remember:remembering that $sentence:text',
    'remember:remembering [colon] $text:text',
    '(save|keep|add|insert) [message|data] [[that|colon] $text:text] (in|to|destination|inside) ($space:space|memory:remembering)',
    // "save this text to the shared memory: …"
    'save',
    'insert',
    'keep',
    'add',
  ],
  bare: [
    '[message] $text:text (must|ought|be) [be] (remember:remembering|save|insert|keep)',
    '$space:space (must|ought) [be] (receive|contains) [message] $text:text',
  ],
  slots: [
    '[comma] (for|in_case|at_most) [a] $duration:ttl [comma|colon]',
    '[comma] (in|to|at|inside) $space:space [comma|colon]',
    '[as] [single] message [colon]',
    '[comma] [(in|to|at|inside)] (it:again|there:again|same_space:again) [comma|colon]',
    'for_later [comma|colon]',
    '[comma|colon] [that|message] $text:text',
    'that $sentence:text',
    '(in|to|destination) [file] [called] $path:path',
  ],
  needs: [['text'], ['remembering', 'space']],
  plan({ slots, start }, draft) {
    // "Note that the file is big": said to whoever reads it, unless it is said where or how long it is kept
    const isSaid =
      /^(note|notez|bear)$/.test(draft.input.tokens[start]?.folded ?? '') && typeof slots['text'] !== 'string';
    if (isSaid && ['space', 'ttl'].every((name) => slots[name] === undefined))
      throw new Refusal(
        draft.span,
        'say where or for how long this is to be remembered, such as "in the shared space"',
      );
    // "note « panne » dans panne.txt": a text for a file
    if (slots['path'] !== undefined) {
      const text = draft.literal(wordsOf(draft, slots['text']));
      draft.add('write_text', {
        uses: 'file.write',
        with: { path: workspacePath(textOf(slots['path']), draft.span), text },
      });
      return;
    }
    draft.add('remember', {
      uses: 'memory.remember',
      with: {
        text: draft.literal(wordsOf(draft, slots['text'])),
        space: slots['again'] === true ? spaceBefore(draft) : spaceIn(slots),
        ttl: slots['ttl'] === undefined ? undefined : textOf(slots['ttl']),
      },
    });
  },
};

const spaceIn = ({ space }: Slots): string | undefined => (space === undefined ? undefined : textOf(space));

/** "the same space": that of the last step with the memory. */
function spaceBefore(draft: Draft): string | undefined {
  const step = draft.steps.all.findLast(({ uses }) => uses?.startsWith('memory.') === true);
  if (step === undefined) throw new Refusal(draft.span, 'no memory was spoken of before this: say which space');
  const space = step.with?.['space'];
  return typeof space === 'string' ? space : undefined;
}

/** Texts of a memory that say something about what is asked. */
export const searchMemoryFamily: Family = {
  name: 'search the memory',
  does: 'finds what the memory has about something',
  examples: [
    'what do we know in memory about forklift batteries? 5 hits at most',
    'cherche dans la mémoire partagée : pannes du convoyeur',
  ],
  heads: ['know_about', 'search', 'look', 'query', 'call', 'fetch'],
  bare: ['$number:limit hit_word at_most:bound', 'at_most:bound $number:limit hit_word'],
  slots: [
    '[comma] [(in|from|to|of)] $space:space [comma|colon]',
    '[comma] [(in|from|to|of)] memory:memory [of $space:space] [comma|colon]',
    '[(in|from)] (it:again|there:again)',
    '[all] [message|data] $query:query (in|from|of) ($space:space|memory:memory)',
    '[all] (message|data|hit_word) (about|concerns|on|for|of) $query:query',
    '(with|on) $text:query',
    '[comma] [(in|from|to|of)] same_space:again [comma|colon]',
    '[what] (about|concerns|on|for|of) $query:query',
    '[colon] $text:query',
    '[comma] at_most $number:limit [hit_word|data|response]',
    '[comma] $number:limit (hit_word|data|response) at_most',
  ],
  needs: [
    ['query', 'bound'],
    ['space', 'memory', 'again', 'bound'],
  ],
  plan({ slots }, draft) {
    void slots['bound'];
    const limit = slots['limit'] === undefined ? undefined : Number(slots['limit']);
    if (slots['query'] === undefined) {
      const step = draft.steps.all.findLast(({ uses }) => uses === 'memory.search');
      if (step?.with === undefined || limit === undefined)
        throw new Refusal(draft.span, 'nothing is looked for in the memory before this');
      step.with['limit'] = limit;
      return;
    }
    const step = draft.add('search_memory', {
      uses: 'memory.search',
      with: {
        query: draft.literal(wordsOf(draft, slots['query'])),
        space: slots['again'] === true ? spaceBefore(draft) : spaceIn(slots),
        limit,
      },
    });
    draft.make({
      labels: ['found', 'hits', 'memories', 'texts', 'souvenirs', 'textes'],
      form: 'data',
      step,
      path: 'found',
    });
    draft.results.set(step, { step, path: 'found' });
  },
};

/** Texts that are remembered no longer. */
export const forgetFamily: Family = {
  name: 'forget',
  does: 'removes a text of the memory by its id, or all of a space',
  examples: ['forget the memory with the id m-881 in the space dispatch', "oublie tout dans l'espace « essai »"],
  heads: ['forget'],
  bare: ['everything:whole [that] [be] (in|of|from) $space:space [comma|colon] forget:forgetting'],
  slots: [
    '[the] memory',
    'everything:whole [that] [be]',
    '[with] id_word [called|colon|equals|be] $id:id',
    '[comma] (in|from|of) $space:space',
  ],
  needs: [['id', 'space']],
  plan({ slots }, draft) {
    void slots['forgetting'];
    if (slots['id'] === undefined && slots['whole'] !== true)
      throw new Refusal(draft.span, 'say which text is to be forgotten, by its id, or "everything in the space …"');
    if (slots['id'] !== undefined && slots['whole'] === true)
      throw new Refusal(draft.span, 'it is not clear whether one text or all of the space is to be forgotten');
    draft.add('forget', {
      uses: 'memory.forget',
      with: {
        id: slots['id'] === undefined ? undefined : textOf(slots['id']),
        space: spaceIn(slots),
      },
    });
  },
};

/** A value that the run has kept, with one that stands in where there is none. */
export const recallFamily: Family = {
  name: 'recall',
  does: 'takes a value that was kept under a name, or another one where there is none',
  examples: ["recall the value called cutoff - 16:00 if there's none - and write it in cutoff.txt"],
  heads: ['recall', 'fetch'],
  slots: [
    '[value_word] [kept_word] (called|under_name) $name:name',
    '[comma] [or|with] $fallback:default [as] (if_none|by_default)',
    '[comma] (if_none|by_default) [colon|comma] $fallback:default',
  ],
  needs: [['name'], ['default']],
  plan({ slots }, draft) {
    const name = textOf(slots['name']);
    const given = slots['default'] as Json;
    const step = draft.add(`recall_${name}`, {
      uses: 'memory.get',
      with: { name, default: typeof given === 'string' ? draft.literal(given) : given },
    });
    draft.make({ labels: [name, 'value'], form: 'text', step, path: 'value' });
  },
};
