import type { Harness } from '../../sql/drivers/driver-contract.js';

/** The part of a harness that depends on the client; the rest depends on the server. */
export type ClientHarness = Pick<Harness, 'driver' | 'inHosts' | 'close' | 'mistaken'>;
