import type { Language } from '../../schemas/language';
import type { Cause, Unexplained } from '../../schemas/audit/deliverables';
import type { Sentence } from '../llm/choices';
import { oneLine, shorten } from './format';
import { sayIn, type Say } from './language';
import type { Waste } from './lexicon/topics';

/** Most questions of a document: people answer a few gladly. */
export const MOST_QUESTIONS = 3;

/**
 * Questions to the people who do the work, for what a document knows and does not know: about each cause, and about the
 * largest work without evidence of one. All are fixed sentences; only names of categories stand in them.
 */
export function questionsFor(
  causes: readonly Pick<Cause, 'id'>[],
  unexplained: readonly Pick<Unexplained, 'category'>[],
  language: Language,
): Sentence[] {
  const say = sayIn(language);
  return [
    ...causes.flatMap(({ id }) =>
      aboutWaste(id as Waste, say).map((text, index) => ({ id: `${id}.${index + 1}`, text })),
    ),
    ...unexplained.flatMap(({ category }, place) =>
      aboutCategory(category, say).map((text, index) => ({ id: `unexplained.${place + 1}.${index + 1}`, text })),
    ),
  ];
}

/** The question that would find the cause of work without evidence. */
export function causeQuestion(category: string, language: Language): string {
  return aboutCategory(category, sayIn(language))[0]!;
}

/** Questions of the rules: the first about each cause and each work without evidence, largest first. */
export function firstQuestions(sentences: readonly Sentence[]): string[] {
  return sentences
    .filter(({ id }) => id.endsWith('.1'))
    .map(({ text }) => text)
    .slice(0, MOST_QUESTIONS);
}

function aboutCategory(name: string, say: Say): string[] {
  const quoted = say(`“${shorten(oneLine(name), 60)}”`, `«\u202f${shorten(oneLine(name), 60)}\u202f»`);
  return [
    say(
      `In ${quoted}, what has to be done again, waits for somebody, or is passed on?`,
      `Dans ${quoted}, que faut-il refaire, qu’attend-on et de qui, que transmet-on à d’autres ?`,
    ),
    say(
      `What sets off the work in ${quoted}, and who asks for it?`,
      `Qu’est-ce qui déclenche le travail de ${quoted}, et qui le demande ?`,
    ),
    say(
      `What would happen if the work in ${quoted} was left undone for a week?`,
      `Que se passerait-il si le travail de ${quoted} n’était pas fait pendant une semaine ?`,
    ),
  ];
}

function aboutWaste(waste: Waste, say: Say): string[] {
  switch (waste) {
    case 'rework':
      return [
        say(
          'Where do the errors behind these corrections arise, and who could notice them first?',
          'Où naissent les erreurs que l’on corrige, et qui pourrait les remarquer en premier ?',
        ),
        say(
          'Which of these corrections come back most often, and from which customers, suppliers or systems?',
          'Quelles corrections reviennent le plus souvent, et de quels clients, fournisseurs ou outils ?',
        ),
      ];
    case 'waiting':
      return [
        say(
          'Who is being waited for, and do they know that the work stands still meanwhile?',
          'Qui attend-on, et cette personne sait-elle que le travail est arrêté entre-temps ?',
        ),
        say(
          'Which part of the work could go on before the answer is there?',
          'Quelle partie du travail pourrait avancer avant la réponse ?',
        ),
      ];
    case 'handover':
      return [
        say(
          'Why does the work change hands here, and what can the next person do that the first cannot?',
          'Pourquoi le travail change-t-il de mains ici, et que peut faire le suivant que le premier ne peut pas ?',
        ),
        say(
          'What has to be asked or explained again after the work has changed hands?',
          'Que faut-il redemander ou réexpliquer une fois le dossier transmis ?',
        ),
      ];
    case 'motion':
      return [
        say(
          'Which data are entered a second time, and which system holds them first?',
          'Quelles données sont saisies une seconde fois, et quel outil les contient en premier ?',
        ),
        say(
          'Can these systems export and import files, and who may switch that on?',
          'Ces outils savent-ils exporter et importer des fichiers, et qui peut activer cette fonction ?',
        ),
      ];
    case 'overprocessing':
      return [
        say(
          'Is this check or format required by law or by contract, or has it become a habit?',
          'Ce contrôle ou ce format est-il exigé par la loi ou par un contrat, ou est-ce une habitude ?',
        ),
        say(
          'How often has the second check found anything that the first had missed?',
          'Combien de fois le second contrôle a-t-il trouvé ce que le premier avait laissé passer ?',
        ),
      ];
    case 'overproduction':
      return [
        say(
          'Who has used this output lately, and for which decision?',
          'Qui s’est servi de ce document récemment, et pour quelle décision ?',
        ),
        say('Who would notice if it was no longer made?', 'Qui remarquerait qu’on ne le produit plus ?'),
      ];
    case 'backlog':
      return [
        say(
          'Does more work come in than gets finished, or was there a single peak?',
          'Arrive-t-il plus de travail qu’il n’en est terminé, ou y a-t-il eu un pic isolé ?',
        ),
        say(
          'How old is the oldest open case, and what keeps it open?',
          'De quand date le plus ancien dossier ouvert, et qu’est-ce qui l’empêche d’être clos ?',
        ),
      ];
    case 'unused_skill':
      return [
        say(
          'Which part of this work needs the specialist, and who else could do the rest?',
          'Quelle partie de ce travail exige le spécialiste, et qui d’autre pourrait faire le reste ?',
        ),
        say(
          'Which work of theirs is left undone meanwhile?',
          'Quel travail de leur métier reste en attente pendant ce temps ?',
        ),
      ];
  }
}
