package dev.polycert.provider;

/**
 * A private key in PEM on its way from a vendor to the one who asked for it. It has no property
 * that a serialiser would write and says nothing of itself; only {@link #reveal} gives it out.
 */
public final class PrivateKeyPem {
  private final String pem;

  public PrivateKeyPem(String pem) {
    this.pem = pem;
  }

  /** The key itself, for the answer to an explicit request and for nothing else. */
  public String reveal() {
    return pem;
  }

  @Override
  public String toString() {
    return "PrivateKeyPem[hidden]";
  }
}
