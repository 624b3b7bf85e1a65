import type { Language } from '../../schemas/language';
import type { Lever } from '../../schemas/audit/deliverables';
import { sayIn } from './language';

export type DriverId =
  | 'overproduction'
  | 'overprocessing'
  | 'duplicate'
  | 'repeated'
  | 'handover'
  | 'motion'
  | 'rework'
  | 'unused_skill'
  | 'interruption'
  | 'waiting'
  | 'backlog';

/** Reason why a lever applies to a row, with the percentage of the row's minutes that it saves. */
export interface Driver {
  id: DriverId;
  lever: Lever;
  low: number;
  likely: number;
  high: number;
}

/**
 * Levers in the order of ECRS, which decides ties: eliminate, combine, then those that need a tool, a person, a habit.
 */
export const leverOrder: readonly Lever[] = ['eliminate', 'merge', 'automate', 'delegate', 'batch'];

/**
 * Planning assumptions, not measurements: the report says so and asks for a pilot. Delegated minutes do not vanish but
 * move to a lower rate; the difference counts as saved, in minutes at the present rate.
 */
export const drivers: readonly Driver[] = [
  { id: 'overproduction', lever: 'eliminate', low: 50, likely: 75, high: 100 },
  { id: 'overprocessing', lever: 'eliminate', low: 30, likely: 50, high: 80 },
  { id: 'duplicate', lever: 'merge', low: 15, likely: 30, high: 50 },
  { id: 'handover', lever: 'merge', low: 20, likely: 35, high: 50 },
  { id: 'repeated', lever: 'merge', low: 5, likely: 15, high: 25 },
  { id: 'motion', lever: 'automate', low: 40, likely: 60, high: 80 },
  { id: 'rework', lever: 'automate', low: 20, likely: 35, high: 50 },
  { id: 'unused_skill', lever: 'delegate', low: 20, likely: 30, high: 40 },
  { id: 'waiting', lever: 'batch', low: 15, likely: 25, high: 40 },
  { id: 'interruption', lever: 'batch', low: 15, likely: 25, high: 40 },
  { id: 'backlog', lever: 'batch', low: 10, likely: 20, high: 30 },
];

/** One-off effort in hours: for setting the lever up, and for each distinct activity that it changes. */
export const effortHours: Record<Lever, { base: number; each: number }> = {
  eliminate: { base: 8, each: 3 },
  merge: { base: 16, each: 3 },
  automate: { base: 80, each: 8 },
  delegate: { base: 12, each: 4 },
  batch: { base: 8, each: 2 },
};

/** A scenario that takes longer than this to pay back is left out of the combined plan. */
export const LONGEST_PAYBACK_MONTHS = 24;

interface LeverWords {
  words: string;
  prerequisites: string[];
  /** observations that would refute the step */
  refutedBy: string[];
  risk: { level: 'low' | 'medium' | 'high'; words: string };
}

export function leverWords(lever: Lever, language: Language): LeverWords {
  const say = sayIn(language);
  switch (lever) {
    case 'eliminate':
      return {
        words: say(
          'Stop reports, copies and second checks that nobody uses or asks for.',
          'Arrêter les états, copies et doubles contrôles que personne n’utilise ni ne demande.',
        ),
        prerequisites: [
          say(
            'Each recipient confirms in writing that the output is not used.',
            'Chaque destinataire confirme par écrit qu’il ne s’en sert pas.',
          ),
          say(
            'Audit or compliance owner agrees to each check that is dropped.',
            'Le responsable conformité valide chaque contrôle supprimé.',
          ),
        ],
        refutedBy: [
          say(
            'A recipient who uses the output, or a check that found something in the last three months.',
            'Un destinataire qui se sert du document, ou un contrôle qui a trouvé une erreur au cours des trois derniers mois.',
          ),
        ],
        risk: {
          level: 'medium',
          words: say(
            'A check that looks superfluous may be a control: drop it for a month on trial and count what slips through.',
            'Un contrôle d’apparence superflue peut être requis : le suspendre un mois à l’essai et compter ce qui passe.',
          ),
        },
      };
    case 'merge':
      return {
        words: say(
          'Do the same work once, and give a case one owner from start to end.',
          'Faire une seule fois le même travail, et donner à chaque dossier un seul responsable de bout en bout.',
        ),
        prerequisites: [
          say('Owners of the repeated work agree who does it.', 'Les équipes concernées s’accordent sur qui le fait.'),
          say(
            'The one owner has the system rights and the authority the case needs.',
            'Ce responsable a les droits et la délégation nécessaires.',
          ),
        ],
        refutedBy: [
          say(
            'Rows that read alike but turn out to be separate cases, or a second person who does what the first may not do.',
            'Des lignes semblables qui sont en fait des dossiers distincts, ou un second intervenant qui fait ce que le premier n’a pas le droit de faire.',
          ),
        ],
        risk: {
          level: 'low',
          words: say(
            'Rows that read alike may stand for separate cases: walk through each group with the people before merging.',
            'Des lignes semblables peuvent être des dossiers distincts : revoir chaque groupe avec l’équipe avant de fusionner.',
          ),
        },
      };
    case 'automate':
      return {
        words: say(
          'Move data between systems by interface or import, and refuse wrong data at entry (poka-yoke).',
          'Faire passer les données par interface ou import, et refuser les données fausses à la saisie (poka-yoke).',
        ),
        prerequisites: [
          say(
            'The systems offer an import, an interface or a robot licence.',
            'Les outils offrent un import, une interface ou une licence de robot.',
          ),
          say(
            'Master data (customers, articles, tax codes) is clean enough to match on.',
            'Les données de base (clients, articles, codes TVA) permettent un rapprochement fiable.',
          ),
          say('An owner for the interface once it runs.', 'Un responsable de l’interface une fois en service.'),
        ],
        refutedBy: [
          say(
            'Systems without import or interface, or errors that come from outside and cannot be refused at entry.',
            'Des outils sans import ni interface, ou des erreurs venues de l’extérieur que la saisie ne peut pas refuser.',
          ),
        ],
        risk: {
          level: 'medium',
          words: say(
            'An automated error repeats fast: run both ways side by side for two weeks and compare.',
            'Une erreur automatisée se répète vite : faire tourner les deux circuits deux semaines et comparer.',
          ),
        },
      };
    case 'delegate':
      return {
        words: say(
          'Let assistants do the routine, so that specialists do what only they can.',
          'Confier la routine à des assistants pour que les spécialistes fassent ce qu’eux seuls savent faire.',
        ),
        prerequisites: [
          say('A colleague with free time and a lower rate.', 'Un collègue disponible et à un taux inférieur.'),
          say('A one-page instruction for each activity.', 'Un mode opératoire d’une page par activité.'),
        ],
        refutedBy: [
          say(
            'Nobody with a lower rate who has the time, or a specialist who would have to check every result.',
            'Personne de disponible à un taux inférieur, ou un spécialiste qui devrait revoir chaque résultat.',
          ),
        ],
        risk: {
          level: 'low',
          words: say(
            'Saves nothing if the specialist checks everything again: agree on samples.',
            'Aucun gain si le spécialiste revérifie tout : convenir d’un contrôle par sondage.',
          ),
        },
      };
    case 'batch':
      return {
        words: say(
          'Bundle questions, chasers and interruptions into fixed slots, and work backlog off at set times.',
          'Regrouper questions, relances et interruptions sur des plages fixes, et résorber les retards à heures fixes.',
        ),
        prerequisites: [
          say(
            'Two fixed slots a day are known to the other departments.',
            'Deux créneaux fixes par jour, connus des autres services.',
          ),
          say('A rule for what is truly urgent.', 'Une règle qui dit ce qui est vraiment urgent.'),
        ],
        refutedBy: [
          say(
            'Interruptions that are truly urgent, or waits that others set and that no agreement shortens.',
            'Des interruptions réellement urgentes, ou des attentes imposées par d’autres qu’aucun accord ne raccourcit.',
          ),
        ],
        risk: {
          level: 'low',
          words: say(
            'Answers may come some hours later: keep one person on call for urgent cases.',
            'Certaines réponses attendront quelques heures : garder une personne d’astreinte pour les urgences.',
          ),
        },
      };
  }
}

export function driverWhy(driver: Driver, language: Language): string {
  const say = sayIn(language);
  const reasons: Record<DriverId, string> = {
    overproduction: say('what nobody reads need not be made', 'ce que personne ne lit n’a pas à être produit'),
    overprocessing: say('one check or one format is enough', 'un seul contrôle ou un seul format suffit'),
    duplicate: say(
      'the same text stands in another row: one case noted twice, or several to be done in one go; the largest row is kept',
      'le même texte figure sur une autre ligne : un cas noté deux fois, ou plusieurs à traiter en une fois ; la plus longue est conservée',
    ),
    repeated: say(
      'similar work in one go saves setting up again; the largest is kept',
      'un travail semblable fait en une fois évite de s’y remettre ; la ligne la plus longue est conservée',
    ),
    handover: say('one owner saves reading in and passing on', 'un seul responsable évite de reprendre le dossier'),
    motion: say('data that flows by interface is not keyed', 'une donnée transmise par interface n’est pas saisie'),
    rework: say('errors caught at entry need no correction', 'une erreur arrêtée à l’entrée n’est pas à corriger'),
    unused_skill: say(
      'the difference in rate, at a colleague who costs 60 to 80 % of it',
      'l’écart de taux, avec un collègue payé 60 à 80 % du taux actuel',
    ),
    waiting: say(
      'bundled questions and dates agreed in advance shorten waits',
      'questions groupées et dates convenues raccourcissent les attentes',
    ),
    interruption: say('fixed slots save starting over', 'des créneaux fixes évitent de se remettre au travail'),
    backlog: say(
      'old cases need less reading in when worked off in one go',
      'un retard traité en une fois demande moins de relecture',
    ),
  };
  return reasons[driver.id];
}
