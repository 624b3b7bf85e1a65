import { Type } from 'typebox';
import { Identifier } from '../../schemas/json';
import { NewSchedule, Schedule, Schedules } from '../../schemas/schedules/api';
import { define, everybody, operators } from '../contract';

const schedule = { schedule_id: Identifier };

/** Addresses of schedules. */
export const scheduleContracts = define({
  createSchedule: {
    method: 'post',
    path: '/schedules',
    tag: 'schedules',
    summary: 'Have jobs or audits started at given times',
    description:
      'Each start is a job or a project of its own, whose id begins with that of the schedule. The same schedule again ' +
      'answers the same; another one under its id 409.',
    roles: operators,
    entrance: 'schedules',
    body: {
      json: NewSchedule,
      example: {
        schedule_id: 'nightly-users',
        job: { goal: 'Fetch data from https://api.example.com/users and save to output/users.json' },
        cron: '30 2 * * *',
        time_zone: 'Europe/Paris',
      },
    },
    answers: [{ status: 201, description: 'the schedule', schema: Schedule }],
    problems: [409, 413, 415, 422],
  },
  listSchedules: {
    method: 'get',
    path: '/schedules',
    tag: 'schedules',
    summary: 'Schedules, with their next times',
    roles: everybody,
    answers: [{ status: 200, description: 'all of them', schema: Schedules }],
  },
  getSchedule: {
    method: 'get',
    path: '/schedules/{schedule_id}',
    tag: 'schedules',
    summary: 'A schedule: its next times, and what it has started',
    roles: everybody,
    params: schedule,
    answers: [{ status: 200, description: 'the schedule', schema: Schedule }],
    problems: [404],
  },
  controlSchedule: {
    method: 'post',
    path: '/schedules/{schedule_id}/{control}',
    tag: 'schedules',
    summary: 'Pause or resume a schedule, or have it start now',
    roles: operators,
    params: { ...schedule, control: Type.Enum(['pause', 'resume', 'run']) },
    answers: [{ status: 200, description: 'the schedule', schema: Schedule }],
    problems: [404],
  },
  deleteSchedule: {
    method: 'delete',
    path: '/schedules/{schedule_id}',
    tag: 'schedules',
    summary: 'Remove a schedule; what it has started goes on',
    roles: operators,
    params: schedule,
    answers: [{ status: 204, description: 'it is gone' }],
    problems: [404],
  },
});
