/** Loads a peer from the packages of this folder. The name is not a literal, so that the project does not need its types. */
export async function peer<Module>(name: string): Promise<Module> {
  return (await import(name)) as Module;
}
