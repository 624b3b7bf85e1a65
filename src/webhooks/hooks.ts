import { check } from '../../core/plan/expressions';
import type { Json } from '../../schemas/json';
import type { NewSecret } from '../../schemas/webhooks/api';
import { hookControls, type NewHook, type StoredHook } from '../../schemas/webhooks/hooks';
import type { Sealer } from '../access/seal';
import type { DocumentStore } from '../documents/port';
import { createVersionStore } from '../documents/versions';
import { invalid, type Pointed } from '../runs/errors';
import { newId } from '../runs/new-id';
import { createKept } from './kept';
import { addSecret, openSecrets, rotate } from './secrets';

/** Hooks of an installation, at most. */
const MOST = 1_000;

/** Hooks: addresses for other people's messages. Throws `RunError`s: `not_found`, `conflict`, `invalid`. */
export function createHooks({ store, sealer }: { store: DocumentStore; sealer: Sealer }) {
  const kept = createKept(createVersionStore<StoredHook>(store, 'hooks'), 'hook', MOST);

  return {
    read: kept.read,
    list: kept.list,

    async create(wanted: NewHook, by: string): Promise<{ hook: StoredHook; secret: string }> {
      const faults = faultsOf(wanted);
      if (faults.length > 0) throw invalid('The hook cannot do this; see errors.', faults);
      const now = Date.now();
      const { secret, secrets } = addSecret([], { sealer, secret: wanted.secret, keepMs: 0, now });
      const at = new Date(now).toISOString();
      const { id = newId('H'), description, start, decide, control } = wanted;
      const hook: StoredHook = {
        ...{ id, version: 1, description, start, decide, control, secrets, state: 'enabled' },
        ...{ created_at: at, created_by: by, changed_at: at, changed_by: by },
      };
      await kept.create(hook);
      return { hook, secret };
    },

    /** A new secret; the one before it counts on for a while, so that the sender can change over. */
    async rotate(id: string, wanted: NewSecret, by: string) {
      const { thing: hook, secret } = await rotate(kept, sealer, { ...wanted, id, by });
      return { hook, secret };
    },

    remove: (id: string, by: string) => kept.change(id, by, () => ({ state: 'deleted', secrets: [] })),

    /** The secrets that a message may be signed by now. */
    secretsOf: ({ secrets }: StoredHook): string[] => openSecrets(secrets, sealer, Date.now()),
  };
}

export type Hooks = ReturnType<typeof createHooks>;

/** Faults of what a hook does, before any message has come. */
function faultsOf({ start, decide, control }: NewHook): Pointed[] {
  const actions = [
    ...(start ? [['/start/input', start.input ?? null] as const] : []),
    ...(decide ? [['/decide', decide] as const] : []),
    ...(control ? [['/control', control] as const] : []),
  ];
  const [action, ...more] = actions;
  if (!action || more.length > 0) return [{ pointer: '', detail: 'say one of start, decide and control' }];
  const [at, template] = action;
  const faults = check(template as Json, ['input']).map(({ pointer, message }) => ({
    pointer: `${at}${pointer}`,
    detail: message,
  }));
  const wanted = control?.control ?? '';
  const isWord = control !== undefined && !wanted.includes('${{');
  if (isWord && !(hookControls as readonly string[]).includes(wanted))
    faults.push({ pointer: '/control/control', detail: `is one of ${hookControls.join(', ')}, or an expression` });
  return faults;
}
