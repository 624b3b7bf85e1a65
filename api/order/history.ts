import type { PlatformEvent } from '../../schemas/envelope';
import type { Bilingual, Language } from '../../schemas/language';
import type { LedgerHead } from '../../schemas/ledger';
import type { OrderHistory } from '../../schemas/order/api';
import { oddInFrench } from '../../src/order/summary';
import { counted, countedInFrench } from '../../src/words';

/** The events of an order that people read, in words. */
export function historyOf(orderId: string, events: PlatformEvent[], language: Language): OrderHistory {
  return {
    order_id: orderId,
    history: events.flatMap(({ seq, occurred_at, event_type, payload }) => {
      const told = words[event_type]?.(payload);
      if (told === undefined) return [];
      const { by, requested_by, ledger } = payload as Payload;
      const what = told[language];
      return [{ seq, at: occurred_at, event: event_type, by: by ?? requested_by ?? 'awe', what, ledger }];
    }),
  };
}

/** Fields that events of orders may hold. */
interface Payload {
  into?: string[];
  by?: string;
  requested_by?: string;
  ledger?: LedgerHead;
  from_email?: string;
  subject?: string;
  files?: unknown[];
  lines?: number;
  blocking?: number;
  warnings?: number;
  version?: number;
  corrections?: { kept: number; lost: number };
  level?: string;
  reason?: string;
  comment?: string;
  channel?: string;
  exports?: { path: string }[];
  error?: { type: string; message: string };
}

const outcomeOf = ({ lines = 0, blocking = 0, warnings = 0 }: Payload): Bilingual => ({
  en: `${counted(lines, 'line')}, ${blocking} blocking, ${counted(warnings, 'warning')}`,
  fr: `${countedInFrench(lines, 'ligne')}, ${oddInFrench({ blocking, warnings })}`,
});

/** What somebody has said of it, and by which way. */
const said = ({ comment, channel = 'api' }: Payload): Bilingual => ({
  en: `${comment ? `: ${comment}` : ''} (by ${channel})`,
  fr: `${comment ? ` : ${comment}` : ''} (par ${channel})`,
});

const read = ({ lines = 0, version, corrections }: Payload): Bilingual => {
  const { kept = 0, lost = 0 } = corrections ?? {};
  return {
    en: `read: ${counted(lines, 'line')}${corrections ? `, version ${version}; of the corrections made before, ${kept} kept, ${lost} lost` : ''}`,
    fr: `lue : ${countedInFrench(lines, 'ligne')}${corrections ? `, version ${version} ; des corrections faites avant, ${kept} gardées, ${lost} perdues` : ''}`,
  };
};

const words: { [type: string]: (payload: Payload) => Bilingual } = {
  'ORDER.RECEIVED': ({ from_email, subject, files = [] }) => ({
    en: `received from ${from_email}: ${subject}, ${counted(files.length, 'file')}`,
    fr: `reçue de ${from_email} : ${subject}, ${countedInFrench(files.length, 'fichier')}`,
  }),
  'ORDER.PARSED': read,
  'ORDER.SPLIT': (payload) => ({
    en: `split into ${(payload.into ?? []).join(', ')}${said(payload).en}`,
    fr: `divisée en ${(payload.into ?? []).join(', ')}${said(payload).fr}`,
  }),
  'ORDER.READ_AGAIN': (payload) => ({ en: `read again${said(payload).en}`, fr: `relue${said(payload).fr}` }),
  'ORDER.VALIDATION_REQUIRED': (payload) => ({
    en: `waits for a person: ${outcomeOf(payload).en}`,
    fr: `attend quelqu’un : ${outcomeOf(payload).fr}`,
  }),
  'ORDER.VALIDATION_OVERDUE': ({ level }) => ({
    en: `nobody has decided yet: ${level}`,
    fr: `personne n’a encore décidé : ${level === 'reminder' ? 'rappel' : level === 'escalation' ? 'relance' : level}`,
  }),
  'ORDER.CORRECTED': (payload) => ({
    en: `corrected to version ${payload.version}: ${outcomeOf(payload).en}${said(payload).en}`,
    fr: `corrigée, version ${payload.version} : ${outcomeOf(payload).fr}${said(payload).fr}`,
  }),
  'ORDER.APPROVED': (payload) => ({ en: `approved${said(payload).en}`, fr: `approuvée${said(payload).fr}` }),
  'ORDER.REJECTED': ({ reason, ...payload }) => {
    const by = said({ ...payload, comment: undefined });
    return { en: `rejected: ${reason}${by.en}`, fr: `rejetée : ${reason}${by.fr}` };
  },
  'ORDER.EXPIRED': () => ({
    en: 'expired: nobody has decided in time',
    fr: 'expirée : personne n’a décidé à temps',
  }),
  'ORDER.EXPORT_READY': ({ exports = [] }) => {
    const paths = exports.map(({ path }) => path).join(', ');
    return { en: `exported: ${paths}`, fr: `exportée : ${paths}` };
  },
  'ORDER.FAILED': ({ error }) => ({ en: `failed: ${error?.message}`, fr: `échec : ${error?.message}` }),
  'DECISION.REFUSED': ({ reason }) => ({
    en: `a decision was refused: ${reason}`,
    fr: `une décision a été refusée : ${reason}`,
  }),
  'RUN.PAUSED': () => ({ en: 'paused', fr: 'mise en pause' }),
  'RUN.RESUMED': () => ({ en: 'resumed', fr: 'reprise' }),
};
