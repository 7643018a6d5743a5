package dev.polycert.testing;

import org.eclipse.microprofile.config.ConfigProvider;

/** The addresses at which the application of a test and its sandbox listen. */
public final class Ports {
  private Ports() {}

  /** The HTTP server. */
  public static String polycert() {
    return address("polycert.server.port");
  }

  /** The sandbox: the vendors and its control API. */
  public static String sandbox() {
    return address("polycert.sandbox.port");
  }

  /** The stand-in for Lambda that Quarkus starts in tests. */
  public static String lambda() {
    return address("quarkus.lambda.mock-event-server.test-port");
  }

  private static String address(String port) {
    return "http://127.0.0.1:" + ConfigProvider.getConfig().getValue(port, Integer.class);
  }
}
