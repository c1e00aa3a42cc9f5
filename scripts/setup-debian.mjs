// A wasm toolchain where rustup cannot download one: Debian's Rust, and the standard library built from source.
import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {ask, root, run, step, StepError} from './run.mjs';
import {installPackages, runAsRoot} from './setup-apt.mjs';
import {builtByFile, debianToolchain, findOnPath, wasmTarget} from './tools.mjs';

const rustc = '/usr/bin/rustc';
const cargo = '/usr/bin/cargo';

const installRust = async () => {
  await installPackages(['rustc-web', 'cargo-web', 'rust-web-src', 'rust-web-llvm']);
  // rust-lld is a link to the linker of the LLVM that rustc was built with, which is a package of its own.
  const llvm = ask(rustc, ['-vV'])?.match(/^LLVM version: (\d+)/m)?.[1];
  if (!llvm) throw new StepError(`${rustc} does not say its version of LLVM`);
  await installPackages([`lld-${llvm}`]);
};

// A standard library is compiled only together with a crate that uses it: an empty one.
const compileLibrary = async (folder) => {
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'Cargo.toml'), '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n');
  writeFileSync(join(folder, 'src', 'lib.rs'), '#![no_std]\n');
  // `test` is what wasm-pack's tests link to; without embedded bitcode, `lto = true` fails to link.
  const args = ['build', '--release', '-Zbuild-std=std,panic_abort,test', '--target', wasmTarget];
  await run(cargo, [...args, '--target-dir', join(folder, 'target')], {
    cwd: folder,
    env: {RUSTC: rustc, RUSTC_BOOTSTRAP: '1', RUSTFLAGS: '-Cembed-bitcode=yes'},
    quiet: true,
  });
  const built = join(folder, 'target', wasmTarget, 'release', 'deps');
  const names = readdirSync(built).filter((name) => name.endsWith('.rlib') && !name.startsWith('libempty-'));
  return names.map((name) => join(built, name));
};

const installLibrary = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cellarium-std-'));
  try {
    const files = await compileLibrary(folder);
    const builtBy = join(folder, builtByFile);
    writeFileSync(builtBy, ask(rustc, ['-vV']));
    const library = ask(rustc, ['--print', 'target-libdir', '--target', wasmTarget]);
    await runAsRoot('rm', ['-rf', library]);
    await runAsRoot('mkdir', ['-p', library]);
    await runAsRoot('cp', [...files, builtBy, library]);
  } finally {
    rmSync(folder, {recursive: true});
  }
  // Artefacts of another standard library fail with "can't find crate".
  rmSync(join(root, 'target', wasmTarget), {recursive: true, force: true});
};

/** Sets up Debian's Rust for wasm, under the name `debianToolchain` where there is rustup. */
export const setUpDebianWasm = async () => {
  await step("Debian's Rust", installRust);
  await step(`Rust's standard library for ${wasmTarget} (a minute or two)`, installLibrary);
  if (findOnPath('rustup')) await run('rustup', ['toolchain', 'link', debianToolchain, '/usr']);
};
