package dev.polycert.sandbox;

import java.util.regex.Pattern;

/** Reads domain names as the vendors' services do. */
public final class DomainNames {
  private static final int LONGEST = 253;
  private static final Pattern NAME =
      Pattern.compile(
          "(\\*\\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");

  private DomainNames() {}

  /** Whether this is a host name in A-label form, lower case, that may begin with {@code *.}. */
  public static boolean valid(String name) {
    return name.length() <= LONGEST && NAME.matcher(name).matches();
  }

  public static boolean wildcard(String name) {
    return name.startsWith("*.");
  }

  /** The name without {@code *.}. */
  public static String base(String name) {
    return wildcard(name) ? name.substring(2) : name;
  }

  /** Whether the name, wildcard or not, is the parent or lies below it. */
  public static boolean under(String name, String parent) {
    return base(name).equals(parent) || base(name).endsWith("." + parent);
  }
}
