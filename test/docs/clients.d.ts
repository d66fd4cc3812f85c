/**
 * The clients that the guides import, as far as the guides use them: they are not installed here. test/servers/types shows
 * that their own types fit too.
 */

declare module 'pg' {
  interface Client {
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
  const pg: { Pool: typeof Pool };
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

declare module '@prisma/client' {
  interface Transaction {
    $queryRawUnsafe<T = unknown>(text: string, ...values: unknown[]): Promise<T>;
    $executeRawUnsafe(text: string, ...values: unknown[]): Promise<number>;
  }
  export interface PrismaClient extends Transaction {
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
