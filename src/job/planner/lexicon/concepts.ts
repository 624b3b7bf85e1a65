const listOf = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Concepts of verbs: a word of theirs names no thing, unless it is known as a noun too. */
export const VERBS = listOf(`fetch query run save keep filter remove delete group sort dedupe join append insert upsert
  send put patch call login poll wait ask approve notify render generate convert parse rename select calculate count list
  search copy move archive remember recall add reply`);

/** Concepts of small words, which no name consists of unless it stands in quotes. */
export const CLOSED = listOf(`and or then beforehand before after if unless otherwise not refuse_not without except only
  be must there_is of for from to in as with by on that whose the all each per it clitic them every until filler equals
  differs greater at_least less at_most_value between one_of contains starts ends context who_me into called done
  at_most paged overwrite ought wishes needs no_field`);

/** Concepts of words that say where things are or go; a field may be called so, a thing is not. */
export const JOINTS = listOf('goes gives given located what light matter');

/** Concepts of words that are names of things anyway. */
export const NOUNS = listOf(
  `noun compound data response page message number file table status user token column total`,
);
