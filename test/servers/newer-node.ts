const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

const isAtLeast = (of: number, from: number): boolean => major > of || (major === of && minor >= from);

/** Whether this Node has node:sqlite without a flag. */
export const HAS_SQLITE = isAtLeast(22, 13);

/** Whether this Node can load MikroORM 7. */
export const HAS_MIKRO_ORM = isAtLeast(22, 17);

/**
 * Whether to test only the clients that need a newer Node than the others: a native SQLite client is built for one version of Node, and
 * servers behave the same on all.
 */
export const ONLY_NEWER = process.env.SERVERS_ONLY === 'newer-node';
