import type { Language } from '../../schemas/language';
import type { Lever } from '../../schemas/audit/deliverables';
import type { Waste } from './lexicon/topics';
import type { DriverId } from './levers';
import type { SignalId } from './signals';

type Names<Id extends string> = Record<Id, readonly [english: string, french: string]>;

const wasteNames: Names<Waste | 'unclassified'> = {
  rework: ['Rework', 'Corrections et reprises'],
  waiting: ['Waiting', 'Attentes'],
  handover: ['Hand-overs', 'Transmissions entre personnes'],
  motion: ['Switching between systems', 'Ressaisies et changements d’outil'],
  overprocessing: ['Overprocessing', 'Surqualité et doubles contrôles'],
  overproduction: ['Overproduction', 'Production sans destinataire'],
  backlog: ['Backlog', 'Travail en retard'],
  unused_skill: ['Unused skills', 'Compétences mal employées'],
  unclassified: ['Unclassified', 'Non classé'],
};

const signalNames: Names<SignalId> = {
  repetition: ['Repeated work', 'Travail répété'],
  interruption: ['Interruptions', 'Interruptions'],
  handover: ['Hand-overs', 'Transmissions entre personnes'],
  waiting: ['Waiting', 'Attentes'],
  rework: ['Rework', 'Corrections et reprises'],
  bouncing: ['Work sent back and forth', 'Allers-retours'],
};

const leverNames: Names<Lever> = {
  eliminate: ['Eliminate what nobody needs', 'Supprimer ce qui ne sert à personne'],
  merge: ['Combine repeated and passed-on work', 'Regrouper le travail répété ou transmis'],
  automate: ['Automate re-keying and checks at entry', 'Automatiser les ressaisies et les contrôles à la saisie'],
  delegate: ['Delegate routine work', 'Déléguer les tâches de routine'],
  batch: [
    'Set fixed times for questions, interruptions and backlog',
    'Fixer des plages pour les questions, interruptions et retards',
  ],
};

const driverNames: Names<DriverId> = {
  overproduction: wasteNames.overproduction,
  overprocessing: wasteNames.overprocessing,
  duplicate: ['Same text again', 'Texte identique'],
  repeated: ['Similar work again', 'Travail semblable'],
  handover: wasteNames.handover,
  motion: wasteNames.motion,
  rework: wasteNames.rework,
  unused_skill: wasteNames.unused_skill,
  interruption: signalNames.interruption,
  waiting: wasteNames.waiting,
  backlog: wasteNames.backlog,
};

function nameLookup<Id extends string>(names: Names<Id>) {
  return (id: Id, language: Language) => names[id][language === 'fr' ? 1 : 0];
}

export const wasteName = nameLookup(wasteNames);
export const signalName = nameLookup(signalNames);
export const leverName = nameLookup(leverNames);
export const driverName = nameLookup(driverNames);
