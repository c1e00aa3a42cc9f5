// What is called: every function of every entry point, and every method of the objects that they make.
import {readFileSync} from 'node:fs';
import {types} from 'node:util';

const packageUrl = new URL('../../pkg/', import.meta.url);

/** The functions that the package exports, by name. */
export const loadFunctions = async () => {
  const {exports} = JSON.parse(readFileSync(new URL('package.json', packageUrl), 'utf8'));
  const functions = {};
  for (const target of Object.values(exports)) {
    if (!target.default?.endsWith('.js')) continue;
    for (const [name, item] of Object.entries(await import(new URL(target.default, packageUrl)))) {
      if (typeof item === 'function') functions[name] = item;
    }
  }
  return functions;
};

/** Whether something that a call gave is an object with methods to call. */
export const hasMethods = (thing) =>
  typeof thing === 'object' &&
  thing !== null &&
  !types.isProxy(thing) &&
  Object.isFrozen(thing) &&
  methodsOf(thing).length > 10;

/** The names of an object's own methods; none that a getter would have to give. */
export const methodsOf = (object) =>
  Object.entries(Object.getOwnPropertyDescriptors(object))
    .filter(([, {value}]) => typeof value === 'function')
    .map(([name]) => name);
