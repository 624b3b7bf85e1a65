import type { Json } from '../../schemas/json';
import { secretsIn } from '../../core/plan/expressions';
import type { CompleteSpec } from '../../core/worst-case';
import type { ToolMode } from '../../schemas/tool';
import type { EgressGuard, Hop } from '../../src/egress/connector';
import { hostOf } from '../../src/egress/hosts';
import { createBlotter, type Blotter } from '../../src/secrets/blot';
import { mayGoTo, type Secret } from '../../src/secrets/declaration';
import type { Secrets } from '../../src/secrets/secrets';
import { ToolError } from './errors';
import type { Log } from './log';

/** Secrets that one call is given: where they may go, and how they are kept out of what comes back. */
export interface CallSecrets {
  /** as expressions see them */
  values: Record<string, string>;
  /** throws where a request may not be made with them */
  permit(hop: Hop): void;
  blots: Pick<EgressGuard, 'blot' | 'blotText'>;
  /** JSON without them */
  clean<T>(value: T): T;
  log(log: Log): Log;
}

const NONE: CallSecrets = {
  values: {},
  permit: () => undefined,
  blots: {},
  clean: (value) => value,
  log: (log) => log,
};

/** Stands for a secret in a replay, in a form that no address and no text writes otherwise. */
const standIn = (name: string): string => `awe-secret-${name}`;

/**
 * Opens the secrets that a template names, for this call alone. In a simulation their names stand for them, and so they do
 * in a replay, which needs none.
 * @throws ToolError of class `input` for a name that is none, `policy` where the tool may not have it
 */
export async function openSecrets(
  template: Json,
  spec: CompleteSpec,
  mode: ToolMode | 'replay',
  secrets: Secrets | undefined,
): Promise<CallSecrets> {
  const { names, faults } = secretsIn(template);
  const [wrong] = faults;
  if (wrong) throw new ToolError({ class: 'input', type: wrong.code, message: wrong.message });
  if (names.length === 0) return NONE;
  if (!spec.secrets) throw refused(`${spec.name} takes no secrets, so it is not given ${names.join(', ')}`);
  if (mode === 'simulate')
    return { ...NONE, values: Object.fromEntries(names.map((name) => [name, `[secret ${name}]`])) };
  if (mode === 'replay') return replayedSecrets(names);
  const found = await Promise.all(names.map((name) => openSecret(name, spec, secrets)));
  return callSecrets(found, createBlotter(found));
}

async function openSecret(name: string, spec: CompleteSpec, secrets: Secrets | undefined): Promise<Secret> {
  const fault = (message: string) => new ToolError({ class: 'input', type: 'secret.unknown', message });
  const found = await secrets?.find(name).catch((error: Error) => {
    throw fault(`the secret ${name} ${error.message}`);
  });
  if (!found) throw fault(`there is no secret ${name}: the operator sets AWE_SECRET_${name}, or a file of that name`);
  if (found.tools && !found.tools.includes(spec.name)) throw refused(`the secret ${name} is not for ${spec.name}`);
  return found;
}

/** Secrets by their names alone, blotted out as the true ones were. */
function replayedSecrets(names: readonly string[]): CallSecrets {
  const values = names.map((name) => ({ name, value: standIn(name) }));
  return {
    ...NONE,
    values: Object.fromEntries(values.map(({ name, value }) => [name, value])),
    clean: createBlotter(values).json,
  };
}

function callSecrets(secrets: readonly Secret[], blotter: Blotter): CallSecrets {
  return {
    values: Object.fromEntries(secrets.map(({ name, value }) => [name, value])),
    permit({ url, first, body }) {
      const kept = secrets.find((secret) => !mayGoTo(secret, url));
      // a redirect elsewhere has lost its headers; it must not take a body or the secret itself along
      if (kept && (first || body || blotter.finds(decoded(url))))
        throw refused(
          `the secret ${kept.name} may not go to ${blotter.text(hostOf(url))} by ${url.protocol.slice(0, -1)}`,
        );
    },
    blots: { blot: blotter.bytes, blotText: blotter.text },
    clean: blotter.json,
    log: (log) => cleanLog(log, blotter),
  };
}

function decoded({ href }: URL): string {
  try {
    return `${href} ${decodeURIComponent(href)}`;
  } catch {
    return href;
  }
}

function cleanLog(log: Log, blotter: Blotter): Log {
  const clean =
    (level: keyof Log): Log[keyof Log] =>
    (fields, message) =>
      log[level](blotter.json(fields), blotter.text(message));
  return { debug: clean('debug'), info: clean('info'), warn: clean('warn'), error: clean('error') };
}

function refused(message: string): ToolError {
  return new ToolError({ class: 'policy', type: 'secret.refused', message });
}
