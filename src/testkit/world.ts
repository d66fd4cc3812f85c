import type { Host } from '../memory/host.js';
import type { Repositories } from '../repositories/repositories.js';

/** An adapter over storage of its own, and what the host does there beside it. */
export interface World {
  /** The adapter, fresh and empty. */
  readonly repositories: Repositories;
  /** What the LMS does on its own, over the same storage. */
  readonly host: Host;
  /** Answers a second client on the same storage, as another process would have it. */
  reopen(): Promise<World>;
  /** Ends this client, and with the first of them its storage. */
  cleanup?(): Promise<void>;
}
