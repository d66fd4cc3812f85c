/** Loads a peer from this folder's own packages. The name is no literal, so that nothing of the project has to know its types. */
export async function peer<Module>(name: string): Promise<Module> {
  return (await import(name)) as Module;
}
