package dev.polycert.provider;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A private key in PEM on its way from a vendor to the one who asked for it. It has no property
 * that a serialiser would write and says nothing of itself; only {@link #reveal} gives it out.
 */
@RegisterForReflection
public final class PrivateKeyPem {
  private final String pem;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
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
