import { loadClientConnectConfig, type ClientConnectConfig } from '@temporalio/envconfig';
import { ConfigError } from './errors';
import type { Env } from './read';

/** Variables that tell where Temporal is; without any of them it is the local stack's. */
const EXTERNAL = ['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE'];

export interface TemporalTarget {
  /** The user named a Temporal of their own; the local stack starts none. */
  external: boolean;
  /** `host:port`. */
  address: string;
  namespace: string;
  /** Given to `Connection.connect` and `NativeConnection.connect`: address, TLS, API key, metadata. */
  connection: ClientConnectConfig['connectionOptions'];
}

/**
 * Finds Temporal's address. A profile in `~/.config/temporalio` counts only if the environment asks for one
 * (TEMPORAL_PROFILE or TEMPORAL_CONFIG_FILE): the local stack must not send a developer's work to a cloud that
 * another tool is set up for.
 */
export function temporalTarget(env: Env, namespace: string, localPort: number): TemporalTarget {
  const present = (name: string) => (env[name] ?? '').trim() !== '';
  if (!EXTERNAL.some(present)) {
    const address = `127.0.0.1:${localPort}`;
    return { external: false, address, namespace, connection: { address } };
  }
  const given = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      (name.startsWith('TEMPORAL_') || name === 'HOME' || name === 'XDG_CONFIG_HOME') && value ? [[name, value]] : [],
    ),
  );
  try {
    const usesFile = present('TEMPORAL_PROFILE') || present('TEMPORAL_CONFIG_FILE');
    const loaded = loadClientConnectConfig({ overrideEnvVars: given, disableFile: !usesFile });
    const address = loaded.connectionOptions.address;
    if (!address) throw new Error('the profile names no address');
    return {
      external: true,
      address,
      namespace: loaded.namespace ?? namespace,
      connection: loaded.connectionOptions,
    };
  } catch (error) {
    const name = EXTERNAL.filter(present).at(-1) ?? 'TEMPORAL_ADDRESS';
    throw new ConfigError([{ name, message: `cannot be used: ${(error as Error).message}` }]);
  }
}
