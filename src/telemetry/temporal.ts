import { Gauge, type Registry } from 'prom-client';
import { countedApart } from '../../schemas/catalogue';
import type { TemporalState } from '../temporal/state';

/** The slots of a worker of one queue. */
export interface Slots {
  queue: string;
  /** tasks of each kind that it takes at once */
  slots: number;
  used: { activities: number; workflow_tasks: number };
}

export function temporalGauges(registry: Registry) {
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const up = gauge('awe_temporal_up', '1 if the state of the queues could be read from Temporal, 0 if not.');
  const backlog = gauge('awe_queue_backlog_entries', 'Tasks that wait for a worker, by queue; the server estimates.', [
    'queue',
  ]);
  const age = gauge('awe_queue_oldest_age_seconds', 'Age of the oldest task that waits for a worker.', ['queue']);
  const pollers = gauge('awe_queue_pollers', 'Workers that asked a queue for work recently.', ['queue']);
  const runs = gauge('awe_open_runs', 'Runs that have not ended, by status.', ['status']);
  const stuck = gauge('awe_stuck_runs', 'Open runs whose workflow tasks fail again and again: an alarm.');
  const pending = new Map(
    countedApart.map(([process, word]) => [
      process,
      gauge(`awe_pending_${word}`, `Open ${word} that wait for a person.`),
    ]),
  );
  const slots = gauge('awe_worker_slots', 'Tasks of a queue that this process takes at once.', ['queue']);
  const used = gauge('awe_worker_used_slots', 'Tasks of a queue that this process has in hand, by kind.', [
    'queue',
    'kind',
  ]);

  return {
    /** Unknown values are left out. */
    set(state: TemporalState | undefined): void {
      up.set(state ? 1 : 0);
      for (const one of [backlog, age, pollers, runs]) one.reset();
      for (const one of [stuck, ...pending.values()]) one.remove();
      if (!state) return;
      for (const { queue, pollers: polling, backlog: waiting, ageSeconds } of state.queues) {
        pollers.set({ queue }, polling);
        if (waiting !== undefined) backlog.set({ queue }, waiting);
        if (ageSeconds !== undefined) age.set({ queue }, ageSeconds);
      }
      stuck.set(state.stuck.length);
      for (const [status, count] of Object.entries(state.runs)) runs.set({ status }, count);
      for (const [process, count] of Object.entries(state.pending)) pending.get(process)?.set(count);
    },
    setSlots(all: Slots[]): void {
      for (const one of [slots, used]) one.reset();
      for (const { queue, slots: most, used: now } of all) {
        slots.set({ queue }, most);
        for (const [kind, count] of Object.entries(now)) used.set({ queue, kind }, count);
      }
    },
  };
}
