import type { Language } from '../../schemas/language';

/** A number as a language writes it. */
export const numberText = (value: number, language: Language): string =>
  new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: 6 })
    .format(value)
    .replaceAll(/[\u00a0\u202f]/g, ' ');

function openItems(count: number, all: number): string {
  if (all === 1) return 'the open item';
  return count === all ? `each of the ${all} open items` : `${count} of the ${all} open items`;
}

function pointsOuverts(count: number, all: number): string {
  if (all === 1) return 'ce point ouvert';
  return count === all ? `ces ${all} points ouverts` : `${count} des ${all} points ouverts`;
}

/** Words of reports. */
export const phrases = {
  en: {
    subject: 'Goal',
    source: 'Every line comes from the context; the JSON Pointer behind it says from where.',
    progress: (done: number, all: number) => `${done} of ${all} done.`,
    list: 'Items',
    line: (line: number) => `, line ${line}`,
    due: (due: string) => `due ${due}`,
    questions: 'Open questions',
    facts: 'Also in the context',
    whole: 'the context',
    empty: 'The context is empty, so nothing is listed here.',
    nothing: 'The context names no tasks, requirements or steps, so nothing is listed here.',
    askWork:
      'What has to be done? Give tasks, requirements or steps as a list, for example `{"tasks": [{"title": "…", "owner": "…", "due": "…", "done": false}]}`.',
    askOwner: 'Who is responsible?',
    askDue: 'By when?',
    askOwners: (count: number, all: number, which: string) =>
      `Who is responsible for ${openItems(count, all)}? (${which})`,
    askDues: (count: number, all: number, which: string) =>
      `When is the deadline of ${openItems(count, all)}? (${which})`,
    askCriteria: 'How is it decided that the work is done? The context names no acceptance criteria.',
    askUnnamed: (places: string) => `What is meant by the entries without a title? ${places}`,
    askTwice: (text: string, places: string) => `Is “${text}” meant more than once? ${places}`,
    more: (count: number) => `and ${count} more`,
    none: 'The context is empty: there is nothing to summarise. Give data, lists or results as the context.',
    overview: 'Overview',
    fields: (count: number) => (count === 1 ? '1 value' : `${count} values`),
    lists: (count: number) => (count === 1 ? '1 list' : `${count} lists`),
    texts: (count: number) => (count === 1 ? '1 text' : `${count} texts`),
    entries: (count: number) => (count === 1 ? '1 entry' : `${count} entries`),
    holds: (parts: string) => `The context holds ${parts}.`,
    and: ' and ',
    values: 'Values',
    field: 'Field',
    value: 'Value',
    place: 'Place',
    filled: 'Filled',
    kind: 'Kind',
    about: 'About it',
    figures: (sum: string, mean: string) => `sum ${sum}, mean ${mean}`,
    range: (least: string, most: string) => `${least} to ${most}`,
    distinct: (count: number) => `${count} different`,
    kinds: { number: 'numbers', date: 'dates', text: 'texts', flag: 'yes or no', nested: 'nested', mixed: 'mixed' },
    flags: (yes: number, no: number) => `yes ${yes}, no ${no}`,
    artifacts: 'Artifacts',
    noArtifacts: 'No artifacts were given.',
    allBytes: (count: number, bytes: string) => `${count === 1 ? '1 file' : `${count} files`}, ${bytes} bytes.`,
    file: 'File',
    type: 'Type',
    bytes: 'Bytes',
    noRows: 'There are no rows.',
  },
  fr: {
    subject: 'Objectif',
    source: "Chaque ligne provient du contexte ; le pointeur JSON qui la suit dit d'où.",
    progress: (done: number, all: number) => `${done} sur ${all} ${done > 1 ? 'terminés' : 'terminé'}.`,
    list: 'Points',
    line: (line: number) => `, ligne ${line}`,
    due: (due: string) => `échéance ${due}`,
    questions: 'Questions ouvertes',
    facts: 'Autres données du contexte',
    whole: 'le contexte',
    empty: "Le contexte est vide : rien n'est donc listé ici.",
    nothing: "Le contexte ne cite ni tâche, ni exigence, ni étape : rien n'est donc listé ici.",
    askWork:
      'Que faut-il faire ? Donnez les tâches, exigences ou étapes sous forme de liste, par exemple `{"tasks": [{"title": "…", "owner": "…", "due": "…", "done": false}]}`.',
    askOwner: 'Qui est responsable ?',
    askDue: 'Pour quand ?',
    askOwners: (count: number, all: number, which: string) =>
      `Qui est responsable de ${pointsOuverts(count, all)} ? (${which})`,
    askDues: (count: number, all: number, which: string) =>
      `Quelle est l'échéance de ${pointsOuverts(count, all)} ? (${which})`,
    askCriteria: "Comment décide-t-on que le travail est terminé ? Le contexte ne donne aucun critère d'acceptation.",
    askUnnamed: (places: string) => `Que désignent les entrées sans titre ? ${places}`,
    askTwice: (text: string, places: string) => `« ${text} » figure plusieurs fois : est-ce voulu ? ${places}`,
    more: (count: number) => `et ${count} de plus`,
    none: "Le contexte est vide : il n'y a rien à résumer. Donnez des données, des listes ou des résultats.",
    overview: "Vue d'ensemble",
    fields: (count: number) => (count === 1 ? '1 valeur' : `${count} valeurs`),
    lists: (count: number) => (count === 1 ? '1 liste' : `${count} listes`),
    texts: (count: number) => (count === 1 ? '1 texte' : `${count} textes`),
    entries: (count: number) => (count === 1 ? '1 entrée' : `${count} entrées`),
    holds: (parts: string) => `Le contexte contient ${parts}.`,
    and: ' et ',
    values: 'Valeurs',
    field: 'Champ',
    value: 'Valeur',
    place: 'Emplacement',
    filled: 'Renseigné',
    kind: 'Nature',
    about: 'Contenu',
    figures: (sum: string, mean: string) => `somme ${sum}, moyenne ${mean}`,
    range: (least: string, most: string) => `de ${least} à ${most}`,
    distinct: (count: number) => `${count} différents`,
    kinds: {
      number: 'nombres',
      date: 'dates',
      text: 'textes',
      flag: 'oui ou non',
      nested: 'imbriqué',
      mixed: 'mixte',
    },
    flags: (yes: number, no: number) => `oui ${yes}, non ${no}`,
    artifacts: 'Fichiers produits',
    noArtifacts: "Aucun fichier n'a été donné.",
    allBytes: (count: number, bytes: string) => `${count === 1 ? '1 fichier' : `${count} fichiers`}, ${bytes} octets.`,
    file: 'Fichier',
    type: 'Type',
    bytes: 'Octets',
    noRows: "Il n'y a aucune ligne.",
  },
} satisfies Record<Language, unknown>;

export type Phrases = (typeof phrases)[Language];
