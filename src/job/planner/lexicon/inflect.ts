/** Phrases by concept, separated by commas. */
export type Words = { [concept: string]: string };

const VOWEL_END = /e$/;

/** Phrases of an entry with the forms of its verbs: `save~` gives saves, saved, saving; `cré~er` crée, créez, créés … */
export function formsOf(entry: string): string[] {
  return entry
    .split(/,(?=\s)/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '')
    .flatMap((phrase) => {
      const [, stem = '', ending = '', rest = ''] = /^(\S+)~(er)?(.*)$/.exec(phrase) ?? [];
      if (stem === '') return [phrase];
      return (ending === 'er' ? french(stem) : english(stem)).map((form) => form + rest);
    });
}

/** A French phrase with the forms of the preposition at its end: `inférieur à` is `inférieur au` as well. */
export function contracted(phrase: string): string[] {
  if (/ à$/.test(phrase)) return [phrase, phrase.replace(/à$/, 'au'), phrase.replace(/à$/, 'aux')];
  if (/ de$/.test(phrase))
    return [phrase, phrase.replace(/de$/, 'du'), phrase.replace(/de$/, 'des'), phrase.replace(/de$/, "d'")];
  return [phrase];
}

function english(verb: string): string[] {
  const stem = verb.replace(VOWEL_END, '');
  if (/[^aeiou]y$/.test(verb)) {
    const bare = verb.slice(0, -1);
    return [verb, `${bare}ies`, `${bare}ied`, `${verb}ing`];
  }
  const third = /(s|sh|ch|x|z)$/.test(verb) ? `${verb}es` : `${verb}s`;
  return [verb, third, `${stem}ed`, `${stem}ing`];
}

function french(stem: string): string[] {
  const soft = stem.replace(/g$/, 'ge').replace(/c$/, 'ç');
  const endings = [
    'e',
    'es',
    'ez',
    'er',
    'ent',
    'é',
    'ée',
    'és',
    'ées',
    'era',
    'erons',
    'eront',
    'erez',
    'eras',
    'erai',
  ];
  return [...endings.map((ending) => stem + ending), `${soft}ons`, `${soft}ant`];
}
