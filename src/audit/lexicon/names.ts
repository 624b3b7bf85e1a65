/** Words about words: what makes a telling word the name of a thing, or the subject of a plan. Folded. */

/** Nouns that name a screen, a document or a feature after the word before: `error page`, `waiting list`, `manual entry screen`. */
export const namingNouns = new Set(
  'screen screens page pages module modules form forms field fields button buttons menu list lists template templates handling handler policy policies procedure procedures register log logs code codes message messages tracker tracking management detection prevention ecran ecrans liste listes'.split(
    ' ',
  ),
);

/** Verbs that begin a row about building or planning something: the row is not the waste that the thing is about. */
export const buildingVerbs = new Set(
  'implement implementing implementation add adding create creating build building design designing develop developing plan planning introduce introducing feat feature ajouter ajout creer creation implementer developper developpement concevoir conception mettre mise planifier feature'.split(
    ' ',
  ),
);

/** Words of one lexicon that mean something else in the other language: no evidence where the language is a guess. */
export const falseFriends = new Set(
  'attend attends refuse lent retard pile piles amende amendes faute fautes'.split(' '),
);
