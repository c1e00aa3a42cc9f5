// Keeps two builds of one work tree from writing the same files at once.
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';

const isRunning = (process_) => {
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

const take = (file) => {
  try {
    writeFileSync(file, String(process.pid), {flag: 'wx'});
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
};

/**
 * Does something while no other process does it.
 * @param {string} file exists as long as it is done, and holds the id of the process that does it
 * @param {() => Promise<void>} action
 */
export const withLock = async (file, action) => {
  for (let isFirst = true; !take(file); isFirst = false) {
    let holder = NaN;
    try {
      holder = Number(readFileSync(file, 'utf8'));
    } catch {
      continue; // Released since.
    }
    // An empty file is one that its process has not yet written.
    if (holder && !isRunning(holder)) rmSync(file, {force: true});
    if (isFirst) console.log('Waiting for another build ...');
    await sleep(100);
  }
  try {
    await action();
  } finally {
    rmSync(file, {force: true});
  }
};
