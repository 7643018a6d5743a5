package dev.polycert.look;

/**
 * A DNS record that has to be published.
 *
 * @param name full name without the trailing dot
 */
record WantedRecord(String name, String type, String value) {

  boolean isSupported() {
    return isText() || type.equals("CNAME");
  }

  boolean isText() {
    return type.equals("TXT");
  }

  /** Texts are compared exactly, targets as DNS names (RFC 4343). */
  boolean isMetBy(String seen) {
    return isText() ? seen.equals(value) : target(seen).equalsIgnoreCase(target(value));
  }

  String what() {
    return type + " " + name;
  }

  /** The instruction to publish it, as an imperative. */
  String instruction() {
    return "add " + what() + " with value " + value;
  }

  private static String target(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
