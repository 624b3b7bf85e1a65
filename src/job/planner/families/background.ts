import type { Family } from '../family';

/** Sentences and parts of them that ask for nothing: reasons, purposes, greetings, and that nothing else is to be done. */
export const backgroundFamily: Family = {
  name: 'background',
  does: 'nothing: it tells why something is done, or what for',
  examples: ['fetch https://api.example.com/users because the auditors want to see them, and save to users.json'],
  heads: [
    'reason $remark',
    'as_said $told',
    'otherwise [comma] nothing_done',
    'otherwise [comma] none [$remark]',
    '(if|unless) [it|them] [be] [there_is] [none|not|any] [comma] nothing_done',
  ],
  bare: [
    'purpose [$remark]',
    'nothing_else',
    'others [be] nothing_done',
    '$subject here $end',
    'she not $remark',
    '(in|from) context [comma] there_is $fields:aside',
    'context (has|contains|gives) $fields:aside',
    '$fields:aside (be (in|from|given) [in|by]|located) context',
    'subject_line colon $remark',
  ],
  slots: [],
  cost: 0.1,
  background: true,
  plan() {
    // its words are named in the notes
  },
};
