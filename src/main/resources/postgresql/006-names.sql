-- The further names of certificates, by which lists find their orders. Of the orders that are there
-- already, names in another spelling than lower-case ASCII are found from the next generation on.
CREATE TABLE polycert.alternative_name (
  name text COLLATE "C" NOT NULL,
  order_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (name, order_id)
);

INSERT INTO polycert.alternative_name (name, order_id)
SELECT DISTINCT lower(rtrim(other, '.')), id
FROM (
  SELECT id, content::json #>> '{terms,options,alternativeNames}' AS others
  FROM polycert.orders
  WHERE content LIKE '%"alternativeNames"%') AS named,
  regexp_split_to_table(others, '[,\s]+') AS other
WHERE other <> '';
