import type { SqlDriver, SqlParameter } from '../driver.js';
import { Inside } from './inside.js';
import type { InsidePlace, OutsidePlace } from './place.js';
import { within } from './within.js';

/** The driver of a database that opens its own transactions. */
export function outsideDriver(place: OutsidePlace): SqlDriver {
  return {
    dialect: place.dialect,
    inTransaction: false,
    query: async <Row>(text: string, parameters: readonly SqlParameter[] = []) =>
      (await place.run(text, parameters)) as Row[],
    transaction: (work) => within(place.open, (inside) => new Inside(inside, {}), work),
  };
}

/** The driver of a transaction that the host began and will end; errors contain `advice` if no transaction is open. */
export function hostDriver(place: InsidePlace, advice: string): SqlDriver {
  return new Inside(place, { advice });
}
