// Instantiates the inline WebAssembly, once, at the first call: importing the package costs nothing.
import wasmBase64 from '../../build/binding/cellarium_bg.wasm';
import * as binding from '../../build/binding/cellarium.js';

let ready = false;

/** The functions that Rust exports. */
export const getBinding = (): typeof binding => {
  if (!ready) {
    const bytes = Uint8Array.from(atob(wasmBase64), (character) => character.charCodeAt(0));
    binding.initSync({module: bytes});
    ready = true;
  }
  return binding;
};
