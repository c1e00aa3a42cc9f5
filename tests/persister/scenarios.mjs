// All persister scenarios by name. Each is a function of a library and a log.
import {autoLoadScenarios} from './scenarios/auto-load.mjs';
import {autoSaveScenarios} from './scenarios/auto-save.mjs';
import {loadScenarios} from './scenarios/load.mjs';
import {queueScenarios} from './scenarios/queue.mjs';
import {saveScenarios} from './scenarios/save.mjs';

export const scenarios = {
  ...saveScenarios,
  ...loadScenarios,
  ...autoLoadScenarios,
  ...autoSaveScenarios,
  ...queueScenarios,
};
