package dev.polycert.command;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The entry point of every process except a Lambda function on a JVM. */
@QuarkusMain
public final class Main {
  private Main() {}

  /** Without arguments the process does what its settings say; with some it runs a command. */
  public static void main(String... arguments) {
    if (arguments.length == 0) {
      Quarkus.run();
    } else {
      // The environment has the settings of a server, which must not start now. System properties
      // override them, and nothing has read them yet.
      System.setProperty("dev.polycert.command", arguments[0]);
      System.setProperty("polycert.server.enabled", "false");
      System.setProperty("polycert.name-server.listen", "");
      Quarkus.run(MoveCommand.class, arguments);
    }
  }
}
