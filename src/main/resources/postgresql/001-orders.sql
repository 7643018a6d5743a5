-- The order book and the vault. Times are nanoseconds since 1970. Texts compare by their bytes.

CREATE TABLE polycert.orders (
  id text COLLATE "C" PRIMARY KEY,
  version bigint NOT NULL,
  state text COLLATE "C" NOT NULL,
  provider text COLLATE "C" NOT NULL,
  -- The account, and after a line feed the label where the order has one.
  account text COLLATE "C" NOT NULL,
  domain text COLLATE "C" NOT NULL,
  generation integer NOT NULL,
  created bigint NOT NULL,
  -- The next step or the deadline, whichever comes first; a lease puts it off.
  due bigint,
  -- The end of an issued order's certificate.
  expires bigint,
  -- The first day of the month in which the order has ended.
  ended date,
  -- The whole order as JSON.
  content text NOT NULL
) WITH (fillfactor = 80);

CREATE UNIQUE INDEX orders_generation
  ON polycert.orders (domain, provider, account, generation);
CREATE INDEX orders_created ON polycert.orders (created, id);
CREATE INDEX orders_provider ON polycert.orders (provider, created, id);
CREATE INDEX orders_state ON polycert.orders (state, created, id);
CREATE INDEX orders_due ON polycert.orders (due, id) WHERE due IS NOT NULL;
CREATE INDEX orders_expires ON polycert.orders (expires, created, id) WHERE expires IS NOT NULL;

-- One partition for the histories of orders that go on, and one for each month in which orders have
-- ended: so old histories are deleted by dropping a month.
CREATE TABLE polycert.history (
  order_id text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  ended date NOT NULL,
  -- Names the call that wrote the entry, which may be sent twice.
  token uuid NOT NULL,
  -- The whole entry as JSON.
  content text NOT NULL,
  PRIMARY KEY (order_id, version, ended)
) PARTITION BY LIST (ended);

CREATE TABLE polycert.history_open PARTITION OF polycert.history FOR VALUES IN ('infinity');

-- What only one order may use up at a vendor. It ends with its owner.
CREATE TABLE polycert.reservation (
  resource text COLLATE "C" PRIMARY KEY,
  owner text COLLATE "C" NOT NULL
);

CREATE TABLE polycert.vault (
  name text COLLATE "C" PRIMARY KEY,
  sealed bytea NOT NULL
);
