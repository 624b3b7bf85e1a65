import type { Language } from '../../schemas/language';
import type { Lever } from '../../schemas/audit/deliverables';
import type { Waste } from './lexicon/topics';
import type { DriverId } from './levers';
import type { SignalId } from './signals';

type Names<Id extends string> = Record<Id, readonly [english: string, french: string]>;

const wasteNames: Names<Waste | 'unclassified'> = {
  rework: ['Rework', 'Reprises et corrections'],
  waiting: ['Waiting', 'Attentes'],
  handover: ['Hand-overs', 'Passages de relais'],
  motion: ['Motion between systems', 'Allers-venues entre outils'],
  overprocessing: ['Overprocessing', 'Sur-traitement'],
  overproduction: ['Overproduction', 'Surproduction'],
  backlog: ['Backlog', 'Travail en stock'],
  unused_skill: ['Unused skill', 'Compétences sous-employées'],
  unclassified: ['Unclassified', 'Non classé'],
};

const signalNames: Names<SignalId> = {
  repetition: ['Repeated work', 'Travail répété'],
  interruption: ['Interruptions', 'Interruptions'],
  handover: ['Hand-overs', 'Passages de relais'],
  waiting: ['Waiting', 'Attentes'],
  rework: ['Rework', 'Reprises et corrections'],
  bouncing: ['Bouncing work', 'Allers-retours'],
};

const leverNames: Names<Lever> = {
  eliminate: ['Eliminate what nobody needs', 'Supprimer ce qui ne sert à personne'],
  merge: ['Merge repeated and passed-on work', 'Fusionner le travail répété ou transmis'],
  automate: ['Automate re-keying and checks at entry', 'Automatiser la ressaisie et les contrôles à l’entrée'],
  delegate: ['Delegate routine work', 'Déléguer les tâches de routine'],
  batch: ['Batch waiting, interruptions and backlog', 'Regrouper attentes, interruptions et stocks'],
};

const driverNames: Names<DriverId> = {
  overproduction: wasteNames.overproduction,
  overprocessing: wasteNames.overprocessing,
  duplicate: ['Same text again', 'Même texte répété'],
  repeated: ['Similar work again', 'Travail semblable répété'],
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
