import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Logger } from 'pino';
import { chooseDataDir, startEmbedded } from '../db/embedded/embedded.js';
import { createDb } from '../db/core/connection.js';
import { migrateLatest } from '../db/schema/migrate.js';
import { ensureRoles, SERVICE_ROLE } from '../db/schema/roles.js';
import type { Config } from './config.js';

/** Where the database is, whichever it is. */
export interface DatabasePlace {
  readonly ownerUrl: string;
  readonly serviceUrl: string;
  /** The role that the service's pool takes on, where its login has more rights than it should use. */
  readonly serviceRole: string | undefined;
  /** The folder for data kept beside the database. */
  readonly dataDir: string;
  /** Ends the embedded server; a server that was given is left alone. */
  stop(): Promise<void>;
}

/** Starts the embedded database, or takes the server that the settings name. */
export async function findDatabase(config: Config, log: Logger): Promise<DatabasePlace> {
  if (config.database.kind === 'embedded') {
    const dataDir = chooseDataDir(config.dataDir);
    const server = await startEmbedded({ dataDir, log });
    const { ownerUrl, serviceUrl } = server;
    return { ownerUrl, serviceUrl, serviceRole: undefined, dataDir, stop: () => server.stop() };
  }
  const { url, migrationUrl } = config.database;
  const isOneLogin = loginOf(url) === loginOf(migrationUrl);
  if (isOneLogin) {
    log.warn(
      'the service and the migrations share one database login: the service limits itself to its own role, ' +
        'but a login of its own (DATABASE_URL beside MIGRATION_DATABASE_URL) would be held to it',
    );
  }
  const dataDir = path.resolve(config.dataDir ?? '.data');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return {
    ownerUrl: migrationUrl,
    serviceUrl: url,
    serviceRole: isOneLogin ? SERVICE_ROLE : undefined,
    dataDir,
    stop: () => Promise.resolve(),
  };
}

/** The role to take on at that place, as `createDb` takes it. */
export const roleOf = ({
  serviceRole,
}: {
  readonly serviceRole?: string | undefined;
}): { readonly role?: string } => (serviceRole === undefined ? {} : { role: serviceRole });

/** Makes the roles and brings the schema up to this version. Returns the names of the migrations it applied. */
export async function migrated({ ownerUrl, serviceUrl }: DatabasePlace): Promise<string[]> {
  const owner = createDb(ownerUrl, { max: 1 });
  try {
    await ensureRoles(owner, loginOf(serviceUrl));
  } finally {
    await owner.destroy();
  }
  return migrateLatest(ownerUrl);
}

/** The role that a URL signs in as. */
const loginOf = (url: string): string => decodeURIComponent(new URL(url).username);
