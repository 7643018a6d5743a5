package dev.polycert.call;

import io.smallrye.mutiny.Uni;

/** Where a client gets the keys for its next call. */
interface KeySource {

  /** Returns keys that are valid now, and fetches them first if there are none. */
  Uni<Answer<Credentials>> ready();

  /** The keys that {@link #ready} gave last, to sign with. */
  Credentials current();

  /**
   * Whether there are other keys now than those that the service refused.
   *
   * @param refused as {@link #ready} gave them
   */
  Uni<Boolean> replaced(Credentials refused);

  /** Hides all keys that an answer may repeat. */
  HiddenKeys hidden();

  /** Keys that stay as they are. */
  static KeySource fixed(Credentials keys) {
    HiddenKeys hidden = new HiddenKeys(keys);
    return new KeySource() {
      @Override
      public Uni<Answer<Credentials>> ready() {
        return Answer.of(keys).now();
      }

      @Override
      public Credentials current() {
        return keys;
      }

      @Override
      public Uni<Boolean> replaced(Credentials refused) {
        return Uni.createFrom().item(false);
      }

      @Override
      public HiddenKeys hidden() {
        return hidden;
      }
    };
  }
}
