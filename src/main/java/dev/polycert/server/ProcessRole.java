package dev.polycert.server;

import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** What a native executable runs as. */
enum ProcessRole {
  /** A Lambda function, which polls for events. */
  FUNCTION,
  /** One process with an HTTP server. */
  SERVER,
  /** A process that runs one command and ends. */
  COMMAND;

  /** Where the tests of Quarkus put the address of their stand-in for Lambda. */
  private static final String TEST_API = "quarkus-internal.aws-lambda.test-api";

  /**
   * The role of this process.
   *
   * @throws IllegalStateException when it has none, which ends the start with an error
   */
  static ProcessRole current() {
    return of(
        ConfigProvider.getConfig(), Optional.ofNullable(System.getenv("AWS_LAMBDA_RUNTIME_API")));
  }

  static ProcessRole of(Config config, Optional<String> lambda) {
    if (lambda.isPresent() || config.getOptionalValue(TEST_API, String.class).isPresent()) {
      return FUNCTION;
    }
    if (config.getOptionalValue("polycert.server.enabled", Boolean.class).orElse(false)) {
      return SERVER;
    }
    if (config.getOptionalValue("dev.polycert.command", String.class).isPresent()) {
      return COMMAND;
    }
    throw new IllegalStateException(
        "There is nothing to do: set POLYCERT_SERVER_ENABLED=true to serve HTTP, or run this"
            + " executable as an AWS Lambda function.");
  }
}
