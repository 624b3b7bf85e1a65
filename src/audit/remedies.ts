import type { Language } from '../../schemas/language';
import { sayIn } from './language';
import type { Waste } from './lexicon/topics';
import type { SignalId } from './signals';

/** Remedy for a waste, in a few words. */
export function wasteRemedy(waste: Waste, language: Language): string {
  const say = sayIn(language);
  switch (waste) {
    case 'rework':
      return say('Stop errors at entry, where they are made', 'Arrêter les erreurs à la saisie, là où elles naissent');
    case 'waiting':
      return say(
        'Agree on answer times and bundle questions',
        'Convenir de délais de réponse et grouper les questions',
      );
    case 'handover':
      return say(
        'Give each case one owner from start to end',
        'Donner à chaque dossier un seul responsable de bout en bout',
      );
    case 'motion':
      return say(
        'Let data flow between the systems instead of keying it',
        'Faire circuler les données entre outils au lieu de les ressaisir',
      );
    case 'overprocessing':
      return say('Keep one check and one format', 'Garder un seul contrôle et un seul format');
    case 'overproduction':
      return say('Stop what nobody reads', 'Arrêter ce que personne ne lit');
    case 'backlog':
      return say(
        'Work the backlog off once, then take work as it comes',
        'Résorber le stock une fois, puis traiter au fil de l’eau',
      );
    case 'unused_skill':
      return say('Move routine work away from specialists', 'Décharger les spécialistes de la routine');
  }
}

/** Remedy for a kind of friction, in a few words. */
export function signalRemedy(id: SignalId, language: Language): string {
  const say = sayIn(language);
  switch (id) {
    case 'repetition':
      return say('Do repeated work once, or in one go', 'Faire le travail répété une seule fois, ou d’un trait');
    case 'interruption':
      return say('Set two slots a day for questions', 'Fixer deux créneaux par jour pour les questions');
    case 'handover':
      return say('Give each case one owner', 'Donner à chaque dossier un seul responsable');
    case 'waiting':
      return say('Agree on answer times with those who are waited for', 'Convenir de délais avec ceux que l’on attend');
    case 'rework':
      return say('Refuse wrong or incomplete input at entry', 'Refuser à l’entrée ce qui est faux ou incomplet');
    case 'bouncing':
      return say('Settle bouncing cases in one call of both sides', 'Régler les allers-retours en un appel à deux');
  }
}
