package dev.polycert.store;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.joining;

import dev.polycert.store.Kept.Kind;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Counts what a store keeps and hashes it. A hash of a kind is the sum of the SHA-256 of its
 * things, so it is the same in whatever order they come.
 */
final class Tally {
  private static final BigInteger MODULUS = BigInteger.TWO.pow(256);

  private final Map<Kind, Sum> sums = new EnumMap<>(Kind.class);

  /**
   * How much there is of a kind.
   *
   * @param entries of the histories of orders
   */
  record Sum(long things, long entries, BigInteger hash) {
    static final Sum NOTHING = new Sum(0, 0, BigInteger.ZERO);

    private Sum plus(Kept thing) {
      return new Sum(
          things + 1, entries + thing.values().size() - 1, hash.add(sha256(thing)).mod(MODULUS));
    }

    /** The beginning of the hash, for people. */
    private String mark() {
      return "%064x".formatted(hash).substring(0, 16);
    }
  }

  void add(List<Kept> things) {
    things.forEach(thing -> sums.merge(thing.kind(), Sum.NOTHING.plus(thing), Tally::sum));
  }

  private static Sum sum(Sum one, Sum other) {
    return new Sum(
        one.things + other.things,
        one.entries + other.entries,
        one.hash.add(other.hash).mod(MODULUS));
  }

  private static BigInteger sha256(Kept thing) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      update(digest, thing.kind().name().getBytes(StandardCharsets.UTF_8));
      update(digest, thing.key().getBytes(StandardCharsets.UTF_8));
      thing.values().forEach(value -> update(digest, value));
      return new BigInteger(1, digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With its length before it, so that no part runs into the next one. */
  private static void update(MessageDigest digest, byte[] part) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
    digest.update(part);
  }

  Sum of(Kind kind) {
    return sums.getOrDefault(kind, Sum.NOTHING);
  }

  boolean empty() {
    return sums.isEmpty();
  }

  /** The kinds in which the other tally differs. */
  List<Kind> differences(Tally other) {
    return Stream.of(Kind.values()).filter(kind -> !of(kind).equals(other.of(kind))).toList();
  }

  /** The count and the hash of a kind, for people. */
  String text(Kind kind) {
    Sum sum = of(kind);
    String entries =
        kind == Kind.ORDER ? " with %,d entries of their histories".formatted(sum.entries) : "";
    return "%,d %s%s (hash %s)".formatted(sum.things, kind.title(), entries, sum.mark());
  }

  @Override
  public String toString() {
    return Stream.of(Kind.values())
        .filter(sums::containsKey)
        .map(this::text)
        .collect(collectingAndThen(joining(", "), text -> text.isEmpty() ? "nothing" : text));
  }
}
