import { Type } from 'typebox';
import { defineEvent } from '../events/define';
import { Identifier } from '../json';
import { MemoryDeleted } from '../memory/api';

const by = Type.String({ minLength: 1, maxLength: 200, description: 'a person, or `platform`' });

export const changeEvents = [
  defineEvent({
    type: 'WEBHOOK.DISABLED',
    version: 1,
    summary: 'A webhook is told nothing until it is enabled: somebody wants it so, or its target takes nothing.',
    payload: Type.Object({ webhook_id: Identifier, by, reason: Type.Optional(Type.String()) }),
    example: {
      webhook_id: 'crm',
      by: 'platform',
      reason: 'nothing taken for 7200 minutes; last: answered 503',
    },
  }),
  defineEvent({
    type: 'WEBHOOK.ENABLED',
    version: 1,
    summary: 'A webhook is told again what happens.',
    payload: Type.Object({ webhook_id: Identifier, by }),
    example: { webhook_id: 'crm', by: 'o.martin' },
  }),
  defineEvent({
    type: 'MEMORY.DELETED',
    version: 1,
    summary: 'Texts and values that runs have remembered are gone, of one namespace or of all of a workflow.',
    payload: Type.Object({
      namespace: Type.Optional(Type.String({ description: 'the one that was meant' })),
      workflow: Type.Optional(Type.Unsafe<string>({ ...Identifier, description: 'the workflow that was meant' })),
      by,
      ...MemoryDeleted.properties,
    }),
    example: { workflow: 'lead-processing', by: 'o.martin', namespaces: 3, texts: 120, values: 4, bytes: 20_480 },
  }),
];
