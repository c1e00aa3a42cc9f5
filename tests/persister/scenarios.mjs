// All persister scenarios by name. Each is a function of a library and a log.
import {atOnceScenarios} from './scenarios/at-once.mjs';
import {autoLoadScenarios} from './scenarios/auto-load.mjs';
import {autoSaveScenarios} from './scenarios/auto-save.mjs';
import {destroyScenarios} from './scenarios/destroy.mjs';
import {loadScenarios} from './scenarios/load.mjs';
import {mergingScenarios} from './scenarios/merging.mjs';
import {busyNotificationScenarios} from './scenarios/notifications-busy.mjs';
import {notificationScenarios} from './scenarios/notifications.mjs';
import {queueScenarios} from './scenarios/queue.mjs';
import {saveScenarios} from './scenarios/save.mjs';
import {statusScenarios} from './scenarios/status.mjs';

export const scenarios = {
  ...saveScenarios,
  ...loadScenarios,
  ...autoLoadScenarios,
  ...notificationScenarios,
  ...busyNotificationScenarios,
  ...autoSaveScenarios,
  ...atOnceScenarios,
  ...queueScenarios,
  ...statusScenarios,
  ...destroyScenarios,
  ...mergingScenarios,
};
