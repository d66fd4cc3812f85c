import type { Harness } from '../../sql/drivers/driver-contract.js';

/** What a suite makes of a client; the rest of a harness comes with the server. */
export type Made = Pick<Harness, 'driver' | 'inHosts' | 'close' | 'mistaken'>;
