// An app with several tables, defaults, null, enums and cells of several types, as it would be written for either library.
import {createStore, type CellListener, type Row, type Store, type Value} from 'library/with-schemas';
import {createCustomPersister} from 'library/persisters/with-schemas';
import {createLocalPersister} from 'library/persisters/persister-browser/with-schemas';

const tablesSchema = {
  products: {
    name: {type: 'string', required: true},
    price: {type: 'number', default: 0},
    size: {type: ['string', 'number'], allowNull: true, default: null},
    state: {enum: ['draft', 'on sale', 'gone'], default: 'draft'},
    tags: {type: 'array', default: []},
    details: {type: 'object'},
  },
  customers: {
    name: {type: 'string', required: true},
    isRegular: {type: 'boolean', default: false},
    note: {type: 'string', allowNull: true},
  },
  orders: {
    productId: {type: 'string', required: true},
    customerId: {type: 'string', required: true},
    count: {type: 'number', default: 1},
    discount: {type: 'number'},
  },
} as const;
const valuesSchema = {
  isOpen: {type: 'boolean', default: true},
  currency: {enum: ['EUR', 'USD', 1], required: true},
  greeting: {type: 'string', allowNull: true},
} as const;

const store = createStore().setSchema(tablesSchema, valuesSchema);
type Schemas = [typeof tablesSchema, typeof valuesSchema];
type Shop = Store<Schemas>;
const shop: Shop = store;

store.setTables({
  products: {tea: {name: 'Tea', price: 3, tags: ['hot']}, cup: {name: 'Cup', size: 'L', state: 'on sale'}},
  customers: {ann: {name: 'Ann', note: null}},
});
store.setRow('orders', '1', {productId: 'tea', customerId: 'ann'}).setValues({currency: 'EUR'});
store.setPartialRow('orders', '1', {count: 2, discount: 0.1}).setValue('greeting', null);
const orderId: string | undefined = store.addRow('orders', {productId: 'cup', customerId: 'ann', count: 4});

// What has a default or is required is there, what has neither may not be.
const total = (order: string): number => {
  const count = store.getCell('orders', order, 'count');
  const price: number = store.getCell('products', store.getCell('orders', order, 'productId'), 'price');
  return count * price * (1 - (store.getCell('orders', order, 'discount') ?? 0));
};
const size: string | number | null = store.getCell('products', 'cup', 'size');
const state: 'draft' | 'on sale' | 'gone' = store.getRow('products', 'cup').state;
const tags: readonly unknown[] = store.getCell('products', 'tea', 'tags');
const note: string | null | undefined = store.getRow('customers', 'ann').note;
const open: boolean = store.getValues().isOpen;
const currency: 'EUR' | 'USD' | 1 = store.getValue('currency');
const greeting: string | null | undefined = store.getValue('greeting');
// @ts-expect-error: there may be no discount
const discount: number = store.getCell('orders', '1', 'discount');
// @ts-expect-error: a size may be null
const noSize: string | number = store.getRow('products', 'cup').size;
// @ts-expect-error: there may be no greeting
const noGreeting: string | null = store.getValue('greeting');

// @ts-expect-error: there is no such table
store.getTable('product');
// @ts-expect-error: there is no such cell in this table
store.getCell('customers', 'ann', 'price');
// @ts-expect-error: a price is a number
store.setCell('products', 'tea', 'price', '3');
// @ts-expect-error: not one of the enum
store.setCell('products', 'tea', 'state', 'sold');
// @ts-expect-error: a name is not null
store.setCell('customers', 'ann', 'name', null);
// @ts-expect-error: the product is missing
store.setRow('orders', '2', {customerId: 'ann'});
// @ts-expect-error: an order has no price
store.setRow('orders', '2', {productId: 'tea', customerId: 'ann', price: 3});
// @ts-expect-error: a row within a table is no better
store.setTables({products: {tea: {name: 'Tea', price: 'much'}}});
// @ts-expect-error: there is no such value
store.setValue('opened', true);
// @ts-expect-error: nor may it be of another type
store.setPartialValues({isOpen: 'yes'});
// @ts-expect-error: the currency is missing
store.setValues({isOpen: true});

// A listener to any cell knows which content belongs to which cell.
store.addCellListener('products', null, null, (_store, _tableId, productId, cellId, newCell, oldCell) => {
  if (cellId === 'price') {
    const change: number = newCell - oldCell;
    console.log(productId, change);
  } else if (cellId === 'state') {
    const now: 'draft' | 'on sale' | 'gone' = newCell;
    console.log(productId, now);
  }
  // @ts-expect-error: it may be any cell's
  console.log(newCell.length);
});
const priceListener: CellListener<Schemas, 'products', null, 'price'> = (
  shop,
  tableId,
  productId,
  cellId,
  price,
  oldPrice,
  getCellChange,
) => {
  const name: string = shop.getCell(tableId, productId, 'name');
  const [hasChanged, before, after] = getCellChange?.(tableId, productId, 'size') ?? [false];
  const difference: number = price - oldPrice;
  console.log(name, cellId satisfies 'price', hasChanged, before, after, difference);
};
store.delListener(store.addCellListener('products', null, 'price', priceListener));
// @ts-expect-error: customers have no price
store.addCellListener('customers', null, 'price', priceListener);

// Functions of the app can be typed by its schemas.
const describe = (product: Row<Schemas[0], 'products'>): string => `${product.name}: ${product.price.toFixed(2)}`;
const setGreeting = (shop: Shop, greeting: Value<Schemas[1], 'greeting'>): Shop => shop.setValue('greeting', greeting);
setGreeting(store, describe(store.getRow('products', 'tea')));
// @ts-expect-error: a number is no greeting
setGreeting(store, 3);

const persister = createCustomPersister(
  store,
  async () => undefined,
  async (getContent, changes) => {
    const [{products, orders}, {isOpen}] = getContent();
    const tea = products?.['tea'];
    const isTeaCheap: boolean | undefined = tea && tea.price < 2;
    console.log(isTeaCheap, orders, isOpen satisfies boolean, changes?.[0].products);
  },
  (listener) => setInterval(listener, 1000),
  (interval) => clearInterval(interval),
);
void persister.startAutoPersisting([{products: {tea: {name: 'Tea'}}}, {currency: 'USD'}]);
// @ts-expect-error: no content of this store
void persister.load([{products: {tea: {price: 1}}}, {currency: 'USD'}]);
const sameStore: Shop = persister.getStore();

void createLocalPersister(store, 'shop').startAutoLoad(() => [{}, {currency: 'EUR'}]);
// @ts-expect-error: nor here
void createLocalPersister(store, 'shop').startAutoLoad([{}, {currency: 'GBP'}]);

console.log(shop, orderId, total('1'), size, state, tags, note, open, currency, greeting, sameStore);
console.log(discount, noSize, noGreeting);
