import { Type, type Static } from 'typebox';
import { Links } from '../api';
import { Identifier, Instant, JsonObjectValue } from '../json';
import { WebhookSecret, type StoredSecret } from './webhook';

/** Hooks: addresses at which other people's servers start executions, answer their questions, and pause, resume or cancel them. */

const Text = Type.String({ minLength: 1, maxLength: 8_192 });

/** An execution that a message starts. */
export const HookStart = Type.Object(
  {
    workflow: Type.Unsafe<string>({
      ...Identifier,
      description: 'id of its definition; the newest version is executed',
    }),
    input: Type.Optional(
      Type.Unsafe<Static<typeof JsonObjectValue>>({
        ...JsonObjectValue,
        description: 'its `input_data`, whose expressions read the message as `input`; the message itself if left out',
      }),
    ),
  },
  { additionalProperties: false },
);
export type HookStart = Static<typeof HookStart>;

/** A question of an execution that a message answers. Every member may hold expressions that read the message as `input`. */
export const HookDecide = Type.Object(
  { execution_id: Text, approval_id: Text, choice: Text, comment: Type.Optional(Text) },
  { additionalProperties: false },
);
export type HookDecide = Static<typeof HookDecide>;

/** What a message may ask of an execution besides a decision. */
export const hookControls = ['pause', 'resume', 'cancel'] as const;

/** An execution that a message pauses, resumes or cancels. Both members may hold expressions that read the message as `input`. */
export const HookControl = Type.Object(
  {
    execution_id: Text,
    control: Type.Unsafe<string>({
      ...Text,
      description: `${hookControls.join(', ')}, or an expression that gives one`,
    }),
  },
  { additionalProperties: false },
);
export type HookControl = Static<typeof HookControl>;

const does = {
  start: Type.Optional(HookStart),
  decide: Type.Optional(HookDecide),
  control: Type.Optional(HookControl),
};
const Description = Type.Optional(Type.String({ maxLength: 1_000 }));

/** `POST /api/v1/hooks`: one of `start`, `decide` and `control`. */
export const NewHook = Type.Object(
  {
    id: Type.Optional(Identifier),
    description: Description,
    ...does,
    secret: Type.Optional(
      Type.Unsafe<string>({ ...WebhookSecret, description: "the sender's; one is made if it is left out" }),
    ),
  },
  { $id: 'NewHook', additionalProperties: false },
);
export type NewHook = Static<typeof NewHook>;

const facts = {
  id: Identifier,
  description: Description,
  ...does,
  secrets: Type.Array(Type.Object({ created_at: Instant, expires_at: Type.Optional(Instant) }), {
    description: 'that count now, the newest first; a message has to be signed by one of them',
  }),
  created_at: Instant,
  created_by: Type.String(),
  links: Links,
};

/** A hook. `links.receive` is the address for the sender. */
export const Hook = Type.Object(facts, { $id: 'Hook' });
export type Hook = Static<typeof Hook>;

/** 201 of a new hook, and 200 of a new secret. */
export const HookWithSecret = Type.Object(
  { ...facts, secret: Type.String({ description: 'shown this once' }) },
  { $id: 'HookWithSecret' },
);
export type HookWithSecret = Static<typeof HookWithSecret>;

export const Hooks = Type.Object({ hooks: Type.Array(Hook) }, { $id: 'Hooks' });
export type Hooks = Static<typeof Hooks>;

/** A version of a hook, as it is stored. A deletion is a version, too. */
export interface StoredHook extends Omit<Hook, 'secrets' | 'links'> {
  version: number;
  secrets: StoredSecret[];
  state: 'enabled' | 'deleted';
  changed_at: string;
  changed_by: string;
}
