package dev.polycert.look;

/** Names the settings that help if this machine sees another DNS than the world does. */
final class OtherView {
  /** Continues a sentence about servers that gave no answer. */
  static final String HINT =
      "; if that is so from this machine alone, set polycert.dns.resolvers to a resolver that sees"
          + " the public DNS, or, where port 53 is closed or the zone is private,"
          + " polycert.dns.servers to the servers to ask in place of all others";

  private OtherView() {}
}
