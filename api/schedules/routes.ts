import type { NewSchedule, Schedule } from '../../schemas/schedules/api';
import { planAtTheDoor } from '../../src/runs/plan/written';
import { beginning } from '../../src/runs/audit/start';
import type { ScheduleNow, ScheduleRequest, Schedules } from '../../src/schedules';
import { addressOf } from '../links';
import type { Call, Handlers } from '../part';
import { HttpProblem } from '../problem';
import { scheduleContracts } from './contract';

export interface ScheduleDependencies {
  schedules: Schedules;
}

export function scheduleRoutes({ schedules }: ScheduleDependencies): Handlers<typeof scheduleContracts> {
  const idOf = ({ params }: Call) => params.schedule_id ?? '';
  return {
    async createSchedule({ body, principal }) {
      const schedule = shown(await schedules.createSchedule(requestOf(body as NewSchedule, principal.name)));
      return { status: 201, body: schedule, headers: { Location: schedule.links.self ?? '/' } };
    },
    async listSchedules() {
      return { body: { schedules: (await schedules.listSchedules()).map(shown) } };
    },
    async getSchedule(call) {
      return { body: shown(await schedules.readSchedule(idOf(call))) };
    },
    async controlSchedule(call) {
      const control = call.params.control as 'pause' | 'resume' | 'run';
      await schedules.controlSchedule(idOf(call), control, call.principal.name);
      return { body: shown(await schedules.readSchedule(idOf(call))) };
    },
    async deleteSchedule(call) {
      await schedules.removeSchedule(idOf(call));
      call.res.status(204).end();
      return undefined;
    },
  };
}

/** What a body asks for. A plan that cannot be read is refused now, not at each start. */
function requestOf({ job, audit, ...wanted }: NewSchedule, by: string): ScheduleRequest {
  if (job && !audit) {
    if (job.plan) planAtTheDoor(job.plan);
    return { ...wanted, kind: 'job', title: beginning(job.goal), request: { ...job, requested_by: by } };
  }
  if (audit && !job)
    return { ...wanted, kind: 'audit', title: beginning(audit.request_text), request: { ...audit, requested_by: by } };
  const detail = 'give either a job or an audit';
  throw new HttpProblem('invalid', `It is not clear what to start: ${detail}.`, {
    errors: [{ pointer: '/job', detail }],
  });
}

const shown = ({ kind, digest: _, ...schedule }: ScheduleNow): Schedule => ({
  ...schedule,
  starts: kind,
  links: { self: addressOf(scheduleContracts.getSchedule, { schedule_id: schedule.schedule_id }) },
});
