// Prints the variables that wasm builds and browser tests need, for a shell: eval "$(node scripts/env.mjs)"
import {toolEnvironment} from './tools.mjs';

for (const [name, value] of Object.entries(toolEnvironment())) {
  console.log(`export ${name}='${value.replaceAll("'", "'\\''")}'`);
}
