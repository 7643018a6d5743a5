package dev.polycert.provider;

import io.quarkus.funqy.Funq;

/** The one function without which the application does not start. */
public class FixtureFunction {
  static final String NAME = "fixture";

  /** Gives back what it gets. */
  @Funq(NAME)
  public String echo(String event) {
    return event;
  }
}
