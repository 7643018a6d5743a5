package dev.polycert.call;

import java.util.List;

/**
 * A service as one account uses it.
 *
 * @param descriptor with the id and the variables of the account
 */
public record Service(Descriptor descriptor, Account account) {

  public Service {
    String name = account.name();
    descriptor = name == null ? descriptor : descriptor.ofAccount(name);
  }

  /** A service that needs no variable, such as one whose credentials come from a role. */
  public static Service of(Descriptor descriptor) {
    return new Service(descriptor, new Account(descriptor.id(), List.of()));
  }

  /** How requests and settings name it. */
  public String id() {
    return descriptor.id();
  }
}
