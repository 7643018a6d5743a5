package dev.polycert.call;

/**
 * A provider, writer or deliverer that has no account beside the default one, because its settings
 * name any number of places already, or because there can be one only.
 */
public interface OneAccount {

  /** Says what to configure in place of another account; continues "…: it has no accounts: ". */
  String inPlaceOfAccounts();
}
