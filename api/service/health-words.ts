import type { Bilingual } from '../../schemas/language';
import type { StreamsState } from '../../src/streams/state';
import { stuckLine, type StuckRun } from '../../src/temporal/stuck';
import { counted, countedInFrench, formatAge } from '../../src/words';

/** What there is to say of each dependency. */

export const fixed = {
  silent: { en: 'does not answer', fr: 'ne répond pas' },
  silentRedis: {
    en: 'does not answer; events reach their streams later',
    fr: 'ne répond pas ; les événements rejoindront leurs flux plus tard',
  },
  deserted: { en: 'its last worker has died or stopped', fr: 'son dernier worker est mort ou arrêté' },
  noPoller: { en: 'no worker polls', fr: 'aucun worker ne l’écoute' },
  full: { en: 'its disk is full: make room', fr: 'son disque est plein : faites de la place' },
  takesNothing: { en: 'does not take a file', fr: 'n’accepte pas de fichier' },
} as const satisfies Record<string, Bilingual>;

export const nearlyFull = (room: number): Bilingual => {
  const kib = Math.floor(room / 1024);
  return {
    en: `its disk is nearly full (${kib} KiB are free): make room`,
    fr: `son disque est presque plein (${kib} Kio libres) : faites de la place`,
  };
};

/** `state` was seen `age` milliseconds ago. */
export const seenAgo = (state: string, age: number): Bilingual => {
  const seconds = Math.round(age / 1_000);
  return {
    en: `${state} ${seconds} s ago; the check takes long`,
    fr: `${state === 'up' ? 'en marche' : 'en panne'} il y a ${seconds} s ; la vérification est longue`,
  };
};

/** Runs that stand still: the one that does so for the longest stands for all. */
export const stuckRuns = (count: number, first: StuckRun): Bilingual => ({
  en: `${counted(count, 'run')} stuck; ${stuckLine(first)}`,
  fr: `${countedInFrench(count, 'exécution immobile', 'exécutions immobiles')} ; ${first.workflow_id} depuis ${first.since}, ${countedInFrench(first.attempts, 'essai')} : ${first.reason}`,
});

/** `ahead`: seconds by which an id of the stream is ahead of the clock, where that is too much. */
export const streamEntries = (events: number, ahead?: number): Bilingual => {
  const seconds = Math.round(ahead ?? 0);
  return {
    en: `${counted(events, 'entry', 'entries')}${ahead === undefined ? '' : `, and an id ${seconds} s ahead of the clock: new events may find no place behind it, \`awe events rebuild\` mends it`}`,
    fr: `${countedInFrench(events, 'entrée')}${ahead === undefined ? '' : `, et un identifiant en avance de ${seconds} s sur l’horloge : de nouveaux événements peuvent ne plus trouver de place après lui, \`awe events rebuild\` y remédie`}`,
  };
};

const oldest = (age: number | null): Bilingual => {
  const time = formatAge(age ?? 0);
  return age === null ? { en: '', fr: '' } : { en: `, the oldest ${time} old`, fr: `, la plus ancienne de ${time}` };
};

export const deadLetters = ({ entries, oldest_seconds, moved }: StreamsState['dlq']): Bilingual => {
  const age = oldest(oldest_seconds);
  return {
    en: `${counted(entries, 'dead letter')}${age.en}${moved === 0 ? '' : `; ${moved} older ones were moved to the document store within a day: find out who writes them`}`,
    fr: `${countedInFrench(entries, 'lettre morte', 'lettres mortes')}${age.fr}${moved === 0 ? '' : ` ; ${moved} plus anciennes sont passées au stockage des documents en un jour : cherchez qui les écrit`}`,
  };
};

/** Entries that no group will handle: trimmed or deleted while a group had them in hand. */
export function lostEntries(groups: StreamsState['groups']): Bilingual {
  const losers = groups.filter(({ lost }) => lost > 0);
  const entries = losers.reduce((sum, { lost }) => sum + lost, 0);
  const by = losers.map(({ group, lost }) => `${group} ${lost}`).join(', ');
  return {
    en: `${entries} entries were cut off before a group had handled them${by && `: ${by}`}`,
    fr: `${countedInFrench(entries, 'entrée')} tronquée${entries < 2 ? '' : 's'} avant qu’un groupe ne les traite${by && ` : ${by}`}`,
  };
}

export function progressOf(group: StreamsState['groups'][number]): Bilingual {
  const { lag, pending, oldest_seconds, deliveries, consumers } = group;
  const age = oldest(oldest_seconds);
  const tries = pending === 0 ? '' : `, delivered ${deliveries} times at most`;
  const essais = pending === 0 ? '' : `, remises ${deliveries} fois au plus`;
  return {
    en: `lag ${lag ?? 'unknown'}, pending ${pending}${age.en}${tries}, consumers ${consumers}`,
    fr: `retard ${lag ?? 'inconnu'}, en attente ${pending}${age.fr}${essais}, consommateurs ${consumers}`,
  };
}
