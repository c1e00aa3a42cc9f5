// Watches the WebAssembly for panics, which it shows as a RuntimeError, wherever that ends up: the library or the
// app may swallow it. To be imported before the package is used.

/** The errors of WebAssembly's own that any export has thrown so far. */
export const traps = [];

const watched = (name, run) =>
  function (...args) {
    try {
      return run.apply(this, args);
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) traps.push({name, error});
      throw error;
    }
  };

WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
  construct(target, args) {
    const {exports} = Reflect.construct(target, args);
    const entries = Object.entries(exports).map(([name, item]) => [
      name,
      typeof item === 'function' ? watched(name, item) : item,
    ]);
    return {exports: Object.fromEntries(entries)};
  },
});
