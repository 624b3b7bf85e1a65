import type { NewSecret } from '../../schemas/webhooks/api';
import type { Hook, NewHook, StoredHook } from '../../schemas/webhooks/hooks';
import { invalid } from '../../src/runs/errors';
import { shownSecrets } from '../../src/webhooks/secrets';
import { addressOf } from '../links';
import type { Call, Handlers } from '../part';
import { hookContracts } from './contract';
import { createReceiver, type ReceiverParts } from './receive';

export type HookDependencies = ReceiverParts;

export function hookRoutes(deps: HookDependencies): Handlers<typeof hookContracts> {
  const { hooks, definitions } = deps;
  const idOf = ({ params }: Call) => params.id ?? '';

  return {
    receive: createReceiver(deps),
    async createHook({ body, principal }) {
      const wanted = body as NewHook;
      const { workflow } = wanted.start ?? {};
      if (workflow !== undefined && !(await definitions.readLatest(workflow))?.content)
        throw invalid('The hook cannot do this; see errors.', [
          { pointer: '/start/workflow', detail: `there is no workflow ${workflow}` },
        ]);
      const { hook, secret } = await hooks.create(wanted, principal.name);
      const view = shown(hook);
      return { status: 201, body: { ...view, secret }, headers: { Location: view.links.self ?? '/' } };
    },
    async listHooks() {
      return { body: { hooks: (await hooks.list()).map(shown) } };
    },
    async getHook(call) {
      return { body: shown(await hooks.read(idOf(call))) };
    },
    async deleteHook(call) {
      await hooks.remove(idOf(call), call.principal.name);
      call.res.status(204).end();
      return undefined;
    },
    async rotateHook(call) {
      const { hook, secret } = await hooks.rotate(idOf(call), call.body as NewSecret, call.principal.name);
      return { body: { ...shown(hook), secret } };
    },
  };
}

function shown({ id, description, start, decide, control, secrets, created_at, created_by }: StoredHook): Hook {
  const address = addressOf(hookContracts.getHook, { id });
  return {
    ...{ id, description, start, decide, control, secrets: shownSecrets(secrets, Date.now()), created_at, created_by },
    links: { self: address, receive: address },
  };
}
