import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from 'typeorm';

const open = new AsyncLocalStorage<EntityManager>();

/** The manager of the transaction that is open in the current call, or else this one. */
export function ambient(manager: EntityManager): EntityManager {
  return new Proxy(manager, { get: (target, key) => Reflect.get(open.getStore() ?? target, key) });
}

/** Runs the method in one transaction: everything that it calls with the ambient manager joins it. */
export function Transactional(): MethodDecorator {
  return (_target, _key, descriptor: PropertyDescriptor) => {
    const method = descriptor.value as (...args: unknown[]) => Promise<unknown>;
    descriptor.value = function (this: { readonly manager: EntityManager }, ...args: unknown[]) {
      return this.manager.transaction((tx) => open.run(tx, () => method.apply(this, args)));
    };
  };
}
