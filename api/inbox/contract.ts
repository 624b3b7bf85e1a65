import { Type } from 'typebox';
import { processes } from '../../schemas/catalogue';
import { Inbox, inboxKinds } from '../../schemas/inbox/api';
import { acceptLanguage, define, everybody, page } from '../contract';

/** The address of what waits for people. */
export const inboxContracts = define({
  getInbox: {
    method: 'get',
    path: '/inbox',
    tag: 'inbox',
    summary: 'What waits for people, of all processes: what blocks first, then by due date, then the oldest',
    description:
      'Orders to validate, plans, approvals, limits, recoveries, reviews, clarifications, and tools of MCP servers to ' +
      'accept. With `state=decided`: what was decided within the last day, newest first. A decision goes to ' +
      '`links.decide` with the `approval_id` and the `digest`; 412 means that something else is asked by now.',
    roles: everybody,
    entrance: 'inbox',
    headers: acceptLanguage,
    query: {
      ...page(200, 50),
      state: Type.Optional(Type.Enum(['open', 'decided'], { default: 'open' })),
      kind: Type.Optional(Type.Enum([...inboxKinds], { description: 'only those' })),
      process: Type.Optional(Type.Enum([...processes.keys()], { description: 'only those' })),
      assignee: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'only what is asked of them' })),
      mine: Type.Optional(Type.Enum(['true', 'false'], { description: 'only what is the caller’s, or is not' })),
      q: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'only with this text' })),
    },
    answers: [{ status: 200, description: 'a page; `next_cursor` is absent on the last', schema: Inbox }],
    problems: [422],
  },
});
