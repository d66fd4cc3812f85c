/**
 * The clients that the guides import, as far as the guides use them: they are not installed here. test/servers/types shows
 * that their own types fit too.
 */

declare module 'pg' {
  export class Client {
    constructor(config: object);
    query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
    query(config: { text: string; values: unknown[] }): Promise<{ rows: Record<string, unknown>[] }>;
    on(event: 'error', listener: (error: Error) => void): this;
    removeListener(event: 'error', listener: (error: Error) => void): this;
    release(error?: Error | boolean): void;
  }
  export class Pool {
    constructor(config: { connectionString?: string });
    readonly totalCount: number;
    query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
    query(config: { text: string; values: unknown[] }): Promise<{ rows: Record<string, unknown>[] }>;
    connect(): Promise<Client>;
    on(event: 'error', listener: (error: Error) => void): this;
    on(event: 'connect', listener: (client: Client) => void): this;
    end(): Promise<void>;
  }
  export type PoolClient = Client;
  const pg: { Client: typeof Client; Pool: typeof Pool };
  export default pg;
}

declare module 'drizzle-orm' {
  interface Query {
    readonly chunks: unknown[];
  }
  export const sql: {
    (strings: TemplateStringsArray, ...values: unknown[]): Query;
    raw(text: string): Query;
    param(value: unknown): unknown;
    join(chunks: unknown[], separator?: Query): Query;
  };
}

declare module 'drizzle-orm/node-postgres' {
  interface Query {
    readonly chunks: unknown[];
  }
  interface Options {
    readonly isolationLevel?: 'read uncommitted' | 'read committed' | 'repeatable read' | 'serializable';
  }
  interface Database {
    execute(query: Query): Promise<{ rows: Record<string, unknown>[] }>;
    transaction<T>(work: (tx: Transaction) => Promise<T>, options?: Options): Promise<T>;
  }
  interface Transaction extends Database {
    rollback(): never;
  }
  export function drizzle(pool: object): Database;
}

declare module 'kysely' {
  export class PostgresDialect {
    constructor(config: { pool: object });
    private readonly dialect;
  }
  interface Builder<DB> {
    setIsolationLevel(level: 'read committed' | 'repeatable read' | 'serializable'): Builder<DB>;
    execute<T>(work: (trx: Kysely<DB>) => Promise<T>): Promise<T>;
  }
  export class Kysely<DB> {
    constructor(config: { dialect: PostgresDialect });
    readonly isTransaction: boolean;
    withoutPlugins(): Kysely<DB>;
    executeQuery(query: object): Promise<{ rows: unknown[] }>;
    transaction(): Builder<DB>;
    destroy(): Promise<void>;
    selectFrom(table: keyof DB): unknown;
  }
  export function sql(
    strings: TemplateStringsArray,
    ...values: unknown[]
  ): { execute<DB>(db: Kysely<DB>): Promise<unknown> };
}

declare module '@prisma/adapter-pg' {
  export class PrismaPg {
    constructor(pool: object, options?: { disposeExternalPool?: boolean });
    private readonly adapter;
  }
}

/** What `prisma generate` writes for the guide. */
declare module '@prisma/client' {
  interface Transaction {
    $queryRawUnsafe<T = unknown>(text: string, ...values: unknown[]): Promise<T>;
    $executeRawUnsafe(text: string, ...values: unknown[]): Promise<number>;
    readonly user: { update(change: { where: { id: number }; data: { site: string } }): Promise<unknown> };
  }
  export class PrismaClient implements Transaction {
    constructor(options: { adapter: object });
    $queryRawUnsafe<T = unknown>(text: string, ...values: unknown[]): Promise<T>;
    $executeRawUnsafe(text: string, ...values: unknown[]): Promise<number>;
    readonly user: Transaction['user'];
    $connect(): Promise<void>;
    $disconnect(): Promise<void>;
    $transaction<T>(
      work: (tx: Transaction) => Promise<T>,
      options?: {
        maxWait?: number;
        timeout?: number;
        isolationLevel?: 'ReadUncommitted' | 'ReadCommitted' | 'RepeatableRead' | 'Serializable';
      },
    ): Promise<T>;
  }
}

declare module 'mysql2/promise' {
  interface Queryable {
    query(sql: string): Promise<[unknown, unknown]>;
    query(options: { sql: string; values?: unknown }): Promise<[unknown, unknown]>;
    execute(options: { sql: string; values?: unknown }): Promise<[unknown, unknown]>;
  }
  interface Connection extends Queryable {
    release(): void;
    destroy(): void;
  }
  interface Pool extends Queryable {
    getConnection(): Promise<Connection>;
    end(): Promise<void>;
  }
  const mysql: { createPool(options: { uri?: string; charset?: string }): Pool };
  export default mysql;
}

declare module 'node:sqlite' {
  export class DatabaseSync {
    constructor(path: string);
    exec(text: string): void;
    prepare(text: string): { all(...values: (string | number | bigint | null)[]): unknown[] };
  }
}

declare module 'typeorm' {
  interface QueryRunner {
    readonly isTransactionActive: boolean;
    query(
      text: string,
      parameters: unknown[] | undefined,
      useStructuredResult: true,
    ): Promise<{ raw: unknown; records: unknown[] }>;
    startTransaction(isolationLevel?: 'READ COMMITTED' | 'SERIALIZABLE'): Promise<void>;
    commitTransaction(): Promise<void>;
    rollbackTransaction(): Promise<void>;
    release(): Promise<void>;
  }
  interface EntityManager {
    readonly dataSource: DataSource;
    readonly queryRunner?: QueryRunner;
    query(text: string, parameters?: unknown[]): Promise<unknown>;
  }
  export class DataSource {
    constructor(options: { type: 'postgres'; url: string | undefined });
    readonly options: { readonly type: string };
    readonly manager: EntityManager;
    readonly driver: object;
    createQueryRunner(): QueryRunner;
    initialize(): Promise<this>;
    transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
    destroy(): Promise<void>;
  }
}

declare module 'sequelize' {
  interface Transaction {
    commit(): Promise<void>;
    rollback(): Promise<void>;
  }
  export class Sequelize {
    constructor(url: string, options: { dialectModule: object; logging: false });
    getDialect(): string;
    query(text: string, options?: { transaction?: Transaction | null; type?: string }): Promise<[unknown[], unknown]>;
    transaction(options?: { isolationLevel?: string }): Promise<Transaction>;
    transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
    close(): Promise<void>;
  }
}

declare module '@mikro-orm/postgresql' {
  interface EntityManager {
    getPlatform(): object;
    getConnection(type?: 'read' | 'write'): object;
    getTransactionContext<T = unknown>(): T | undefined;
    fork(): EntityManager;
    execute(text: string): Promise<unknown>;
    transactional<T>(work: (em: EntityManager) => Promise<T>): Promise<T>;
  }
  export class MikroORM {
    static init(options: {
      clientUrl: string;
      entities: never[];
      discovery: { warnWhenNoEntities: boolean };
    }): Promise<MikroORM>;
    readonly em: EntityManager;
    close(): Promise<void>;
  }
}

declare module '@libsql/client' {
  interface Result {
    readonly columns: string[];
    readonly rows: { readonly length: number; readonly [index: number]: unknown }[];
  }
  interface Queryable {
    execute(statement: string | { sql: string; args?: (string | number | bigint | null)[] }): Promise<Result>;
    executeMultiple(text: string): Promise<void>;
    close(): void;
  }
  interface Transaction extends Queryable {
    readonly closed: boolean;
    commit(): Promise<void>;
  }
  interface Client extends Queryable {
    readonly protocol: string;
    transaction(mode?: 'write' | 'read' | 'deferred'): Promise<Transaction>;
  }
  export function createClient(config: { url: string }): Client;
}
