// With schemas, TinyBase's types say that the handle of an OPFS persister is a string.
import {createStore} from 'library/with-schemas';
import {createOpfsPersister} from 'library/persisters/persister-browser/with-schemas';

declare const handle: FileSystemFileHandle;
const store = createStore().setValuesSchema({open: {type: 'boolean'}});
const same: FileSystemFileHandle = createOpfsPersister(store, handle).getHandle();
console.log(same.name);
