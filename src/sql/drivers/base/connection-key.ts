import type { WrappedClient } from './client-driver.js';

/** A client that is one connection, or a proxy that is one in some calls. */
interface OneConnection {
  /** The connection beneath: each client has one. */
  readonly connection?: object;
}

/** The keys of the transactions of a client whose transactions are identified only by their connection. */
export function connectionKeys(
  client: OneConnection,
  isPool: () => boolean,
): Pick<WrappedClient, 'transactionKey' | 'hasRecurringKeys'> {
  return {
    transactionKey: () => (isPool() ? undefined : (client.connection ?? client)),
    // A proxy has no connection of its own.
    hasRecurringKeys: client.connection !== undefined && !Object.hasOwn(client, 'connection'),
  };
}
