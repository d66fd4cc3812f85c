const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

/** Whether this Node has node:sqlite without a flag. */
export const HAS_SQLITE = major > 22 || (major === 22 && minor >= 13);

/** Whether MikroORM runs on this Node. */
export const HAS_MIKRO_ORM = major > 22 || (major === 22 && minor >= 17);

/** Whether to test only node:sqlite: a native SQLite client is built for one version of Node, and servers behave the same on all. */
export const ONLY_SQLITE = process.env.SERVERS_ONLY === 'node:sqlite';
