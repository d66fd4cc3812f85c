import type { Host } from '../memory/host.js';
import type { Repositories } from '../repositories/repositories.js';

/** An adapter over storage of its own, and what the host does there beside it. */
export interface World {
  readonly repositories: Repositories;
  readonly host: Host;
  /** Answers a second client on the same storage, as another process would have it. */
  reopen(): Promise<World>;
  /** Ends this client, and with the first of them its storage. */
  cleanup?(): Promise<void>;
}
