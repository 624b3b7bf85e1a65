/** Words that say nothing about the role of a column. */
export const FILLERS = new Set(
  'the|of|by|nach|je|pro|in|en|de|du|des|la|le|les|d|l|per|par|for|pour|a|to|and|et|und|y|e|your|votre|vos|our|notre|ihre|hors|taxes|excl|ex|ht|h|t|total'.split(
    '|',
  ),
);
