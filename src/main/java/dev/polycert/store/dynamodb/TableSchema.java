package dev.polycert.store.dynamodb;

/**
 * The names of the table's keys, indexes and attributes.
 *
 * <p>The key is {@link #PK} (hash) and {@link #SK} (range), both texts. The items:
 *
 * <table>
 *   <caption>Items</caption>
 *   <tr><th>what</th><th>pk</th><th>sk</th></tr>
 *   <tr><td>order</td><td>{@code order#<id>}</td><td>{@code order}</td></tr>
 *   <tr><td>history</td><td>{@code order#<id>}</td><td>{@code history#<version>}</td></tr>
 *   <tr>
 *     <td>generation, the index by domain</td>
 *     <td>{@code domain#<name>}</td>
 *     <td>{@code <provider>#<account>#<generation>}</td>
 *   </tr>
 *   <tr>
 *     <td>reservation</td><td>{@code reservation#<resource>}</td><td>{@code reservation}</td>
 *   </tr>
 *   <tr><td>sealed value</td><td>{@code vault#<name>}</td><td>{@code vault}</td></tr>
 * </table>
 *
 * <p>Three global secondary indexes, all with {@link #SHARD} (hash) and a text that begins with a
 * time (range), hold orders only:
 *
 * <table>
 *   <caption>Indexes</caption>
 *   <tr><th>index and its range key</th><th>projects</th><th>holds</th></tr>
 *   <tr><td>{@link #DUE}</td><td>keys only</td><td>orders that have a next step</td></tr>
 *   <tr>
 *     <td>{@link #CREATED}</td>
 *     <td>{@link #PROVIDER}, {@link #STATE}</td>
 *     <td>all orders</td>
 *   </tr>
 *   <tr>
 *     <td>{@link #EXPIRES}</td>
 *     <td>{@link #CREATED}, {@link #PROVIDER}</td>
 *     <td>issued orders</td>
 *   </tr>
 * </table>
 *
 * <p>The shard is a number made from the order's id. A partition of an index takes 1,000 writes a
 * second; {@value #SHARDS} of them take what the table itself takes with the quota that an AWS
 * account begins with (40,000 write units: some 4,000 transitions a second), and looking for due
 * orders when there are none is one statement over all of them.
 */
final class TableSchema {
  static final String PK = "pk";
  static final String SK = "sk";
  static final String SHARD = "shard";

  /** Both an index and its range key, as the two below. */
  static final String DUE = "due";

  static final String CREATED = "created";
  static final String EXPIRES = "expires";

  static final String ID = "id";
  static final String VERSION = "version";
  static final String STATE = "state";
  static final String PROVIDER = "provider";
  static final String ACCOUNT = "account";
  static final String DOMAIN = "domain";
  static final String OWNER = "owner";

  /** When work is to be done next. */
  static final String NEXT = "next";

  /** The whole order, or the whole entry of its history. */
  static final String JSON = "json";

  /** A value of the vault, as it was sealed. */
  static final String SEALED = "sealed";

  /** When DynamoDB may delete the item, in seconds since 1970. */
  static final String TTL = "ttl";

  static final int SHARDS = 8;

  private TableSchema() {}
}
