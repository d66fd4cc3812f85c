interface Locked {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** The part of a `package-lock.json` that is looked at. */
export interface Lockfile {
  readonly packages: Readonly<Record<string, Locked>>;
}

/**
 * Says, a sentence each, what would fail elsewhere: an optional dependency that is named but not locked (`npm ci` refuses it),
 * an entry that names where it was downloaded from, or one without its hash.
 */
export function faults({ packages }: Lockfile): string[] {
  return Object.entries(packages).flatMap(([path, entry]) => {
    const missing = Object.keys(entry.optionalDependencies ?? {}).filter((name) => !reachable(packages, path, name));
    const found = missing.map((name) => `names the optional dependency ${name}, which is not locked`);
    if (entry.resolved !== undefined) found.push('says where it was resolved');
    if (path !== '' && entry.integrity === undefined) found.push('has no integrity hash');
    return found.map((fault) => `${path || 'the package'} ${fault}`);
  });
}

/** Node's own way up the folders. */
function reachable(packages: Lockfile['packages'], path: string, name: string): boolean {
  for (let folder = path; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    if (Object.hasOwn(packages, `${folder ? `${folder}/` : ''}node_modules/${name}`)) return true;
    if (folder === '') return false;
  }
}
