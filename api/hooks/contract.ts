import { Type } from 'typebox';
import { DecisionResult } from '../../schemas/api';
import { ExecutionAccepted, ExecutionRequested } from '../../schemas/definition/api';
import { Identifier, JsonValue } from '../../schemas/json';
import { NewSecret } from '../../schemas/webhooks/api';
import { Hook, Hooks, HookWithSecret, NewHook } from '../../schemas/webhooks/hooks';
import { define, everybody, operators } from '../contract';

const tag = 'webhooks';
const hook = { id: Identifier };

/** Addresses of hooks: messages of other people's servers. */
export const hookContracts = define({
  createHook: {
    method: 'post',
    path: '/api/v1/hooks',
    tag,
    summary: 'Let a server start executions, answer their questions, or pause, resume and cancel them',
    description:
      'The hook acts with the rights of whoever has made it, for every message that is signed by its secret. The secret ' +
      'is in this answer, and nowhere else afterwards.',
    roles: operators,
    entrance: 'hooks',
    body: {
      json: NewHook,
      example: { id: 'new-lead', start: { workflow: 'lead-processing', input: { lead: '${{ input.data.lead }}' } } },
    },
    answers: [{ status: 201, description: 'the hook, with its secret', schema: HookWithSecret }],
    problems: [409, 413, 415, 422],
  },
  listHooks: {
    method: 'get',
    path: '/api/v1/hooks',
    tag,
    summary: 'Hooks, by their ids',
    roles: everybody,
    answers: [{ status: 200, description: 'all of them', schema: Hooks }],
  },
  getHook: {
    method: 'get',
    path: '/api/v1/hooks/{id}',
    tag,
    summary: 'A hook',
    roles: everybody,
    params: hook,
    answers: [{ status: 200, description: 'the hook', schema: Hook }],
    problems: [404],
  },
  deleteHook: {
    method: 'delete',
    path: '/api/v1/hooks/{id}',
    tag,
    summary: 'Delete a hook; what it has started goes on',
    roles: operators,
    params: hook,
    answers: [{ status: 204, description: 'it is gone' }],
    problems: [404],
  },
  rotateHook: {
    method: 'post',
    path: '/api/v1/hooks/{id}/rotate',
    tag,
    summary: 'A new secret; messages signed by the one before are taken as long as that counts',
    roles: operators,
    params: hook,
    body: { json: NewSecret, example: { keep_hours: 24 }, optional: true },
    answers: [{ status: 200, description: 'the hook, with its new secret', schema: HookWithSecret }],
    problems: [404, 409, 413, 415, 422],
  },
  receive: {
    method: 'post',
    path: '/api/v1/hooks/{id}',
    tag,
    summary: 'A message for a hook',
    description:
      'Signed as Standard Webhooks say (`webhook-id`, `webhook-timestamp`, `webhook-signature`) in place of a key. The ' +
      'same `webhook-id` is the same message: it does once what it does.',
    roles: 'public',
    params: hook,
    body: { json: JsonValue, example: { type: 'lead.created', data: { lead: { name: 'Ann' } } }, signed: true },
    answers: [
      { status: 200, description: 'the question is answered', schema: DecisionResult },
      {
        status: 202,
        description: 'the execution is accepted and durable, or has the request',
        schema: Type.Union([ExecutionAccepted, ExecutionRequested]),
      },
    ],
    problems: [401, 404, 409, 413, 415, 422, 429, 503],
  },
});
