-- For lists by filters that no earlier index serves in the order of a page.
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_state_provider
  ON polycert.orders (state, provider, created, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_label
  ON polycert.orders (split_part(account, E'\n', 2), created, id)
  WHERE strpos(account, E'\n') > 0;
