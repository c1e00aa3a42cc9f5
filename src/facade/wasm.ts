// Instantiates the inline WebAssembly, once, at the first call: importing the package costs nothing.
import wasmBase64 from '../../build/binding/cellarium_bg.wasm';
import * as binding from '../../build/binding/cellarium.js';

let memory: WebAssembly.Memory | undefined;

const decode = (base64: string): Uint8Array<ArrayBuffer> => {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  // Uint8Array.from with a function would take longer than compiling what is decoded.
  for (let index = 0; index < text.length; index++) {
    bytes[index] = text.charCodeAt(index);
  }
  return bytes;
};

/** The functions that Rust exports. */
export const getBinding = (): typeof binding => {
  if (memory === undefined) {
    ({memory} = binding.initSync({module: decode(wasmBase64)}));
  }
  return binding;
};

/** The memory that Rust works in. */
export const getMemory = (): WebAssembly.Memory => {
  getBinding();
  return memory as WebAssembly.Memory;
};
