// Compiled, never run: fromMikroOrm accepts MikroORM's own types.
import type { EntityManager } from '@mikro-orm/core';
import { MikroORM as Mariadb } from '@mikro-orm/mariadb';
import { MikroORM as Postgres } from '@mikro-orm/postgresql';
import { fromMikroOrm } from '../../../../src/sql/drivers/mikro-orm.js';
import type { SqlDriver } from '../../../../src/sql/statement/driver.js';

/** A driver of each kind of EntityManager. */
export async function accepts(em: EntityManager): Promise<SqlDriver[]> {
  const made = [fromMikroOrm(em)];
  for (const orm of [await Postgres.init({}), await Mariadb.init({})]) {
    made.push(fromMikroOrm(orm.em), fromMikroOrm(orm.em.fork()));
    await orm.em.transactional(async (tx) => made.push(fromMikroOrm(tx)));
  }
  return made;
}
