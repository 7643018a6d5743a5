package dev.polycert.whole.chaos;

/** How large the tests of this run are, and the seed of everything that is left to chance. */
public final class Scale {
  private static final boolean SOAK = Boolean.getBoolean("chaos.soak");

  private Scale() {}

  public static int of(int quick, int soak) {
    return SOAK ? soak : quick;
  }

  public static boolean soak() {
    return SOAK;
  }

  public static long seed() {
    return Long.getLong("chaos.seed", 1);
  }
}
