package dev.polycert.call;

import java.util.List;

/** A service as one account uses it. */
public record Service(Descriptor descriptor, Account account) {

  /** A service that needs no variable, such as one whose credentials come from a role. */
  public static Service of(Descriptor descriptor) {
    return new Service(descriptor, new Account(descriptor.id(), List.of()));
  }

  /** How requests and settings name it. */
  public String id() {
    return descriptor.id();
  }
}
