// Instantiates the inline WebAssembly, once, at the first call: importing the package costs nothing.
import wasmBase64 from '../../build/binding/cellarium_bg.wasm';
import * as binding from '../../build/binding/cellarium.js';

let memory: WebAssembly.Memory | undefined;

/** The functions that Rust exports. */
export const getBinding = (): typeof binding => {
  if (memory === undefined) {
    const bytes = Uint8Array.from(atob(wasmBase64), (character) => character.charCodeAt(0));
    ({memory} = binding.initSync({module: bytes}));
  }
  return binding;
};

/** The memory that Rust works in. */
export const getMemory = (): WebAssembly.Memory => {
  getBinding();
  return memory as WebAssembly.Memory;
};
